"""Have cells made into HTML by another process, for so many seconds and no more."""

import contextlib
import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cs5045ae.grading.pages.drawing import plain
from cs5045ae.grading.pages.worker import READY

__all__ = ["CELL_SECONDS", "PAGE_SECONDS", "Job", "render"]

CHARACTERS = 100_000
"""Of one text that are rendered."""

CELL_SECONDS, PAGE_SECONDS = 2.0, 6.0
START_SECONDS = 60.0

SLOW = "it takes too long to render"
LATE = "the rest of the page took too long to render"
LOST = "the process that renders it ended"


@dataclass(frozen=True)
class Job:
    """One text to make HTML of.

    Parameters
    ----------
    kind : {"markdown", "html", "code", "raw"}
        What the source is.
    source : str
        Of a cell or an output.
    attachments : dict
        Pictures by their names, as they were handed in.
    """

    kind: str
    source: str
    attachments: Any = field(default_factory=dict)


class _Worker:
    """The other process, which is started when it is needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None
        self._lines: queue.Queue[str] = queue.Queue()
        self._owner = 0
        self.lock = threading.Lock()

    def ask(self, job: Job, seconds: float) -> dict[str, str]:
        """Return the answer, or the reason why there is none in time."""
        if not self._running() and not self._start():
            return {"reason": LOST}
        assert self._process is not None
        assert self._process.stdin is not None
        said = {"kind": job.kind, "source": job.source, "attachments": job.attachments}
        try:
            self._process.stdin.write(json.dumps(said) + "\n")
            self._process.stdin.flush()
            line = self._lines.get(timeout=seconds)
        except queue.Empty:
            self.stop()
            return {"reason": SLOW}
        except (OSError, ValueError):
            self.stop()
            return {"reason": LOST}
        if not line:
            self.stop()
            return {"reason": LOST}
        return json.loads(line)

    def stop(self) -> None:
        """End the process; the next question starts another one."""
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process = None

    def _running(self) -> bool:
        # After a fork, the process answers whoever started it.
        if self._owner != os.getpid():
            self._process = None
        return self._process is not None and self._process.poll() is None

    def _start(self) -> bool:
        self.stop()
        self._owner, self._lines = os.getpid(), queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "cs5045ae.grading.pages.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
        )
        reader = threading.Thread(
            target=_read, args=(self._process, self._lines), daemon=True
        )
        reader.start()
        try:
            started = self._lines.get(timeout=START_SECONDS).strip() == READY
        except queue.Empty:
            started = False
        if not started:
            self.stop()
        return started


def _read(process: "subprocess.Popen[str]", lines: "queue.Queue[str]") -> None:
    """Pass on each line of a process, and an empty one at its end."""
    assert process.stdout is not None
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout:
            lines.put(line)
    lines.put("")


_WORKER = _Worker()


def render(jobs: Sequence[Job], seconds: float = PAGE_SECONDS) -> list[str]:
    """Return clean HTML for each text, in their order.

    What cannot be rendered, or not in time, is its beginning as plain text, with a line
    that says why.

    Parameters
    ----------
    jobs : sequence of Job
        The texts of one page.
    seconds : float
        For all of them.

    Examples
    --------
    >>> render([Job("markdown", "*Yes*, [this](javascript:f()).")])
    ['<p><em>Yes</em>, <a rel="noopener noreferrer">this</a>.</p>\\n']
    """
    found, spent = [], 0.0
    with _WORKER.lock:
        for job in jobs:
            if len(job.source) > CHARACTERS:
                found.append(
                    plain(job.source, f"it has {len(job.source):,} characters")
                )
                continue
            if spent >= seconds:
                found.append(plain(job.source, LATE))
                continue
            before = time.monotonic()
            told = _WORKER.ask(job, min(CELL_SECONDS, seconds - spent + 0.1))
            spent += time.monotonic() - before
            html = told.get("html")
            found.append(plain(job.source, told["reason"]) if html is None else html)
    return found
