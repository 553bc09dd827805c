"""JSON and text from a stranger, with a limit on everything."""

import json
import math
import unicodedata
from typing import Any

from cs5045ae.grading.wire.errors import WireError

__all__ = ["clean", "load_json", "printable"]

DIGITS = 80
STEER = {"Cc", "Cf", "Zl", "Zp"}
"""Categories of Unicode: control, invisible format, separators of lines."""


def load_json(raw: bytes, items: int) -> Any:
    """Read JSON of at most so many items.

    The items are counted before the reading, since a list of empty lists grows thirty
    times when it is read.

    Raises
    ------
    WireError
        For anything that is not such JSON: NaN, numbers of very many digits, deep
        nesting.
    """
    if sum(raw.count(mark) for mark in (b"[", b"{", b",", b":")) > 2 * items:
        raise WireError(f"it has more than {items:,} items")
    try:
        return json.loads(
            raw.decode("utf8"),
            parse_constant=_constant,
            parse_int=_whole,
            parse_float=_number,
        )
    except (ValueError, RecursionError, MemoryError):
        raise WireError("it cannot be read") from None


def clean(text: Any, most: int) -> str:
    """Return text of at most `most` characters that any file takes."""
    if not isinstance(text, str):
        raise WireError("something that should be text is none")
    if len(text) > most:
        text = text[:most] + " …"
    # A lone half of a surrogate pair cannot be written to a file.
    return text.encode("utf8", "replace").decode("utf8")


def printable(text: Any, most: int) -> str:
    """Return text as `clean` does, without signs that steer a terminal.

    Line breaks stay. For what staff read in a terminal or in a table.
    """
    return "".join(
        " " if unicodedata.category(sign) in STEER and sign != "\n" else sign
        for sign in clean(text, most)
    )


def _constant(name: str) -> float:
    raise ValueError(name)


def _whole(text: str) -> int:
    if len(text) > DIGITS:
        raise ValueError("a number of too many digits")
    return int(text)


def _number(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError("a number out of range")
    return value
