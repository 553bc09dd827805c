"""What a verdict says of an answer's own cell that stopped with an error."""

from cs5045ae.checks.raised import about_a_module
from cs5045ae.grading.wire.bounded import clean

__all__ = ["why_stopped"]

LONGEST = 120


def why_stopped(name: str, message: str) -> str:
    """Say why a cell stopped, in one or two sentences.

    Parameters
    ----------
    name : str
        The type of its exception.
    message : str
        The exception's text, as the student's kernel gave it.

    Examples
    --------
    >>> why_stopped("ValueError", "too many values to unpack")
    'ValueError in the answer: too many values to unpack.'
    >>> why_stopped("ModuleNotFoundError", "No module named 'myhelpers'")[:48]
    "ModuleNotFoundError in the answer: No module nam"
    """
    if name in {"ModuleNotFoundError", "ImportError"} and (
        more := about_a_module(message)
    ):
        return f"{name} in the answer: {clean(message, LONGEST)}. {more}"
    text = " ".join(clean(message, LONGEST + 1).split()).rstrip(".")
    if len(text) > LONGEST:
        text = f"{text[:LONGEST].rstrip()} ..."
    return f"{name} in the answer: {text}." if text else f"{name} in the answer."
