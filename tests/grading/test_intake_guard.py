"""Does nbgrader itself grade what was collected, and say a sentence of the rest?"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from cs5045ae.grading.intake import collect
from tests.grading.intake_course import ANSWERS, NAME, RELEASE, TOPIC, as_bytes, worked

pytestmark = pytest.mark.slow

BIN = Path(sys.executable).parent
CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "tiny"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.Autograde.sanitize_preprocessors = [
    "cs5045ae.grading.intake.guard.IntakeGuard",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
"""


def nbgrader(course, *arguments):
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which some submissions were collected and some were not."""
    course = tmp_path_factory.mktemp("course")
    (course / "nbgrader_config.py").write_text(CONFIG)
    source = course / "solutions" / TOPIC
    source.mkdir(parents=True)
    solved = worked()
    for item in solved["cells"]:
        if item["id"] in ("center", "scale"):
            text = item["source"].replace("\n    ", "\n    ### BEGIN SOLUTION\n    ")
            item["source"] = text + "\n    ### END SOLUTION"
    (source / NAME).write_text(json.dumps(solved))
    made = nbgrader(course, "generate_assignment", TOPIC)
    assert made.returncode == 0, made.stderr
    heap = course / "heap"
    hand_ins = {
        "anna": worked(),
        "mallory": worked(),
        "nemo": worked(center="def center(x):\n    return x"),
        "zoe": worked(),
    }
    doubled = worked()
    doubled["cells"] += doubled["cells"]
    flipped = worked()
    for item in flipped["cells"]:
        for mark in ("grade", "solution"):
            if "nbgrader" in item["metadata"]:
                item["metadata"]["nbgrader"][mark] = True
    hand_ins |= {"doubled": doubled, "flipped": flipped}
    for student, notebook in hand_ins.items():
        (heap / student).mkdir(parents=True)
        (heap / student / NAME).write_bytes(as_bytes(notebook))
    rows = collect(heap, TOPIC, course)
    assert {row.status for row in rows} == {"collected"}
    for student, data in {"bypass": as_bytes(RELEASE), "junk": b"no json"}.items():
        folder = course / "submitted" / student / TOPIC
        folder.mkdir(parents=True)
        (folder / NAME).write_bytes(data)
    changed = course / "submitted" / "mallory" / TOPIC / NAME
    changed.write_text(changed.read_text() + "\n")
    return course


@pytest.fixture(scope="module")
def graded(course):
    return nbgrader(course, "autograde", TOPIC)


def scores(course):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "tiny") as gradebook:
        return {
            s.student.id: (s.score, s.timestamp is not None)
            for s in gradebook.assignment_submissions(TOPIC)
            if (course / "autograded" / s.student.id / TOPIC / NAME).exists()
        }


def test_the_collected_are_graded_and_one_refusal_stops_nobody(course, graded):
    found = scores(course)
    assert {name: points for name, (points, _) in found.items()} == {
        "anna": 5,
        "doubled": 5,
        "flipped": 5,
        "nemo": 3,
        "zoe": 5,
    }
    assert all(timed for _, timed in found.values())


def test_the_refused_are_named_in_a_sentence(course, graded):
    assert graded.returncode != 0
    for student, words in {
        "bypass": "has not been collected, so it is not graded",
        "mallory": "was changed after it was collected",
    }.items():
        line = f"The submission of {student} to {TOPIC} {words}"
        assert f"ERROR] {line}" in graded.stderr
        assert f"cs5045ae collect SOURCE {TOPIC}" in graded.stderr
        assert not (course / "autograded" / student).exists() or not list(
            (course / "autograded" / student).iterdir()
        )


def test_the_formgraders_button_gets_the_same_sentence(course, graded, monkeypatch):
    monkeypatch.setenv("PATH", f"{BIN}{os.pathsep}{os.environ['PATH']}")
    config = Config()
    exec(CONFIG, {"get_config": lambda: config})
    folder = CourseDirectory(config=config, root=str(course))
    api = NbGraderAPI(folder, config=config)
    told = api.autograde(TOPIC, "bypass")
    assert not told["success"]
    assert "has not been collected, so it is not graded" in told["log"]
    assert api.autograde(TOPIC, "anna")["success"]


def test_a_link_or_a_further_file_beside_the_notebook_is_refused(course, graded):
    folder = course / "submitted" / "anna" / TOPIC
    (folder / "data.txt").symlink_to("/etc/hostname")
    told = nbgrader(course, "autograde", TOPIC, "--student", "anna", "--force")
    (folder / "data.txt").unlink()
    assert "was changed after it was collected" in told.stderr
    assert not (course / "autograded" / "anna" / TOPIC).exists()
    again = nbgrader(course, "autograde", TOPIC, "--student", "anna", "--force")
    assert again.returncode == 0, again.stderr


def test_a_written_answer_waits_for_a_person(course, graded):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "tiny") as gradebook:
        grade = gradebook.find_grade("words", TOPIC, TOPIC, "zoe")
        assert grade.needs_manual_grade
        text = (course / "autograded" / "zoe" / TOPIC / NAME).read_text()
        assert ANSWERS["words"] in text
