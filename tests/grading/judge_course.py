"""A small course for the judge: numpy tasks, cheap to run, of every kind of cell."""

import json
from pathlib import Path

from cs5045ae.grading.intake import collect
from cs5045ae.grading.judge import Patience, judge_submission
from tests.grading.intake_course import _marks, cell

TOPIC = "01_small"
NAME = f"{TOPIC}.ipynb"
PATIENCE = Patience(submission=60.0, cell=5.0, check=3.0)

STUB = '    raise NotImplementedError("Write your code here.")'
CENTER = "def center(x):\n    mean = x.mean(axis=0)\n    return x - mean, mean"
NEEDED = (
    "def components_needed(variances, share):\n"
    "    total = np.cumsum(variances) / np.sum(variances)\n"
    "    return int(np.argmax(total >= share - 1e-12)) + 1"
)
DOUBLE = "def double(x):\n    return 2 * x"
SIZE = "size = 3"
ANSWERS = {"center": CENTER, "needed": NEEDED, "double": DOUBLE, "size": SIZE}
STUBS = {
    "center": f"def center(x):\n{STUB}",
    "needed": f"def components_needed(variances, share):\n{STUB}",
    "double": f"def double(x):\n{STUB}",
    "size": "size = None",
}
TESTS = {
    "test-center": (
        2,
        "from cs5045ae.checks.pca import check_center\n\ncheck_center(center)",
    ),
    "test-needed": (
        2,
        "from cs5045ae.checks.pca import check_components_needed\n\n"
        "check_components_needed(components_needed)",
    ),
    "test-double": (1, "assert double(2) == 4, 'two and two'"),
    "test-parts": (4, "sum(double(n) == 2 * n for n in (1, 2)) * 1.5"),
    "test-size": (1, "assert size == 3"),
}
FULL = {"test-center": 2, "test-needed": 2, "test-double": 1, "test-parts": 3}
FULL["test-size"] = 1


def solution(name, source):
    return cell("code", source, name, _marks(name, solution=True))


def test(name):
    points, source = TESTS[name]
    marks = _marks(name, grade=True, locked=True, points=points)
    return cell("code", source, name, marks)


def notebook(answers, tests=None):
    """Return the course's notebook with the given text in its solution cells."""
    made = [
        cell("markdown", "# A small exercise", "title"),
        cell("code", "import numpy as np", "imports"),
        solution("center", answers["center"]),
        cell("code", "center(np.eye(3))", "draw"),
        test("test-center"),
        solution("needed", answers["needed"]),
        test("test-needed"),
        solution("double", answers["double"]),
        test("test-double"),
        test("test-parts"),
        solution("size", answers["size"]),
        test("test-size"),
        cell(
            "markdown",
            answers.get("words", "*Write your answer here.*"),
            "words",
            _marks("words", grade=True, solution=True, points=2),
        ),
    ]
    for item in made:
        if item["id"] in (tests or {}):
            item["source"] = tests[item["id"]]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": {
                "display_name": "Python 3",
                "language": "python",
                "name": "python3",
            }
        },
        "cells": made,
    }


def make_course(root: Path, tests=None) -> Path:
    """Make a course folder; `tests` replaces the text of test cells."""
    for folder, answers in (("solutions", ANSWERS), ("exercises", STUBS)):
        path = root / folder / TOPIC / NAME
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(notebook(answers, tests)), encoding="utf-8")
    return root


def hand_in(course: Path, student: str, *extra, made=None, **answers) -> None:
    """Collect a notebook: all right but for the given answers, and further cells.

    An extra cell comes right after the imports, so that all that follows runs in what
    it has done.
    """
    made = made or notebook(ANSWERS | answers)
    for number, source in enumerate(extra):
        kind = "code"
        if isinstance(source, tuple):
            kind, source = source
        made["cells"].insert(2 + number, cell(kind, source, f"extra-{number}"))
    heap = course / "heap" / student
    heap.mkdir(parents=True)
    data = made if isinstance(made, bytes) else json.dumps(made).encode()
    (heap / NAME).write_bytes(data)
    (row,) = [
        r for r in collect(course / "heap", TOPIC, course) if r.student == student
    ]
    assert row.submitted, row


def judged(course: Path, student: str, *extra, options=None, **answers):
    """Hand in and judge; the processes of the judge serve the next test too."""
    hand_in(course, student, *extra, **answers)
    settings = {"warm": True, "patience": PATIENCE} | (options or {})
    return judge_submission(course, TOPIC, student, **settings)


def points(verdict):
    return {cell.grade_id: cell.points for cell in verdict.cells}


def outputs(verdict, name):
    """Return all that stands below a test cell, as one text."""
    (found,) = [cell for cell in verdict.cells if cell.grade_id == name]
    return shown(found.outputs)


def shown(made):
    return "\n".join(
        o.get("text") or "\n".join(o.get("traceback", ())) or str(o.get("data"))
        for o in made
    )


def own(verdict, grade_id):
    """Return what stands below a student's cell, as one text."""
    return "\n".join(
        shown(a.outputs) for a in verdict.answers if a.grade_id == grade_id
    )
