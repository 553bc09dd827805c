"""People with broken files, by the instructor's own commands: a row each, and why."""

import re
import zipfile

import pytest
from nbgrader.api import Gradebook

from tests.grading import bad_answers  # noqa: F401  (adds to MADE)
from tests.grading.attack_class import (
    NAME,
    TOPIC,
    Exercise,
    command,
    grade_class,
    graded_rows,
    hand_in,
    make_course,
    sums,
    verdict_of,
)
from tests.grading.bad_inputs import ALL, HALF, MADE

pytestmark = pytest.mark.slow
ODD = {"Ümit (2) [x] ö": "Ümit_2_x_ö", "=cmd|calc": "cmd_calc", "a b": "a_b"}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """The class, collected and graded."""
    course = make_course(tmp_path_factory.mktemp("bad") / "course")
    exercise, heap = Exercise(course), course / "class"
    for name, (maker, *_) in MADE.items():
        maker(heap / name, exercise)
    for name in ODD:
        hand_in(heap / name, exercise.worked())
    collected = command(course, "collect", "class", TOPIC)
    assert collected.returncode == 0, collected.stderr
    assert "Traceback" not in collected.stderr
    grade_class(course)
    return course


@pytest.fixture(scope="module")
def rows(course):
    return graded_rows(course)


@pytest.mark.parametrize("name", list(MADE))
def test_a_bad_file_is_a_row_with_a_reason(name, course, rows):
    _, points, status, says = MADE[name]
    row = rows[name]
    assert (row["points"], row["status"]) == (points, status), row
    reason = row["reason"]
    if points == HALF:
        cells = {c["grade_id"]: c for c in verdict_of(course, name)["cells"]}
        reason = cells["test-center"]["reason"]
        assert (cells["test-project"]["points"], row["reason"]) == (2, "")
    assert says in reason
    assert bool(reason) == (points != ALL)
    assert reason.isprintable()
    assert not re.search(r"Error\b(?!.* in the answer)|Traceback|/tmp/", reason)


def test_odd_names_are_kept_apart_and_graded(rows):
    assert {rows[made]["points"] for made in ODD.values()} == {ALL}
    assert len(rows) == len(MADE) + len(ODD)


def test_what_is_unreadable_is_no_nought_in_the_gradebook(course, rows):
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        found = gradebook.assignment_submissions(TOPIC)
        scores = {s.student.id: (s.score, s.needs_manual_grade) for s in found}
    for name, row in rows.items():
        assert scores[name][0] == float(row["points"] or 0), name
        assert scores[name][1] or row["status"] != "unreadable", name


def test_a_time_that_the_student_wrote_is_not_taken(course):
    path = course / "submitted" / "a-time-of-their-own" / TOPIC / "timestamp.txt"
    assert not path.read_text().startswith(("2026-01-10", "2026-01-11"))


def test_a_zip_that_leads_outside_is_refused(course):
    bad = course / "bad.zip"
    whole = course / "class" / "untouched" / NAME
    with zipfile.ZipFile(bad, "w") as archive:
        archive.write(whole, f"../../{NAME}")
        archive.write(whole, f"zed/../../x/{NAME}")
    base, new = course.parent, ("course/received/01_pca/x", "course/submitted/x")
    before = sums(base)
    done = command(course, "collect", "bad.zip", TOPIC)
    assert done.returncode == 0, done.stderr
    assert "leads out of the zip" in done.stdout
    after = sums(base)
    assert {k: v for k, v in after.items() if not k.startswith(new)} == before
    assert not (base.parent / NAME).exists()
    grade_class(course)
    row = graded_rows(course)["x"]
    assert (row["points"], row["status"]) == ("", "unreadable")
    assert "leads out of the zip" in row["reason"]
