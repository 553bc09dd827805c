"""A lecture runs once for each version of what it depends on."""

import json
import os
import sys

import pytest

from cs5045ae.course import CourseError, execute
from cs5045ae.course.execute import LectureFailed, executed, failed_run
from tests.conftest import LECTURE, write_notebook

pytestmark = pytest.mark.slow


def kept(course):
    return sorted(path.name for path in (course.build / "lectures").glob("*.ipynb"))


def test_a_lecture_runs_once_and_again_when_its_source_or_settings_change(
    tiny, monkeypatch
):
    path = tiny.lecture("01_small")
    write_notebook(path, ["import time\n\nnow = time.time_ns()"])

    def now():
        return executed("01_small", tiny).metadata.cs5045ae.variables.now

    first = now()
    assert now() == first
    names = kept(tiny)
    monkeypatch.setenv("CS5045AE_SIZE", "full")
    second = now()
    assert second > first
    assert kept(tiny) != names
    write_notebook(path, ["import time\n\nnow = time.time_ns()  # other"])
    assert now() > second
    assert len(kept(tiny)) == 1, "old versions pile up"


def test_the_version_tells_the_package_apart(tiny, tmp_path, monkeypatch):
    (tmp_path / "package" / "course").mkdir(parents=True)
    init = tmp_path / "package" / "__init__.py"
    init.write_text("")
    monkeypatch.setattr(execute.cs5045ae, "__file__", str(init))
    version = execute._version(tiny.lecture("01_small"))
    (init.parent / "course" / "report.py").write_text("x = 1")
    assert execute._version(tiny.lecture("01_small")) == version
    (init.parent / "figures.py").write_text("x = 1")
    assert execute._version(tiny.lecture("01_small")) != version


def test_a_run_keeps_outputs_variables_and_times(tiny):
    before = sorted(p for p in tiny.root.rglob("*"))
    lecture = executed("01_small", tiny)
    facts = lecture.metadata.cs5045ae
    assert facts.variables == {"errors": [3.0, 2.0, 1.0]}
    assert len(facts.cell_seconds) == len(LECTURE) == len(lecture.cells)
    assert facts.seconds >= sum(facts.cell_seconds) > 0
    picture = lecture.cells[2].outputs[0]
    assert picture.metadata["image/png"]["alt"] == "The error falls from 3 to 1."
    assert "widgets" not in lecture.metadata
    made = set(tiny.root.rglob("*")) - set(before)
    assert all(tiny.build in (path, *path.parents) for path in made)


def test_the_kernel_is_this_python_whatever_kernels_the_user_has(
    tiny, tmp_path, monkeypatch
):
    decoy = tmp_path / "jupyter" / "kernels" / "python3"
    decoy.mkdir(parents=True)
    spec = {"argv": ["/bin/false"], "display_name": "Other", "language": "python"}
    (decoy / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    write_notebook(tiny.lecture("01_small"), ["import sys\n\nwho = sys.executable"])
    who = executed("01_small", tiny).metadata.cs5045ae.variables.who
    assert os.path.samefile(who, sys.executable)


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("# try\n1 / 0", r"01_small\.ipynb, cell 2 \(# try\): ZeroDivisionError: div"),
        ("import os\n\nos._exit(3)", r"cell 2 \(import os\): the kernel died"),
    ],
)
def test_a_lecture_that_fails_says_where_and_why_and_is_not_kept(tiny, source, told):
    write_notebook(tiny.lecture("01_small"), [("markdown", "# Title"), source])
    with pytest.raises(LectureFailed, match=told):
        executed("01_small", tiny)
    assert kept(tiny) == [failed_run(tiny, "01_small").name]


def test_a_cell_without_end_is_stopped(tiny, monkeypatch):
    monkeypatch.setattr(execute, "CELL_SECONDS", 2)
    write_notebook(tiny.lecture("01_small"), ["while True:\n    pass"])
    with pytest.raises(LectureFailed, match="stopped after 2 seconds"):
        executed("01_small", tiny)


def test_a_lecture_that_is_not_there_is_named(tiny):
    with pytest.raises(CourseError, match="no lecture 07_lost"):
        executed("07_lost", tiny)
