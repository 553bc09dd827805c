"""Control groups: the kernel's own count of processes and memory, where we may.

The group of a controller is made beside or below the one we are in: below it in
version 1 if we are at the root (a group that a service manager made is his), in the
parent's folder in version 2, where the rule is that only leaves hold processes. In
both a folder can sometimes be made that is no group, so the file that holds the limit
decides.
"""

import contextlib
import os
import secrets
import time
from pathlib import Path

__all__ = ["Group"]

ROOT = Path("/sys/fs/cgroup")


class Group:
    """The control groups of one kernel.

    Parameters
    ----------
    tasks : int
        Most processes and threads.
    memory : int
        Most bytes of memory, shared memory and files in memory included.

    Attributes
    ----------
    holds : dict
        Folder by what it holds, ``"pids"`` and ``"memory"``; what could not be had is
        missing.
    """

    def __init__(self, tasks: int, memory: int) -> None:
        self.holds: dict[str, Path] = {}
        for parent in {*_parents("pids"), *_parents("memory")}:
            _sweep(parent)
        name = f"cs5045ae-{secrets.token_hex(8)}"
        for controller, wanted in {
            "pids": {"pids.max": tasks},
            "memory": {"memory.max": memory, "memory.limit_in_bytes": memory},
        }.items():
            for parent in _parents(controller):
                if self._make(parent / name, controller, wanted):
                    break

    def _make(self, folder: Path, controller: str, wanted: dict[str, int]) -> bool:
        made = folder in self.holds.values()
        try:
            if not made:
                folder.mkdir()
            known = [file for file in wanted if (folder / file).exists()]
            for file in known:
                (folder / file).write_text(str(wanted[file]))
        except OSError:
            known = []
        if known:
            self.holds[controller] = folder
            with contextlib.suppress(OSError):
                (folder / "memory.swap.max").write_text("0")
        elif not made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        return bool(known)

    def add(self, pid: int) -> None:
        """Move a process in; the group is given up where that is not allowed."""
        for controller, folder in list(self.holds.items()):
            try:
                (folder / "cgroup.procs").write_text(str(pid))
            except OSError:
                del self.holds[controller]
                with contextlib.suppress(OSError):
                    folder.rmdir()

    def killed_for_memory(self) -> bool:
        """Say whether the system ended a process of the group for its memory."""
        folder = self.holds.get("memory")
        for file in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                text = (folder / file).read_text() if folder else ""
                for line in text.splitlines():
                    key, _, count = line.partition(" ")
                    if key == "oom_kill" and int(count) > 0:
                        return True
        return False

    def close(self) -> None:
        """Remove the groups; a process that is still ending is waited for."""
        for folder in set(self.holds.values()):
            for _ in range(50):
                try:
                    folder.rmdir()
                    break
                except FileNotFoundError:
                    break
                except OSError:
                    time.sleep(0.02)
        self.holds.clear()


def _sweep(parent: Path) -> None:
    """Remove empty groups that a grader left behind when it was killed."""
    for folder in parent.glob("cs5045ae-*"):
        with contextlib.suppress(OSError):
            if time.time() - folder.stat().st_mtime > 60:
                folder.rmdir()  # fails where a process is inside


def _parents(controller: str) -> list[Path]:
    """Name the folders in which a group of the controller may be made."""
    found = []
    for line in Path("/proc/self/cgroup").read_text(encoding="utf8").splitlines():
        _, controllers, path = line.split(":", 2)
        if controller in controllers.split(","):
            if path == "/":
                found.append(ROOT / controllers)
        elif controllers == "":
            for root in (ROOT, ROOT / "unified"):
                own = root / path.lstrip("/")
                for folder in (own.parent if own != root else own, own):
                    active = folder / "cgroup.subtree_control"
                    with contextlib.suppress(OSError):
                        if controller in active.read_text().split():
                            found.append(folder)
    return [folder for folder in found if os.access(folder, os.W_OK)]
