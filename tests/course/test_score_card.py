"""The score card tells what the Validate button would, for every exercise at once."""

import shutil

import nbformat
import pytest

from cs5045ae.course import Course, CourseError
from cs5045ae.course.exercises import make_exercises
from cs5045ae.course.lab import make_working_copies
from cs5045ae.course.score_card import score_card, score_topic
from tests.conftest import tiny_course

pytestmark = pytest.mark.slow
TOPIC = "01_small"


@pytest.fixture
def course(tmp_path):
    course = tiny_course(tmp_path / "tiny course")
    make_exercises(course, ())
    return course


def write(course, **answers):
    """Write answers into the working copy."""
    make_working_copies(course)
    copy = nbformat.read(course.working_copy(TOPIC), as_version=4)
    for cell in copy.cells:
        cell.source = answers.get(cell.id.replace("-", "_"), cell.source)
    nbformat.write(copy, course.working_copy(TOPIC))
    return course.working_copy(TOPIC)


def test_a_copy_that_is_not_there_or_untouched_has_no_points(course):
    (score,) = score_card(course)
    assert (score.points, score.out_of) == (0, 20)
    assert score.message.startswith("not begun")
    make_working_copies(course)
    assert score_topic(course, TOPIC).message == "not begun"


def test_points_are_those_of_the_checks_that_pass(course):
    half = write(course, half="def half(x):\n    return x / 2")
    before = half.read_bytes()
    (score,) = score_card(course)
    assert (score.points, score.message) == (8, "left: Task (12)")
    write(course, double="def double(x):\n    return x + x")
    (score,) = score_card(course)
    assert (score.points, score.message) == (20, "all checks pass")
    assert half.stat().st_size != len(before)


def test_the_copy_is_read_only(course):
    path = write(course, half="def half(x):\n    return x / 2")
    path.chmod(0o400)
    before = path.read_bytes()
    assert score_topic(course, TOPIC).points == 8
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_changed_test_cell_gets_no_points_and_a_way_out(course):
    write(course, test_double="pass", half="def half(x):\n    return x / 2")
    score = score_topic(course, TOPIC)
    assert score.points is None
    assert "locked cell was changed" in score.message
    assert f"--refresh {TOPIC}" in score.message


def test_a_broken_copy_does_not_stop_the_others(course):
    shutil.copytree(course.root / "exercises" / TOPIC, course.root / "exercises/02_b")
    (course.root / "exercises/02_b" / f"{TOPIC}.ipynb").rename(course.exercise("02_b"))
    write(course, half="def half(x):\n    return x / 2")
    course.working_copy("02_b").write_text("{")
    first, second = score_card(course)
    assert first.points == 8
    assert (second.points, second.out_of) == (None, 20)
    assert second.message.startswith("it is no notebook any more")


def test_a_course_without_exercises_is_told(tmp_path):
    with pytest.raises(CourseError, match="no exercise in"):
        score_card(Course(tmp_path))
