"""What stands below a cell afterwards: a student's outputs within limits, or our words.

nbgrader reads a test cell's score from these, so they are written here alone.
"""

from collections.abc import Sequence
from typing import Any

__all__ = ["error", "kept", "number", "text"]

TEXT, LINES = 100_000, 1_000
PICTURE = 1_500_000
CELL, PICTURES = 4_000_000, 8
CUT = "\n… the rest of this output was left out.\n"


def text(printed: str) -> list[dict[str, Any]]:
    """Return text on standard output; nothing if there is none."""
    if not printed:
        return []
    return [{"output_type": "stream", "name": "stdout", "text": _short(printed)}]


def error(name: str, lines: Sequence[str]) -> dict[str, Any]:
    """Return a message in place of a traceback; it makes nbgrader give no points."""
    return {
        "output_type": "error",
        "ename": name,
        "evalue": "\n".join(lines),
        "traceback": list(lines),
    }


def number(points: float) -> dict[str, Any]:
    """Return what makes nbgrader give just these points."""
    return {
        "output_type": "execute_result",
        "data": {"text/plain": repr(float(points))},
        "metadata": {},
        "execution_count": None,
    }


def kept(outputs: Sequence[dict[str, Any]], cut: bool) -> list[dict[str, Any]]:
    """Return what is kept of a student's outputs: text and pictures within limits.

    Parameters
    ----------
    outputs : sequence of dict
        As the sandbox took them: text, errors, png and jpeg.
    cut : bool
        The sandbox has dropped some already.
    """
    found: list[dict[str, Any]] = []
    size = pictures = 0
    for output in outputs:
        made = {**output}
        if made["output_type"] == "stream":
            made["text"] = _short(made["text"])
        elif made["output_type"] == "error":
            made["evalue"] = _short(made["evalue"])
            made["traceback"] = [_short(line) for line in made["traceback"]]
        else:
            data = {}
            for kind, value in made["data"].items():
                if kind == "text/plain":
                    data[kind] = _short(value)
                elif len(value) <= PICTURE and pictures < PICTURES:
                    data[kind] = value
                    pictures += 1
                else:
                    cut = True
            made["data"] = data
            if not data:
                continue
        size += len(str(made))
        if size > CELL:
            cut = True
            break
        found.append(made)
    return found + (text(CUT.lstrip("\n")) if cut else [])


def _short(long: str) -> str:
    """Return text of at most so many characters and lines."""
    lines = long.split("\n")
    if len(lines) > LINES:
        long = "\n".join(lines[:LINES]) + CUT
    return long if len(long) <= TEXT else long[:TEXT] + CUT
