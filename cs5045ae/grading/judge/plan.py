"""In which order the cells of a submission run, and what each test cell needs.

The source says what the test cells are and which names its solution cells define; of
the submission only the student's own text counts.
"""

import ast
import re
from dataclasses import dataclass, field
from typing import Any

from cs5045ae.checks.limits import LIMITS
from cs5045ae.grading.judge.limits import Patience

__all__ = ["Plan", "Step", "make_plan"]


@dataclass(frozen=True)
class Step:
    """One code cell.

    Parameters
    ----------
    number : int
        Its position in the submission, from 0; -1 for a test cell that is not in it.
    grade_id : str
        Its name; empty if it has none.
    source : str
        Of a test cell the source's text, else the student's.
    task : str
        Name of the solution cell that it belongs to: the last one up to here.
    seconds : float
        How long it may run.
    points : float or None
        What a test cell is worth; None for a cell of the student's.
    needs : dict from str to str
        Names of the student's that a test cell uses, and what the source makes of
        each: ``"function"`` or ``"value"``.
    """

    number: int
    grade_id: str
    source: str
    task: str
    seconds: float
    points: float | None = None
    needs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """The code cells of a submission in order, and the points that a person gives."""

    steps: list[Step]
    by_hand: float

    @property
    def tests(self) -> list[Step]:
        """The test cells, in order."""
        return [step for step in self.steps if step.points is not None]


def make_plan(
    submission: dict[str, Any], source: dict[str, Any], patience: Patience
) -> Plan:
    """Return what to run of a submission.

    Parameters
    ----------
    submission : dict
        As `cs5045ae.grading.intake` rebuilt it.
    source : dict
        The solution's notebook.
    patience : Patience
        For the seconds of the student's cells.

    Notes
    -----
    A cell behind the last one that is graded, by a check or by hand, changes no point
    and is not run.
    """
    tests: dict[str, dict[str, Any]] = {}
    names: dict[str, str] = {}
    by_hand: dict[str, float] = {}
    for cell in source["cells"]:
        marks = _marks(cell)
        if marks.get("grade") and not marks.get("solution"):
            tests[marks["grade_id"]] = cell
        elif marks.get("grade"):
            by_hand[marks["grade_id"]] = float(marks["points"])
        if marks.get("solution") and cell["cell_type"] == "code":
            names |= _defined("".join(cell["source"]))
    solutions = {
        _marks(cell)["grade_id"]
        for cell in source["cells"]
        if _marks(cell).get("solution") and cell["cell_type"] == "code"
    }
    slow = _seconds_by_task(source, patience.cell)
    steps, task = [], ""
    for number, cell in enumerate(submission["cells"]):
        if cell["cell_type"] != "code":
            continue
        name = str(_marks(cell).get("grade_id", ""))
        if name in tests:
            steps.append(_test(tests.pop(name), number, task, names))
            continue
        task = name if name in solutions else task
        text = "".join(cell["source"])
        steps.append(Step(number, name, text, task, slow.get(task, patience.cell)))
    steps += [_test(cell, -1, task, names) for cell in tests.values()]
    while steps and steps[-1].points is None and steps[-1].grade_id not in by_hand:
        steps.pop()
    return Plan(steps, sum(by_hand.values()))


def _marks(cell: dict[str, Any]) -> dict[str, Any]:
    return cell["metadata"].get("nbgrader", {})


def _test(cell: dict[str, Any], number: int, task: str, names: dict[str, str]) -> Step:
    text, marks = "".join(cell["source"]), _marks(cell)
    used = {n.id for n in ast.walk(_tree(text)) if isinstance(n, ast.Name)}
    needs = {name: kind for name, kind in names.items() if name in used}
    name, points = str(marks["grade_id"]), float(marks["points"])
    return Step(number, name, text, task, _slowest(text), points, needs)


def _slowest(source: str) -> float:
    """Return the longest time in the checks' table for what a test cell calls."""
    used = (n.id for n in ast.walk(_tree(source)) if isinstance(n, ast.Name))
    return max((LIMITS.get(name, 0.0) for name in used), default=0.0)


def _seconds_by_task(source: dict[str, Any], least: float) -> dict[str, float]:
    """Return how long a cell of each task may run: as long as the task's checks."""
    found, task = {"": least}, ""
    for cell in source["cells"]:
        marks = _marks(cell)
        if cell["cell_type"] == "code" and marks.get("solution"):
            task = marks["grade_id"]
            found[task] = least
        elif cell["cell_type"] == "code" and marks.get("grade"):
            found[task] = max(found[task], _slowest("".join(cell["source"])))
    return found


def _tree(source: str) -> ast.Module:
    plain = re.sub(r"^[ \t]*[%!].*$", "", source, flags=re.MULTILINE)
    return ast.parse(plain)


def _defined(source: str) -> dict[str, str]:
    """Return the names that a solution cell defines at its left margin."""
    found = {}
    for node in _tree(source).body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = "function"
            continue
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        for target in targets:
            for part in ast.walk(target):
                if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                    found.setdefault(part.id, "value")
    return found
