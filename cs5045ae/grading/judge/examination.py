"""The court's side of the examiner: his process, and the questions he asks."""

import contextlib
import math
import time
from typing import Any, Protocol, Self

from cs5045ae.checks.limits import SECONDS, TooSlow
from cs5045ae.grading.judge.confined import start_examiner
from cs5045ae.grading.judge.pipe import Gone, Late, Pipe
from cs5045ae.grading.judge.plan import Step
from cs5045ae.grading.sandbox.limits import KernelLost
from cs5045ae.grading.wire.bounded import printable
from cs5045ae.grading.wire.errors import WireError

__all__ = ["Examiner", "Fault"]

START = 60.0
OWN = 60.0
"""Seconds that a check may take for itself, beyond what its limit gives the student."""

LINES, TEXT = 200, 20_000


class Fault(Exception):
    """It cannot be judged, by no fault of the student's; the message says why."""


class Asked(Protocol):
    """What answers an examiner's questions."""

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Return the answer, unread."""


class Examiner:
    """An examiner, for one submission after the other.

    Parameters
    ----------
    confined : bool
        Whether he has a wall of his own.
    """

    def __init__(self, confined: bool) -> None:
        self._confined = confined
        self._pipe: Pipe | None = None
        self._there = False  # a copy of him for this submission
        self._known: list[str] = []  # what is imported before a copy is made
        self._modules: list[str] = []
        self.seed, self.verbose = 0, False
        self.check_seconds: float | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self, seed: int, check_seconds: float | None, verbose: bool) -> None:
        """Take up a new submission, with a copy of his that has seen no other."""
        self.finish()
        self.seed, self.check_seconds, self.verbose = seed, check_seconds, verbose

    def finish(self) -> None:
        """Let the copy that served a submission go."""
        if not self._there or self._pipe is None:
            return
        try:
            self._pipe.send({"do": "end"})
            self._pipe.receive(time.monotonic() + START)
            self._there = False
            self._prepare(self._pipe)
        except (Gone, Late):
            self._end()

    def examine(self, step: Step, kernel: Asked, until: float) -> dict[str, Any]:
        """Have a test cell run, and return what came of it.

        Returns
        -------
        dict
            The fields of `cells.Outcome`, ``staff``, and ``late``: whether the
            student's code was stopped.

        Raises
        ------
        KernelLost
            If the student's kernel was lost on the way.
        TooSlow
            If the time for the submission was over on the way.
        """
        pipe = self._ready()
        limit = self.check_seconds or max(step.seconds, SECONDS)
        latest = time.monotonic() + limit + OWN
        lost: KernelLost | None = None
        late = False
        pipe.send(
            {
                "do": "test",
                "source": step.source,
                "needs": step.needs,
                "seconds": limit,
                "seed": self.seed,
                "check_seconds": self.check_seconds,
                "verbose": self.verbose,
            }
        )
        try:
            while True:
                said, _ = pipe.receive(latest)
                if said.get("do") == "done":
                    break
                if said.get("do") != "ask":
                    raise Gone
                if time.monotonic() > until:
                    self._end()
                    raise TooSlow
                seconds = min(float(said["seconds"]), until - time.monotonic(), limit)
                try:
                    answer = kernel.ask(said["question"], seconds)
                    pipe.send({}, answer)
                except TooSlow:
                    late = True
                    pipe.send({"late": True})
                except WireError as error:
                    pipe.send({"broken": error.reason})
                except KernelLost as error:
                    lost = error
                    pipe.send({"lost": [error.why, error.told]})
        except Late:
            self._end()
            return _fault(f"The check itself took more than {OWN:g} seconds.")
        except (Gone, KeyError, TypeError, ValueError):
            told = self._end()
            return _fault(f"The check's process ended. {told}")
        if lost is not None:
            raise lost
        return {**self._read(said), "late": late}

    def _ready(self) -> Pipe:
        """Return the connection to a copy that serves this submission."""
        for _ in range(2):
            with contextlib.suppress(Gone, Late):
                if self._pipe is None:
                    self._process, end, self._said = start_examiner(self._confined)
                    self._pipe = Pipe(end)
                if not self._there:
                    self._prepare(self._pipe)
                    self._pipe.send({"do": "begin"})
                    said, _ = self._pipe.receive(time.monotonic() + START)
                    if said.get("ready") is not True:
                        raise Gone
                    self._there = True
                return self._pipe
            told = self._end()
        raise Fault(f"The checks' process does not start. {told}")

    def _prepare(self, pipe: Pipe) -> None:
        """Let him import what the last submission has needed, before the next one."""
        if self._known != self._modules:
            pipe.send({"do": "import", "modules": self._modules})
            self._known = self._modules

    def _end(self) -> str:
        """End his process, and return the last line that he said."""
        if self._pipe is None:
            return ""
        self._pipe.close()
        self._process.kill()
        self._process.wait()
        self._pipe, self._there, self._known = None, False, []
        self._said.seek(0)
        lines = self._said.read(1 << 20).decode("utf8", "replace").split("\n")
        self._said.close()
        told = [line for line in lines if line.strip()][-1:]
        return told[0][:300] if told else ""

    def _read(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return what he says of a cell, each part of the type it must have."""
        value = said.get("value")
        if value is not None and not (type(value) is float and math.isfinite(value)):
            return _fault("The check gave no finite number of points.")
        lines = said.get("lines")
        modules = said.get("modules")
        if isinstance(modules, list):
            self._modules = [str(name) for name in modules]
        return {
            "passed": said.get("passed") is True,
            "value": value,
            "printed": printable(str(said.get("printed", "")), TEXT),
            "error": printable(str(said.get("error", "")), 100) or "Error",
            "lines": [
                printable(str(line), TEXT)
                for line in (lines if isinstance(lines, list) else [])[:LINES]
            ],
            "fault": printable(str(said.get("fault", "")), 500),
            "staff": printable(str(said.get("staff", "")), TEXT),
        }


def _fault(told: str) -> dict[str, Any]:
    """Return the fields for a cell that could not be judged."""
    return {
        "passed": False,
        "value": None,
        "printed": "",
        "error": "",
        "lines": [],
        "fault": told.strip(),
        "staff": "",
        "late": False,
    }
