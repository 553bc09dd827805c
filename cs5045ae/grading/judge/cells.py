"""Run one test cell with what the student made, and say what came of it."""

import ast
import contextlib
import io
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.judge.clock import imports_take_no_time
from cs5045ae.grading.judge.remote import RemoteKernel
from cs5045ae.grading.sandbox.limits import KernelLost
from cs5045ae.grading.wire.calls import Missing, StudentError, fetch, make_proxy
from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.plain import Opaque

__all__ = ["Outcome", "run_test"]

PACKAGE = str(Path(__file__).parents[2])
WIRE = str(Path(__file__).parents[1] / "wire")
JUDGE = str(Path(__file__).parent)
NAME = "<test cell>"


@dataclass
class Outcome:
    """What came of a test cell.

    Parameters
    ----------
    passed : bool
        It ran to its end.
    value : float or None
        The points it said itself, by its last line; None if it said none.
    printed : str
        What it printed.
    error : str
        The name of what it raised.
    lines : list of str
        The message, in place of a traceback.
    fault : str
        Why it could not be judged, by a fault of ours; empty otherwise.
    lost : bool
        The student's kernel was lost on the way.
    """

    passed: bool = False
    value: float | None = None
    printed: str = ""
    error: str = ""
    lines: list[str] | None = None
    fault: str = ""
    lost: bool = False

    def told(self) -> dict[str, Any]:
        """Return it for JSON."""
        return asdict(self)


def run_test(
    source: str, needs: dict[str, str], kernel: RemoteKernel, seconds: float
) -> Outcome:
    """Run a test cell.

    Parameters
    ----------
    source : str
        Its text, from the solution notebook.
    needs : dict from str to str
        The names of the student's that it uses: ``"function"`` or ``"value"``.
    kernel : RemoteKernel
        Where they live.
    seconds : float
        For each call of the student's that no check's own limit holds.
    """
    made = Outcome()
    printed = io.StringIO()
    try:
        with contextlib.redirect_stdout(printed), imports_take_no_time():
            names = {
                name: _student(kernel, name, kind, seconds)
                for name, kind in needs.items()
            }
            made.value = _points(_run(source, names))
            made.passed = True
    except CheckFailed as failure:
        made.error, made.lines = "CheckFailed", failure._render_traceback_()
    except KernelLost:
        made.lost = True
    except TooSlow:
        made.error = "CheckFailed"
        made.lines = [f"Your code was stopped after {seconds:g} seconds."]
    except BaseException as error:
        _tell(error, made)
    made.printed = printed.getvalue()
    return made


def _student(kernel: RemoteKernel, name: str, kind: str, seconds: float) -> Any:
    """Return what stands for the student's work of that name."""
    try:
        value = fetch(kernel, name, seconds)
    except Missing:
        raise CheckFailed(
            f"`{name}` is not defined: write it in the marked cell.",
            "Run the marked cell and look for an error below it.",
        ) from None
    except WireError:
        if kind == "value":
            raise
        value = Opaque()
    # A function is called by its name, whatever kind of callable it is.
    if kind == "function" and (callable(value) or isinstance(value, Opaque)):
        return make_proxy(kernel, name, seconds)
    return value


def _run(source: str, names: dict[str, Any]) -> Any:
    """Run a cell in a space of its own; return the value of its last line."""
    tree = ast.parse(source, NAME)
    space: dict[str, Any] = {"__name__": "__main__", **names}
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
    exec(compile(tree, NAME, "exec"), space)
    if isinstance(last, ast.Expr):
        return eval(compile(ast.Expression(last.value), NAME, "eval"), space)
    return None


class _NoPoints(Exception):
    """The value of a test cell is no number of points."""


def _points(value: Any) -> float | None:
    if value is None:
        return None
    number = np.asarray(value, dtype=object)
    if number.shape == () and isinstance(number.item(), int | float | np.number):
        points = float(number.item())
        if not isinstance(number.item(), bool | np.bool) and np.isfinite(points):
            return points
    raise _NoPoints(f"its value is no finite number of points: {type(value).__name__}")


def _tell(error: BaseException, made: Outcome) -> None:
    """Say what an exception means: the student's answer is wrong, or we are."""
    told = f"{type(error).__name__}: {error}"[:2000]
    if isinstance(error, MemoryError | _NoPoints) or _is_ours(error):
        made.fault = f"The check stopped with {told}"
        return
    made.error = type(error).__name__
    made.lines = told.split("\n")


def _is_ours(error: BaseException) -> bool:
    """Tell whether an exception comes from a check, not from what it was given."""
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, StudentError):
        return False
    if isinstance(error, ImportError):
        return True  # a test cell and the package do not fit together
    if isinstance(error, NotImplementedError) and files[-1].startswith(WIRE):
        return False  # the student's own
    return any(f.startswith(PACKAGE) and not f.startswith(JUDGE) for f in files)
