"""The command line: quick to start, plain in its errors, sure of its environment."""

import os
import subprocess
import sys

import pytest

from cs5045ae.course.exercises import make_exercises
from cs5045ae.course.place import CourseError, find_course, prepare_environment


def cli(*arguments, cwd, **variables):
    return subprocess.run(
        [sys.executable, "-m", "cs5045ae", *arguments],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_importing_the_command_loads_nothing_heavy():
    code = (
        "import sys, cs5045ae.cli\n"
        "heavy = {'tensorflow', 'numpy', 'nbformat', 'nbgrader'} & set(sys.modules)\n"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_check_fails_in_one_sentence_and_passes_when_all_is_made(tiny):
    failed = cli("exercises", "--check", cwd=tiny.root)
    assert failed.returncode == 1
    assert failed.stderr.startswith("exercises/01_small/01_small.ipynb is missing.")
    assert "Traceback" not in failed.stderr + failed.stdout
    make_exercises(tiny)
    passed = cli("exercises", "--check", cwd=tiny.root / "lectures")
    assert passed.returncode == 0, passed.stderr


def test_no_course_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr("cs5045ae.course.place.__file__", str(tmp_path / "a/b/c.py"))
    with pytest.raises(CourseError, match=r"No course was found.*nbgrader_config\.py"):
        find_course(tmp_path)


def test_outside_a_course_the_one_of_the_package_is_meant(tmp_path):
    assert (find_course(tmp_path).root / "cs5045ae" / "cli.py").is_file()


def test_the_environments_programs_come_first_whatever_path_was(monkeypatch):
    own = os.path.dirname(sys.executable)
    monkeypatch.setenv("PATH", os.pathsep.join(["/usr/bin", own, "/bin"]))
    prepare_environment()
    prepare_environment()
    assert os.environ["PATH"].split(os.pathsep) == [own, "/usr/bin", "/bin"]


def test_an_unknown_option_is_refused_without_a_traceback(tiny):
    done = cli("course", "--sideways", cwd=tiny.root)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
