"""A sample class for one topic: five submissions that show the whole way to a grade.

They are built from the course's own solution; no student's code is in them.
"""

import re
from collections.abc import Callable

from nbformat import NotebookNode

from cs5045ae.course.rules import is_solution, is_test

__all__ = ["NOT_A_NOTEBOOK", "SAMPLE_CLASS"]

MARKS = re.compile("(BEGIN|END) (SOLUTION|MARK SCHEME)")
NOT_A_NOTEBOOK = "I could not save my notebook, so here are my thoughts as text.\n"
"""What one sample student hands in under the name of the notebook."""


def _perfect(exercise: NotebookNode, solution: NotebookNode) -> NotebookNode:
    return _filled(exercise, solution, _answers(exercise))


def _partly_right(exercise: NotebookNode, solution: NotebookNode) -> NotebookNode:
    code = [cell for cell in _answers(exercise) if cell.cell_type == "code"]
    return _filled(exercise, solution, code[: len(code) // 2])


def _empty(exercise: NotebookNode, solution: NotebookNode) -> NotebookNode:
    return exercise


def _broken(exercise: NotebookNode, solution: NotebookNode) -> NotebookNode:
    """Break the first answer's syntax, and lose the last test cell."""
    notebook = _perfect(exercise, solution)
    first = next(c for c in _answers(notebook) if c.cell_type == "code")
    first.source += "\n(this line was never finished"
    last = [cell for cell in notebook.cells if is_test(cell)][-1]
    notebook.cells.remove(last)
    return notebook


def _filled(
    exercise: NotebookNode, solution: NotebookNode, answers: list[NotebookNode]
) -> NotebookNode:
    """Fill some of the answers of an exercise from the solution."""
    right = {c.metadata.nbgrader.grade_id: c.source for c in _answers(solution)}
    for cell in answers:
        lines = right[cell.metadata.nbgrader.grade_id].split("\n")
        cell.source = "\n".join(line for line in lines if not MARKS.search(line))
    return exercise


def _answers(notebook: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in notebook.cells if is_solution(cell)]


SAMPLE_CLASS: dict[str, Callable[[NotebookNode, NotebookNode], NotebookNode] | None] = {
    "perfect": _perfect,
    "partly_right": _partly_right,
    "empty": _empty,
    "broken": _broken,
    "not_a_notebook": None,
}
"""From each sample student to the function that builds the submission."""
