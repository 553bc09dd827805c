"""Exercises are what the solutions give, every time, and nothing else slips in."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest

from cs5045ae.course import CourseError
from cs5045ae.course.exercises import differences, make_exercises, release
from tests.conftest import SOLUTION, answer, graded, write_notebook

GOLDEN = Path(__file__).with_name("golden.json")


def cells(text):
    """Return what matters of a notebook's cells: id, source, nbgrader's metadata."""
    return [
        {
            "id": cell.id,
            "source": cell.source,
            "metadata": json.loads(json.dumps(cell.metadata)),
        }
        for cell in nbformat.reads(text, as_version=4).cells
    ]


def test_the_golden_solution_gives_the_golden_exercise(tiny):
    assert cells(release(tiny, "01_small")) == json.loads(GOLDEN.read_text("utf-8"))


def test_a_second_run_gives_the_same_bytes_and_writes_nothing(tiny):
    assert make_exercises(tiny) == [tiny.exercise("01_small")]
    first = tiny.exercise("01_small").read_bytes()
    assert make_exercises(tiny) == []
    assert release(tiny, "01_small").encode() == first
    assert differences(tiny) == []


def test_an_editor_leaves_no_trace_in_the_exercise(tiny):
    before = release(tiny, "01_small")
    notebook = nbformat.read(tiny.solution("01_small"), as_version=4)
    notebook.metadata["language_info"] = {"name": "python", "version": "3.99"}
    notebook.cells[1].metadata["vscode"] = {"languageId": "python"}
    notebook.cells[1].execution_count = 7
    nbformat.write(notebook, tiny.solution("01_small"))
    assert release(tiny, "01_small") == before


def test_check_names_what_is_missing_edited_or_left_over(tiny):
    assert differences(tiny) == ["exercises/01_small/01_small.ipynb is missing."]
    make_exercises(tiny)
    path = tiny.exercise("01_small")
    path.write_text(path.read_text("utf-8").replace("two small", "2 small"), "utf-8")
    stray = path.with_name("notes.txt")
    stray.write_text("mine")
    edited, left_over = differences(tiny)
    assert edited == (
        "exercises/01_small/01_small.ipynb differs from what its solution gives."
    )
    assert left_over.startswith("exercises/01_small/notes.txt is left over")
    assert path.read_text("utf-8").count("2 small") == 1, "check wrote something"


def test_a_topic_that_is_not_there_is_named(tiny):
    with pytest.raises(CourseError, match=r"no solution named 02_large.*01_small"):
        make_exercises(tiny, ["02_large"])


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (graded("test-double", "assert True", 0), "test-double occurs twice"),
        (graded("test-more", "assert True", 1), "sum to 21, not to 20"),
        ("from cs5045ae.reference import pca", "imports cs5045ae.reference"),
        ("%time 1\nimport cs5045ae.checks.pca", "imports cs5045ae.checks, which"),
        (answer("more", "from cs5045ae import checks"), "imports cs5045ae.checks, wh"),
    ],
)
def test_a_solution_that_breaks_a_rule_is_refused(tiny, change, complaint):
    write_notebook(tiny.solution("01_small"), [*SOLUTION, change])
    with pytest.raises(CourseError, match=complaint):
        make_exercises(tiny)
    assert not tiny.exercise("01_small").exists()


@pytest.mark.parametrize(
    ("tests", "complaint"),
    [
        (("assert double(3) == 7", "assert half(3) == 1.5"), "solution gets 8 of 20"),
        (("assert True", "assert half(3) == 1.5"), "untouched exercise gets 12 points"),
    ],
)
def test_an_exercise_that_gives_the_wrong_points_is_refused(tiny, tests, complaint):
    double, half = tests
    text, to_double, _, to_half, _ = SOLUTION
    checks = [graded("test-double", double, 12), graded("test-half", half, 8)]
    cells = [text, to_double, checks[0], to_half, checks[1]]
    write_notebook(tiny.solution("01_small"), cells)
    with pytest.raises(CourseError, match=complaint):
        make_exercises(tiny)
    assert not tiny.exercise("01_small").exists()


def test_a_test_cell_may_import_the_checks(tiny):
    more = graded("test-more", "from cs5045ae.checks import CheckFailed", 0)
    write_notebook(tiny.solution("01_small"), [*SOLUTION, more])
    assert "CheckFailed" in release(tiny, "01_small")


def test_another_file_beside_a_solution_is_refused(tiny):
    (tiny.solution("01_small").parent / "01_small.py").write_text("2 * x")
    with pytest.raises(CourseError, match=r"also holds 01_small\.py, which nbgrader"):
        make_exercises(tiny)
    assert not (tiny.root / "exercises" / "01_small").exists()


@pytest.mark.parametrize("text", ["not a notebook", '{"cells": 3}'])
def test_a_solution_that_is_no_notebook_is_refused_in_one_line(tiny, text):
    tiny.solution("01_small").write_text(text)
    with pytest.raises(CourseError, match="not a valid notebook") as refusal:
        make_exercises(tiny)
    assert "\n" not in str(refusal.value)


def test_a_folder_without_its_notebook_is_refused(tiny):
    shutil.rmtree(tiny.solution("01_small").parent)
    tiny.solution("01_small").parent.mkdir()
    with pytest.raises(CourseError, match=r"holds no notebook 01_small\.ipynb"):
        make_exercises(tiny)
