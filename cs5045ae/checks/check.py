"""Turn a function into a check: seeded, limited in time, told in one line."""

import functools
import os
import warnings
import zlib
from collections.abc import Callable

import numpy as np

from cs5045ae.checks.failure import CheckFailed, NotWritten
from cs5045ae.checks.limits import LIMITS, SECONDS, TooSlow, time_limit
from cs5045ae.checks.missing_names import explain_missing_names
from cs5045ae.keras_settings import default_settings
from cs5045ae.quiet import quiet_stderr

__all__ = ["check", "fresh_rng"]

explain_missing_names()

PUBLIC_SEED = 5045
_failures: dict[str, int] = {}


def fresh_rng(name: str) -> np.random.Generator:
    """Return the generator of a check's fresh cases.

    The seed is the course's public one in a student's hands, and the instructor's own
    (``CS5045AE_SEED``) when a class is graded: a right answer passes with both, one
    tuned to the public cases does not.

    Raises
    ------
    ValueError
        If ``CS5045AE_SEED`` is not a whole number from 0 on.
    """
    text = os.environ.get("CS5045AE_SEED", str(PUBLIC_SEED))
    if not text.isdecimal():
        raise ValueError(f"CS5045AE_SEED must be a whole number from 0 on: {text!r}")
    return np.random.default_rng([int(text), zlib.crc32(name.encode())])


def check(task: str) -> Callable[[Callable[..., str]], Callable[..., None]]:
    """Make a check of a function that returns one line on what it verified.

    The function takes what the student made, and a keyword ``rng`` for its fresh
    cases; it only calls what it is given. The check prints the line if all is well
    and raises `CheckFailed` if not. Its value is None, since nbgrader would take any
    other for a score.

    Parameters
    ----------
    task : str
        The task's number in the exercise, such as ``"2"``.

    Examples
    --------
    >>> @check(task="1")
    ... def check_double(double, *, rng):
    ...     if double(2) != 4:
    ...         raise CheckFailed("double(2) is not 4.", "Add the number to itself.")
    ...     return "double(2) is 4"
    >>> check_double(lambda number: number + number)
    Passed: double(2) is 4.
    """

    def decorate(function: Callable[..., str]) -> Callable[..., None]:
        name = function.__name__
        seconds = LIMITS.get(name, SECONDS)

        @functools.wraps(function)
        def run(*made: object) -> None:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                outcome = _outcome(function, made, name, seconds)
            if isinstance(outcome, str):
                _failures.pop(name, None)
                print(f"Passed: {outcome}.")
                _tell(caught)
                return
            if not isinstance(outcome, NotWritten):
                _failures[name] = _failures.get(name, 0) + 1
            outcome.task, outcome.tries = task, _failures.get(name, 0)
            raise outcome.with_traceback(None) from None

        return run

    return decorate


def _outcome(
    function: Callable[..., str], made: tuple[object, ...], name: str, seconds: float
) -> str | CheckFailed:
    """Run a check in silence; return what it verified, or its failure."""
    with quiet_stderr(), default_settings():
        try:
            with time_limit(seconds):
                return function(*made, rng=fresh_rng(name))
        except CheckFailed as failure:
            return failure
        except TooSlow:
            return CheckFailed(
                f"Your code was stopped after {seconds:g} seconds.",
                "Look for a loop that never ends, or for a loop over single numbers "
                "where numpy can work on whole arrays. An import stands at the top of "
                "the cell, outside the function.",
            )


def _tell(caught: list[warnings.WarningMessage]) -> None:
    """Say on standard output what Python warned of: a note, never a lost point."""
    for text in dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in caught):
        print(f"Note: your code gave a warning, {text}")
