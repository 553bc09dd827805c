"""What a solution notebook must keep to before an exercise is made of it."""

import ast
import re
from collections import Counter
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cs5045ae.course.place import SLUG, CourseError

__all__ = ["POINTS", "is_manual", "is_solution", "is_test", "read_solution"]

POINTS = 20
"""Points of a topic, those graded by hand included."""


def read_solution(path: Path) -> NotebookNode:
    """Read a solution notebook, and refuse one that breaks a rule of the course.

    Parameters
    ----------
    path : pathlib.Path
        ``solutions/NN_slug/NN_slug.ipynb``.

    Raises
    ------
    CourseError
        If its folder holds another file (nbgrader would publish it), a grade id occurs
        twice, the points do not sum to `POINTS`, or a cell imports what is kept from
        students.
    """
    topic = path.parent.name
    if not SLUG.fullmatch(topic):
        raise CourseError(f"solutions/{topic}: the name must look like 03_deep.")
    others = sorted(
        str(other.relative_to(path.parent))
        for other in path.parent.rglob("*")
        if other.is_file() and other != path and ".ipynb_checkpoints" not in other.parts
    )
    if others:
        raise CourseError(
            f"solutions/{topic} also holds {', '.join(others)}, which nbgrader would "
            "copy into the exercise. Move it elsewhere."
        )
    if not path.is_file():
        raise CourseError(f"solutions/{topic} holds no notebook {topic}.ipynb.")
    try:
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except Exception as error:  # whatever nbformat stumbles over in a strange file
        first = str(error).splitlines()[0]
        raise CourseError(f"{path.name} is not a valid notebook: {first}") from None
    for complaint in _complaints(notebook):
        raise CourseError(f"{path.name}: {complaint}")
    return notebook


def is_solution(cell: NotebookNode) -> bool:
    """Tell whether a student writes in this cell, code or text."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


def is_test(cell: NotebookNode) -> bool:
    """Tell whether this is a locked test cell that is worth points."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade")) and not is_solution(
        cell
    )


def is_manual(cell: NotebookNode) -> bool:
    """Tell whether this cell is graded by hand."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade")) and is_solution(cell)


def _complaints(notebook: NotebookNode) -> list[str]:
    graded = [cell.metadata.nbgrader for cell in notebook.cells if _has_id(cell)]
    found = []
    times = Counter(data["grade_id"] for data in graded)
    if twice := sorted(name for name, n in times.items() if n > 1):
        found.append(f"the grade id {twice[0]} occurs twice.")
    total = sum(data.get("points", 0) for data in graded)
    if total != POINTS:
        found.append(f"its points sum to {total:g}, not to {POINTS}.")
    for number, cell in enumerate(notebook.cells, start=1):
        if cell.cell_type != "code":
            continue
        names = _imports(cell.source)
        where = f"cell {number} ({cell.source.splitlines()[0] if cell.source else ''})"
        if _any_below(names, "cs5045ae.reference"):
            found.append(f"{where} imports cs5045ae.reference, which no exercise may.")
        if _any_below(names, "cs5045ae.checks") and not is_test(cell):
            found.append(
                f"{where} imports cs5045ae.checks, which test cells alone may."
            )
    return found


def _has_id(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get("grade_id"))


def _any_below(names: set[str], package: str) -> bool:
    return any(name == package or name.startswith(package + ".") for name in names)


def _imports(source: str) -> set[str]:
    """Return the dotted names that a cell imports."""
    plain = re.sub(r"^[ \t]*[%!].*$", "", source, flags=re.MULTILINE)
    try:
        tree = ast.parse(plain)
    except SyntaxError:
        return set()
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names
