"""The student's kernel as the examiner knows it: at the other end of the court's pipe.

It answers as `cs5045ae.grading.sandbox.SandboxedKernel` does, and so serves
`cs5045ae.grading.wire`.
"""

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.judge.pipe import Pipe
from cs5045ae.grading.sandbox.limits import KernelLost
from cs5045ae.grading.wire.errors import WireError

__all__ = ["RemoteKernel"]

SLACK = 0.05
"""Seconds after its limit that a check waits for the word that it is too late."""


class RemoteKernel:
    """Passes questions to the court.

    Parameters
    ----------
    pipe : Pipe
        To the court.

    Attributes
    ----------
    last : tuple of (dict, bytes), or None
        The last call and its answer, unread, for the staff's view.
    """

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe
        self.last: tuple[dict[str, Any], bytes] | None = None

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Put a question to the student's kernel and return its answer, unread.

        Raises
        ------
        TooSlow, KernelLost, WireError
            As `SandboxedKernel.ask`.
        """
        left = signal.getitimer(signal.ITIMER_REAL)[0]
        if left:
            seconds = min(seconds, left + SLACK)
        with _undisturbed():
            self._pipe.send({"do": "ask", "question": question, "seconds": seconds})
            said, answer = self._pipe.receive()
        if "lost" in said:
            raise KernelLost(*said["lost"])
        if said.get("late"):
            raise TooSlow
        if "broken" in said:
            raise WireError(said["broken"])
        if question.get("do") == "call":
            self.last = question, answer
        return answer


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold back the alarm of a check's time limit: it must not tear a message."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
