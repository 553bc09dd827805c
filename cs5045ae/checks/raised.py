"""What a message says of an exception that a student's function has raised."""

import re
from collections.abc import Iterable

__all__ = ["advice", "wording"]

TERMINAL = re.compile(r"\x1b\[[0-9;]*m")
KERAS_CALL = re.compile(r"Exception encountered when calling [\w.]+\(\)\.\s*")
KERAS_ARGUMENTS = re.compile(r"\s*Arguments received by .*", re.DOTALL)
LONGEST = 300

SHAPES_DO_NOT_FIT = (
    "Two shapes in this line do not fit. Print the shape of each array just before "
    "it, and compare them with what the task says."
)
KNOWN = (
    (r"mismatch in its core dimension|not aligned|broadcast", SHAPES_DO_NOT_FIT),
    (
        r"expected axis -1 of input shape",
        "A layer gets more or fewer numbers than it was made for. Take sizes from the "
        "arguments; apply layers in order, none left out and none twice.",
    ),
    (
        r"Cannot convert '\w+' to a shape",
        "`keras.Input` takes a shape, which is a tuple: `shape=(n,)`.",
    ),
    (
        r"None values not supported",
        "Did `fit` get its targets? An autoencoder's `fit` takes input and target.",
    ),
)
"""What is known of a message of Python, numpy or Keras, and how to go on."""


def wording(error: BaseException) -> str:
    """Return an exception's message without colours, frames and what is too long."""
    text = TERMINAL.sub("", str(error))
    text = KERAS_ARGUMENTS.sub("", KERAS_CALL.sub("", text)).strip()
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} ..."


def advice(error: BaseException, name: str, arguments: Iterable[str]) -> str:
    """Return the hint that goes with an exception.

    Parameters
    ----------
    error : exception
        What the student's function raised.
    name : str
        The function's name.
    arguments : iterable of str
        The names that the task gives to its arguments, in order.
    """
    text = wording(error)
    if isinstance(error, TypeError) and re.search(
        rf"\b{re.escape(name)}\(\) (missing|takes)", text
    ):
        first = f"def {name}({', '.join(arguments)}):"
        return f"The task calls it with these arguments, in this order: `{first}`."
    for pattern, hint in KNOWN:
        if re.search(pattern, text):
            return hint
    return "Run the call yourself in a new cell to see the whole message."
