"""A small course and hand-ins for it, as a student's notebook stands on disk."""

import copy
import json
from pathlib import Path

TOPIC = "01_tiny"
NAME = f"{TOPIC}.ipynb"


def _marks(grade_id, *, grade=False, solution=False, locked=False, points=None):
    marks = {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": 3,
        "solution": solution,
        "task": False,
    }
    return {"nbgrader": marks | ({"points": points} if points else {})}


def cell(kind, source, cell_id, metadata=None):
    made = {
        "cell_type": kind,
        "id": cell_id,
        "metadata": metadata or {},
        "source": source,
    }
    if kind == "code":
        made |= {"outputs": [], "execution_count": None}
    return made


STUB = 'raise NotImplementedError("Write your code here, then run this cell again.")'
CENTER = f'def center(x):\n    """Return x less the mean of each column."""\n    {STUB}'
SCALE = f'def scale(x):\n    """Return x over its largest size."""\n    {STUB}'
TEXT = "*Write your answer here.*"

RELEASE = {
    "nbformat": 4,
    "nbformat_minor": 5,
    "metadata": {
        "kernelspec": {
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    },
    "cells": [
        cell("markdown", "# A tiny exercise\n\nTwo tasks and a question.", "intro"),
        cell("code", "import numpy as np", "imports"),
        cell("markdown", "## Task 1: centre the columns of an array", "task-1"),
        cell("code", CENTER, "center", _marks("center", solution=True)),
        cell("code", "center(np.eye(3))", "draw-1"),
        cell(
            "code",
            '"""The mean of each column is zero."""\n'
            "assert abs(center(np.arange(6.0).reshape(3, 2)).mean(0)).max() < 1e-9",
            "test-center",
            _marks("test-center", grade=True, locked=True, points=2),
        ),
        cell("markdown", "## Task 2: divide by the largest absolute value", "task-2"),
        cell("code", SCALE, "scale", _marks("scale", solution=True)),
        cell(
            "code",
            '"""The largest size is one."""\n'
            "assert abs(scale(np.array([3.0, -4.0]))).max() == 1",
            "test-scale",
            _marks("test-scale", grade=True, locked=True, points=3),
        ),
        cell("markdown", "## In your own words\n\nWhy do we centre?", "question"),
        cell(
            "markdown",
            TEXT,
            "words",
            _marks("words", grade=True, solution=True, points=2),
        ),
        cell("markdown", "<details>Mark scheme</details>", "scheme"),
    ],
}

ANSWERS = {
    "center": "def center(x):\n    return x - x.mean(0)",
    "scale": "def scale(x):\n    return x / abs(x).max()",
    "words": "The mean would be the first component.",
}


def make_course(root: Path) -> Path:
    folder = root / "exercises" / TOPIC
    folder.mkdir(parents=True)
    (folder / NAME).write_text(json.dumps(RELEASE), encoding="utf-8")
    return root


def worked(**answers) -> dict:
    """Return a student's notebook: all right, or with the given answers instead."""
    notebook = copy.deepcopy(RELEASE)
    for item in notebook["cells"]:
        if item["id"] in ANSWERS:
            item["source"] = (ANSWERS | answers)[item["id"]]
    return notebook


def find(notebook: dict, cell_id: str) -> int:
    """Return the position of a cell in a notebook."""
    return [item.get("id") for item in notebook["cells"]].index(cell_id)


def as_bytes(notebook) -> bytes:
    return json.dumps(notebook).encode()


def sources(notebook: dict) -> dict:
    """Return the text of each cell of the release, and the others in a list."""
    known = {item["id"] for item in RELEASE["cells"]}
    found = {c["id"]: c["source"] for c in notebook["cells"] if c["id"] in known}
    found["own"] = [c["source"] for c in notebook["cells"] if c["id"] not in known]
    return found


def submitted(course: Path, student: str) -> dict:
    path = course / "submitted" / student / TOPIC / NAME
    return json.loads(path.read_text(encoding="utf-8"))
