"""How a message names things: values by their kind or shape, places by their index."""

import linecache
import traceback
from pathlib import Path
from typing import Any

import numpy as np

__all__ = [
    "due_shape",
    "index",
    "kind_of",
    "number",
    "phrase",
    "place",
    "student_line",
]

PLAINER = {"ndarray": "array", "Functional": "Keras model"}
PACKAGE = str(Path(__file__).parents[1])


def kind_of(value: Any) -> str:
    """Name a value's type with its article, such as "a dict"."""
    if value is None:
        return "None"
    name = type(value).__name__
    name = PLAINER.get(name, name)
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def phrase(value: Any) -> str:
    """Name a value in a few words: arrays by their shape, long values by their kind."""
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}" if value.ndim else "a single number"
    text = repr(value)
    return text if len(text) <= 40 else kind_of(value)


def number(value: float) -> str:
    """Write a number with six digits, a whole one with all of its own."""
    whole = abs(value) < 1e12 and float(value).is_integer()
    return f"{value:.12g}" if whole else f"{value:.6g}"


def index(at: tuple[Any, ...]) -> str:
    """Write an index as it is typed, such as "index [2, 0]"."""
    return f"index [{', '.join(str(int(i)) for i in at)}]"


def place(where: np.ndarray) -> str:
    """Say where the first true entry of a mask is: "" for a single number."""
    return f" at {index(tuple(np.argwhere(where)[0]))}" if where.ndim else ""


def due_shape(got: tuple[int, ...], want: tuple[int, ...]) -> str:
    """Say what is wrong with a shape of which the check has nothing to say."""
    if not want:
        return "One number is due, not an array or a list."
    if len(got) > 1 and got[::-1] == want:
        return "The axes are the other way round: transpose it."
    if len(got) != len(want):
        return f"{len(want)} {'axis is' if len(want) == 1 else 'axes are'} due."
    return "Use the arguments alone: arrays of the notebook have other sizes."


def student_line(error: BaseException) -> str:
    """Name the last line of the student's own code in a traceback, if there is one."""
    told = getattr(error, "student_line", None)  # of an error from another process
    if isinstance(told, str):
        return told
    own = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not frame.filename.startswith(PACKAGE)
        and "site-packages" not in frame.filename
    ]
    if not own or own[-1].lineno is None:
        return ""
    line = linecache.getline(own[-1].filename, own[-1].lineno).strip()
    return f", in your line {own[-1].lineno}: `{line}`" if line else ""
