"""The caller's side of the court: start its process, put a submission to it."""

import atexit
import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from typing import Any

from cs5045ae.grading.sandbox.orphans import starting
from cs5045ae.grading.sandbox.packages import COURSE

__all__ = ["Court", "CourtFailed", "warm_court"]

CODE = """
import sys
sys.path += [p for p in [{parent!r}] if p not in sys.path]
from cs5045ae.grading.judge.court import main
main()
"""
START = 90.0
"""Seconds beyond a submission's own, for processes to start and to end."""

MOST = 64 << 20


class CourtFailed(Exception):
    """The court gave no verdict, by no fault of the student's; the message says why."""


class Court:
    """A court's process, for one submission after the other."""

    def __init__(self) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 (it outlives this)
        with starting:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-c", CODE.format(parent=str(COURSE.parent))],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._said,
                cwd="/",
            )

    @property
    def number(self) -> int:
        """The number of its process."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

    def hear(self, job: dict[str, Any]) -> dict[str, Any]:
        """Put a submission to it and return what it says; see `judge.court.hear`.

        Raises
        ------
        CourtFailed
            If it gives no verdict. It is of no more use then.
        """
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        until = time.monotonic() + job["patience"]["submission"] + START
        try:
            stdin.write(json.dumps(job).encode() + b"\n")
            stdin.flush()
            line = _line(stdout.fileno(), until)
            told = json.loads(line)
        except (OSError, ValueError) as error:
            raise CourtFailed(self._why(error)) from None
        if "fault" in told:
            self.close()
            raise CourtFailed(told["fault"])
        return told

    def close(self) -> None:
        """End it, and all that it started."""
        for end in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if end is not None:
                    end.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(5.0)
        self._process.kill()
        self._process.wait()
        if not self._said.closed:
            self._said.close()

    def _why(self, error: Exception) -> str:
        self._process.kill()
        self._process.wait()
        self._said.seek(0)
        lines = self._said.read(1 << 20).decode("utf8", "replace").split("\n")
        told = [line for line in lines if line.strip()][-1:] or [str(error)]
        self.close()
        return f"The judge's process ended: {told[0][:300]}"


def _line(descriptor: int, until: float) -> bytes:
    """Read a line within a time and a length."""
    found = bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        while not found.endswith(b"\n"):
            if not selector.select(max(0.0, until - time.monotonic())):
                raise OSError("it took too long")
            more = os.read(descriptor, 1 << 20)
            if not more or len(found) > MOST:
                raise OSError("it ended without a verdict")
            found += more
    return bytes(found)


_warm: dict[tuple[int, int], Court] = {}
"""The court that serves a thread, by the numbers of its process and its own."""


def warm_court() -> Court:
    """Return this thread's own court, which lives as long as the process."""
    key = os.getpid(), threading.get_ident()
    court = _warm.get(key)
    if court is None or not court.alive:
        for other in [other for other in _warm if other[0] != key[0]]:
            del _warm[other]  # after a fork: another process's
        court = _warm[key] = Court()
        atexit.register(court.close)
    return court
