"""End what is left when a process of the judge is gone, on Linux.

Bubblewrap ends with its parent, but its inner half waits for ever if the outer one was
killed just after it was made. So the processes that grade adopt such orphans, and end
them.
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Collection
from pathlib import Path
from typing import NoReturn

__all__ = ["adopt_orphans", "end_children", "end_with_all", "starting"]

PR_SET_CHILD_SUBREAPER = 36

starting = threading.Lock()
"""Held while a process is started: who ends all of them must know the last one, too."""


def adopt_orphans() -> None:
    """Become the parent of all below this process whose parent ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_children(but: Collection[int] = (), patience: float = 5.0) -> None:
    """Kill the children of this process, and those that it then adopts.

    Parameters
    ----------
    but : collection of int
        The numbers of those that go on.
    patience : float
        Seconds after which it gives up.
    """
    until = time.monotonic() + patience
    while time.monotonic() < until:
        left = _children() - set(but)
        if not left:
            return
        for child in left:
            with contextlib.suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, os.WNOHANG)
        time.sleep(0.005)


def end_with_all(code: int) -> NoReturn:
    """End this process and all below it, with an exit code; no other is started."""
    starting.acquire(timeout=5)
    end_children()
    os._exit(code)


def _children() -> set[int]:
    found: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found.update(int(number) for number in path.read_text().split())
    return found
