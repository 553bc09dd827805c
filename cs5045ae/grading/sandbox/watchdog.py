"""Count what a kernel uses, from outside, and end it when it is too much.

Control groups do this better and at once, but an ordinary user seldom gets any; so the
watchdog always runs, and looks through the kernel's own ``/proc`` and file systems.
"""

import contextlib
import os
import threading
from pathlib import Path

from cs5045ae.grading.sandbox.limits import MB, KernelLost
from cs5045ae.grading.sandbox.process import Process
from cs5045ae.grading.sandbox.view import WRITABLE

__all__ = ["Watchdog"]

SECONDS = 0.05
FEW = 12
"""Processes whose shared memory is looked at; with more it would take too long."""

HOST_RESERVE = 400 * MB
"""Below this much free memory of the whole machine the kernel is ended too."""


class Watchdog(threading.Thread):
    """Look at a process's use every few hundredths of a second until it ends.

    Parameters
    ----------
    process : Process
        What to watch.

    Attributes
    ----------
    found : KernelLost or None
        Why the process was ended, if this thread ended it.
    """

    def __init__(self, process: Process) -> None:
        super().__init__(daemon=True, name="sandbox watchdog")
        self.process = process
        self.found: KernelLost | None = None
        self._over = threading.Event()
        self._places = [
            os.open(path.lstrip("/"), os.O_PATH | os.O_DIRECTORY, dir_fd=process.root)
            for path in WRITABLE
        ]

    def run(self) -> None:
        """Watch; the thread's work."""
        while not self._over.wait(SECONDS) and self.process.running():
            with contextlib.suppress(OSError, ValueError):
                self.found = self._tasks_and_memory() or self._files() or _host()
            if self.found:
                self.process.kill()
                break

    def close(self) -> None:
        """Stop watching."""
        self._over.set()
        self.join()
        for place in self._places:
            os.close(place)

    def _tasks_and_memory(self) -> KernelLost | None:
        limits = self.process.limits
        tasks = memory = 0
        shared = 0  # pages that forked processes share, counted as often as they are
        # Files in memory belong to no process.
        for place in self._places:
            state = os.statvfs(place)
            memory += (state.f_blocks - state.f_bfree) * state.f_frsize
        proc = os.open("proc", os.O_RDONLY | os.O_DIRECTORY, dir_fd=self.process.root)
        try:
            numbers = [name for name in os.listdir(proc) if name.isdecimal()]
            if len(numbers) <= limits.tasks:
                for name in numbers:
                    with contextlib.suppress(OSError):
                        status = _read(f"{name}/status", proc)
                        tasks += _field(status, b"Threads:")
                        memory += 1024 * _field(status, b"RssAnon:")
            if memory > limits.memory and 2 < len(numbers) <= FEW:
                shared = _shared(numbers, proc)
        finally:
            os.close(proc)
        if max(tasks, len(numbers)) > limits.tasks:
            return KernelLost(
                "tasks",
                f"Your code started more than {limits.tasks} processes and threads, "
                "and was stopped.",
            )
        if memory - shared > limits.memory:
            return too_much_memory(limits.memory)
        return None

    def _files(self) -> KernelLost | None:
        most = self.process.limits.files
        for place in self._places:
            state = os.statvfs(place)
            if state.f_files - state.f_ffree > most:
                return KernelLost(
                    "files", f"Your code made more than {most} files, and was stopped."
                )
        return None


def too_much_memory(limit: int) -> KernelLost:
    """Word the end of a kernel that used too much memory."""
    return KernelLost(
        "memory",
        f"Your code used more than {limit / 1024 / MB:.2g} GB of memory, and was "
        "stopped.",
    )


def _host() -> KernelLost | None:
    free = 1024 * _field(Path("/proc/meminfo").read_bytes(), b"MemAvailable:")
    if 0 < free < HOST_RESERVE:
        return KernelLost("host")
    return None


def _shared(numbers: list[str], proc: int) -> int:
    """Return how many bytes too many there are in the sum of the processes' own."""
    surplus = 0
    for name in numbers:
        with contextlib.suppress(OSError):
            rollup = _read(f"{name}/smaps_rollup", proc)
            own = _field(rollup, b"Anonymous:") - _field(rollup, b"Pss_Anon:")
            surplus += 1024 * max(0, own)
    return surplus


def _read(path: str, folder: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY, dir_fd=folder)
    try:
        return os.read(descriptor, 1 << 16)
    finally:
        os.close(descriptor)


def _field(text: bytes, name: bytes) -> int:
    """Return the number after a name; 0 where there is none (a zombie's memory)."""
    _, _, rest = text.partition(b"\n" + name)
    return int(rest.split(maxsplit=1)[0]) if rest else 0
