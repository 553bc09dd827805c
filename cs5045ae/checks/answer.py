"""Call what the student made, and look at the answer one property at a time."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cs5045ae.checks.failure import CheckFailed, NotWritten
from cs5045ae.checks.raised import advice, wording
from cs5045ae.checks.unchanged import copies, look_unchanged
from cs5045ae.checks.words import (
    due_shape,
    index,
    kind_of,
    number,
    phrase,
    place,
    student_line,
)

__all__ = ["Answer", "call"]

RTOL, ATOL = 1e-5, 1e-6


def call(function: Callable[..., Any], /, **arguments: Any) -> "Answer":
    """Call a student's function and return its answer.

    The arguments are passed by position, in the order given; their names serve the
    messages alone. Arrays and lists are passed as copies, and the copies are compared
    afterwards: a function that changes its input has failed.

    Raises
    ------
    CheckFailed
        If it is not written yet, cannot be called, raises, or changes its input.
    """
    name = getattr(function, "__name__", "your function")
    told = f"{name}({', '.join(f'{k}={phrase(v)}' for k, v in arguments.items())})"
    if not callable(function):
        raise CheckFailed(
            f"A function was expected here, but it is {kind_of(function)}.",
            "Define it with `def` in the marked cell, and do not reuse its name.",
        )
    passed = copies(arguments)
    try:
        value = function(*passed.values())
    except NotImplementedError:
        raise NotWritten(
            f"{name} is not written yet.",
            "Replace the line that raises NotImplementedError, and run the cell.",
        ) from None
    except CheckFailed:
        raise
    except (Exception, SystemExit) as error:
        raise CheckFailed(
            f"{told} stopped with {type(error).__name__}: {wording(error)}"
            f"{student_line(error)}",
            advice(error, name, arguments),
        ) from None
    look_unchanged(told, arguments, passed)
    return Answer(value, f"{told} returned", told)


class Answer:
    """What a student's function returned, with the words to speak about it.

    Parameters
    ----------
    value : object
        Anything at all.
    subject : str
        How a sentence about it begins, such as ``"center(x=(7, 4)) returned"``.
    told : str
        The call alone.
    """

    def __init__(self, value: Any, subject: str, told: str) -> None:
        self.value, self.subject, self.told = value, subject, told

    def parts(self, *names: str) -> "list[Answer]":
        """Split a tuple or list of exactly ``len(names)`` parts."""
        wanted = f"a tuple ({', '.join(names)})"
        if not isinstance(self.value, tuple | list):
            raise CheckFailed(
                f"{self.subject} {kind_of(self.value)}, not {wanted}.",
                f"End the function with `return {', '.join(names)}`.",
            )
        if len(self.value) != len(names):
            raise CheckFailed(
                f"{self.subject} {len(self.value)} parts, not {wanted}.",
                f"End the function with `return {', '.join(names)}`.",
            )
        return [
            Answer(part, f"In {self.told}, {name} is", self.told)
            for part, name in zip(self.value, names, strict=True)
        ]

    def array(
        self,
        shape: tuple[int, ...] | None = None,
        *,
        shapes: Mapping[tuple[int, ...], str] | None = None,
        whole: bool = False,
        low: float | None = None,
        high: float | None = None,
        hint: str = "",
    ) -> np.ndarray:
        """Return the value as a plain array, after looking at all but its numbers.

        Parameters
        ----------
        shape : tuple of int, optional
            The shape it must have; `()` is a single number.
        shapes : mapping from a wrong shape to a hint, optional
            Wrong shapes that students really give, and what to say of them.
        whole : bool
            Only whole numbers are right; the result is then int64, else float64.
        low, high : float, optional
            The range it must stay in, up to rounding.
        hint : str
            What to say of a value out of range.
        """
        values = self.numbers()
        if shape is not None and values.shape != shape:
            known = (shapes or {}).get(values.shape) or due_shape(values.shape, shape)
            want = f"of shape {shape}" if shape else "a single number"
            raise CheckFailed(f"{self.subject} {phrase(values)}, not {want}.", known)
        if whole and values.dtype.kind == "f" and not np.all(values == values.round()):
            raise CheckFailed(
                f"{self.subject} {values.dtype} numbers that are not whole.",
                "Whole numbers are due here.",
            )
        values = values.astype(np.float64)
        if not np.isfinite(values).all():
            kind = "NaN" if np.isnan(values).any() else "infinity"
            raise CheckFailed(
                f"{self.subject} {kind}{place(~np.isfinite(values))}.",
                "Look for a division by zero, the logarithm of zero, or an overflow.",
            )
        slack = ATOL * max(1.0, float(np.abs(values).max(initial=0.0)))
        for bound, sign, side in ((low, -1, "below"), (high, 1, "above")):
            if bound is None:
                continue
            if (outside := sign * (values - bound) > slack).any():
                at = tuple(np.argwhere(outside)[0])
                raise CheckFailed(
                    f"{self.subject} {number(values[at])}{place(outside)}, which is "
                    f"{side} {bound:g}.",
                    hint,
                )
        return values.astype(np.int64) if whole else values

    def close(
        self,
        want: ArrayLike,
        *,
        mistakes: Mapping[str, ArrayLike] | None = None,
        hint: str = "",
        shown: bool = False,
        rtol: float = RTOL,
        atol: float = ATOL,
        **looks: Any,
    ) -> np.ndarray:
        """Look at every property in turn, the numbers last, and return the array.

        Parameters
        ----------
        want : array or number
            The right answer; it gives the shape too.
        mistakes : mapping from a sentence to an array or number, optional
            What wrong answers that students really give look like. The sentence of
            the first that fits takes the place of `hint`.
        hint : str
            What to say of any other wrong value.
        shown : bool
            The case stands in the task's statement, so the message may say what is
            right. Never for a fresh case.
        rtol, atol : float
            ``|got - want| <= rtol |want| + atol max(1, max |want|)``.
        **looks
            Passed on to `array`.
        """
        want = np.asarray(want, dtype=np.float64)
        got = self.array(want.shape, **looks)
        if _near(got, want, rtol, atol):
            return got
        for sentence, wrong in (mistakes or {}).items():
            wrong = np.asarray(wrong, dtype=np.float64)
            if wrong.shape == got.shape and _near(got, wrong, 10 * rtol, 10 * atol):
                hint = sentence
                break
        else:
            hint = self.coarse() or hint
        gap = np.abs(got - want)
        at = tuple(np.unravel_index(int(gap.argmax()), gap.shape))
        spot = f" at {index(at)}" if at else ""
        if shown:
            text = f"{number(got[at])}{spot}; the right value is {number(want[at])}."
        elif at:
            text = f"{phrase(got)} of which the value{spot} is off by {gap[at]:.3g}."
        else:
            text = f"{number(got[at])}, which is off by {gap[at]:.3g}."
        raise CheckFailed(f"{self.subject} {text}", hint)

    def coarse(self) -> str:
        """Return a hint if the numbers are of a kind that is too coarse, else ""."""
        if self.numbers().dtype != np.float16:
            return ""
        return "float16 keeps three digits only: use float32 or float64."

    def numbers(self) -> np.ndarray:
        """Return the value as an array of kind b, i, u or f, whatever holds it.

        Raises
        ------
        CheckFailed
            If there are no numbers in it, or complex ones.
        """
        if self.value is None:
            raise CheckFailed(
                f"{self.subject} None.", "Does the function end with `return`?"
            )
        value = self.value
        try:
            if callable(getattr(value, "numpy", None)):
                value = value.numpy()  # a tensor or a variable
            values = np.array(value, subok=False)
        except Exception:  # a ragged list, or an object that misbehaves
            values = np.array(None, dtype=object)
        if values.dtype.kind == "c":
            raise CheckFailed(
                f"{self.subject} an array of complex numbers.",
                "The eigenvalues of a symmetric matrix are real: `np.linalg.eigh`.",
            )
        if values.dtype.kind not in "biuf":
            raise CheckFailed(
                f"{self.subject} {kind_of(self.value)}, where numbers are due.",
                "Return an array, a list of numbers or one number.",
            )
        return values


def _near(got: np.ndarray, want: np.ndarray, rtol: float, atol: float) -> bool:
    scale = max(1.0, float(np.abs(want).max(initial=0.0)))
    return bool((np.abs(got - want) <= rtol * np.abs(want) + atol * scale).all())
