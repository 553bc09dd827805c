"""The exercise as it was given out, which every submission is rebuilt from."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from cs5045ae.course.place import SLUG, Course, CourseError

__all__ = ["COMPARED", "Release", "ReleaseCell", "defined_names", "read_release"]

COMPARED = 4_000
"""Characters of a cell that are compared."""

DEFINED = re.compile(
    r"^(?:async +)?(?:def|class) +(\w+)|^(\w+) *(?::[^=\n]+)?=(?!=)", re.MULTILINE
)


@dataclass(frozen=True)
class ReleaseCell:
    """A cell of the exercise as it was given out.

    Parameters
    ----------
    kind : str
        ``code``, ``markdown`` or ``raw``.
    source, grade_id, id : str
        As in `Cell`.
    solution, grade, locked : bool
        nbgrader's flags.
    """

    kind: str
    source: str
    grade_id: str = ""
    id: str = ""
    solution: bool = False
    grade: bool = False
    locked: bool = False

    @property
    def is_test(self) -> bool:
        """Whether it is a locked cell worth points."""
        return self.grade and not self.solution

    @property
    def is_manual(self) -> bool:
        """Whether it is graded by hand."""
        return self.grade and self.solution

    @property
    def is_fixed(self) -> bool:
        """Whether the course's own text stands, whatever was handed in."""
        return not self.solution and (self.grade or self.locked)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that its stub defines."""
        return defined_names(self.source) if self.kind == "code" else frozenset()


def defined_names(source: str) -> frozenset[str]:
    """Return the names that code defines at its left margin.

    >>> sorted(defined_names("k = 3\\ndef f(x):\\n    y = x"))
    ['f', 'k']
    """
    return frozenset(a or b for a, b in DEFINED.findall(source[:COMPARED]))


@dataclass(frozen=True)
class Release:
    """An exercise.

    Parameters
    ----------
    topic : str
        Such as ``01_pca``.
    cells : list of ReleaseCell
        In order.
    notebook : dict
        The same as JSON, to build from.
    sha256 : str
        Of the file.
    """

    topic: str
    cells: list[ReleaseCell]
    notebook: dict[str, Any]
    sha256: str


def read_release(course_root: Path, topic: str) -> Release:
    """Read the exercise of a topic.

    Raises
    ------
    CourseError
        If there is none, or it has no cell to answer in.
    """
    if not SLUG.fullmatch(topic):
        raise CourseError(f"{topic!r} is no topic: it must look like 01_pca.")
    path = Course(course_root).exercise(topic)
    if not path.is_file():
        raise CourseError(
            f"There is no exercise {topic} to collect for. Make it with: "
            f"cs5045ae exercises {topic}"
        )
    data = path.read_bytes()
    try:
        notebook = json.loads(data)
        cells = [_cell(item) for item in notebook["cells"]]
    except (ValueError, KeyError, TypeError) as error:
        raise CourseError(f"{path.name} is damaged ({error}). Make it anew.") from None
    if not any(cell.solution for cell in cells):
        raise CourseError(f"The exercise {topic} has no cell to answer in.")
    return Release(topic, cells, notebook, hashlib.sha256(data).hexdigest())


def _cell(item: dict[str, Any]) -> ReleaseCell:
    marks = item["metadata"].get("nbgrader", {})
    return ReleaseCell(
        item["cell_type"],
        "".join(item["source"]),
        marks.get("grade_id", ""),
        item.get("id", ""),
        bool(marks.get("solution")),
        bool(marks.get("grade")),
        bool(marks.get("locked")),
    )
