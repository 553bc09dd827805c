"""A check was mended: a table of old and new points, then a question, then the change.

What a person has graded stays as it is.
"""

import json

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.grading.attack_class import (
    NAME,
    TOPIC,
    WORDS,
    Exercise,
    command,
    graded_rows,
    hand_in,
    make_course,
    sums,
    verdict_of,
)

pytestmark = pytest.mark.slow
FORGETS = "def project(x, mean, components):\n    return x @ components.T"
LENIENT = "assert callable(project)"
GIVEN = 11.5
TEXT = "In my own words."


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of two, graded; one's text and one of his test cells graded by hand."""
    root = make_course(tmp_path_factory.mktemp("regrade") / "course")
    exercise = Exercise(root)
    hand_in(root / "class" / "right", exercise.worked())
    forgets = exercise.worked(project=FORGETS, **{WORDS: TEXT})
    hand_in(root / "class" / "forgets", forgets)
    for words in (("collect", "class", TOPIC), ("grade", TOPIC)):
        done = command(root, *words)
        assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        for name, points in ((WORDS, GIVEN), ("test-center", 0.5)):
            grade = gradebook.find_grade(name, TOPIC, TOPIC, "forgets")
            grade.manual_score, grade.needs_manual_grade = points, False
        gradebook.db.commit()
    assert graded_rows(root)["forgets"]["points"] == "2"
    return root


@pytest.fixture(scope="module")
def mended(course):
    """The course after a check was mended: it asks for less."""
    path = course / "solutions" / TOPIC / NAME
    solution = nbformat.read(path, as_version=4)
    (cell,) = [cell for cell in solution.cells if cell.id == "test-project"]
    cell.source = LENIENT
    nbformat.write(solution, path)
    return course


def regrade(course, *words, answer=""):
    return command(course, "grade", TOPIC, "--regrade", *words, answer=answer)


def points_by_cell(course, student):
    """Return what the gradebook holds: by the checks, by a person, waiting or not."""
    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        found = gradebook.find_submission_notebook(TOPIC, TOPIC, student)
        return {
            grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade)
            for grade in found.grades
        }


def test_the_table_comes_before_anything_is_written(mended):
    before = sums(mended)
    done = regrade(mended, answer="n\n")
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["student", "old", "->", "new"] in lines
    assert ["forgets", "2", "->", "4"] in lines
    assert not [line for line in lines if line[:1] == ["right"]]
    assert "1 of 2 would change." in done.stdout
    assert "Take the new points?" in done.stdout
    assert "Nothing was changed." in done.stdout
    after = {k: v for k, v in sums(mended).items() if not k.startswith("build")}
    assert after == before


def test_grading_again_changes_nobody_and_points_to_regrade(mended):
    done = command(mended, "grade", TOPIC)
    assert "Nothing is left to judge." in done.stdout
    assert "2 were graded with another seed or another state" in done.stdout
    assert "--regrade" in done.stdout
    assert verdict_of(mended, "forgets")["points"] == 2


def test_the_new_points_count_and_a_persons_stay(mended):
    done = regrade(mended, answer="y\n")
    assert done.returncode == 0, done.stderr
    assert "1 of 2 would change." in done.stdout
    assert graded_rows(mended)["forgets"]["points"] == "4"
    assert points_by_cell(mended, "forgets") == {
        "test-center": (2.0, 0.5, False),
        "test-project": (2.0, None, False),
        WORDS: (None, GIVEN, False),
    }
    with Gradebook(f"sqlite:///{mended}/gradebook.db") as gradebook:
        assert gradebook.find_submission(TOPIC, "forgets").score == 0.5 + 2 + GIVEN
    page = json.loads(
        (mended / "autograded" / "forgets" / TOPIC / NAME).read_text("utf-8")
    )
    assert LENIENT in ["".join(cell["source"]) for cell in page["cells"]]
    assert not (mended / "build" / "regrade" / TOPIC).exists()


def test_a_second_regrading_asks_nothing(mended):
    done = regrade(mended)
    assert done.returncode == 0, done.stderr
    assert "0 of 2 would change." in done.stdout
    assert "Take the new points?" not in done.stdout


def test_yes_asks_nothing_and_without_an_answer_nothing_changes(mended):
    path = mended / "solutions" / TOPIC / NAME
    text = path.read_text("utf-8").replace(LENIENT, "assert project is None")
    path.write_text(text, "utf-8")
    done = regrade(mended)
    assert done.returncode == 1
    assert verdict_of(mended, "right")["points"] == 4
    done = regrade(mended, "--yes")
    assert done.returncode == 0, done.stderr
    assert "2 of 2 would change." in done.stdout
    assert verdict_of(mended, "right")["points"] == 2
    assert points_by_cell(mended, "forgets")[WORDS] == (None, GIVEN, False)


def test_a_lost_gradebook_is_filled_from_the_verdicts_whatever_the_seed(mended):
    before = verdicts(mended)
    (mended / "gradebook.db").unlink()
    done = command(mended, "grade", TOPIC, CS5045AE_SEED="5")
    assert done.returncode == 0, done.stderr
    assert "Nothing is left to judge." in done.stdout
    assert verdicts(mended) == before
    assert points_by_cell(mended, "right")["test-center"] == (2.0, None, False)
    again = command(mended, "grade", TOPIC)
    assert again.returncode == 0, again.stderr
    assert verdicts(mended) == before


def verdicts(course):
    folder = course / "verdicts" / TOPIC
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}
