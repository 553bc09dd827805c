"""What came of running one cell, within limits."""

from dataclasses import dataclass, field
from typing import Any

from cs5045ae.grading.sandbox.limits import Limits
from cs5045ae.grading.wire import messages
from cs5045ae.grading.wire.errors import WireError

__all__ = ["Outputs", "Run"]


@dataclass
class Run:
    """What came of running one cell.

    Parameters
    ----------
    ok : bool
        It ran to its end without an exception.
    outputs : list of dict
        Its outputs as nbformat writes them: text, errors and pictures.
    cut : bool
        There was more output than the limits allow.
    timed_out : bool
        It was interrupted after its seconds, and obeyed.
    seconds : float
        How long it took.
    """

    ok: bool = False
    outputs: list[dict[str, Any]] = field(default_factory=list)
    cut: bool = False
    timed_out: bool = False
    seconds: float = 0.0


class Outputs:
    """Collects a run's outputs within the limits.

    Parameters
    ----------
    limits : Limits
        How much is kept.
    made : Run
        What they are added to.
    number : str
        The id of the request that they come from.
    """

    def __init__(self, limits: Limits, made: Run, number: str) -> None:
        self._limits, self._made, self._number = limits, made, number
        self._bytes = self._messages = 0
        self.idle = False

    def take(self, kind: str, parent: str, content: bytes) -> None:
        """Take one message from iopub: its kind, what it answers, its content."""
        self._bytes += len(content)
        self._messages += 1
        made = self._made
        if (
            self._bytes > self._limits.output_bytes
            or self._messages > self._limits.output_messages
        ):
            made.cut = True
        if made.cut or parent != self._number:
            return
        if kind == "status":
            self.idle = b'"idle"' in content
            return
        try:
            found = messages.output(kind, content)
        except WireError:
            return
        if found is None:
            return
        last = made.outputs[-1] if made.outputs else {}
        if found["output_type"] == "stream" and last.get("name") == found["name"]:
            last["text"] += found["text"]
        else:
            made.outputs.append(found)
