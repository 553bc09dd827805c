"""Start a process behind the wall, and end it with all that it started."""

import contextlib
import inspect
import json
import os
import secrets
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Mapping
from functools import lru_cache

from cs5045ae.grading.sandbox import launch
from cs5045ae.grading.sandbox.groups import Group
from cs5045ae.grading.sandbox.limits import KernelLost, Limits
from cs5045ae.grading.sandbox.orphans import starting
from cs5045ae.grading.sandbox.seccomp import program
from cs5045ae.grading.sandbox.view import PYTHON, WALL, environment, mounts

__all__ = ["PORTS", "Process", "available"]

PORTS = {"shell": 1, "iopub": 2, "stdin": 3, "control": 4, "hb": 5}
"""The numbers at the end of the sockets' names."""

TRIED = ("--ro-bind", "/", "/", "--proc", "/proc", "--size", "4096", "--tmpfs", "/tmp")


@lru_cache(maxsize=1)
def available() -> str | None:
    """Say why there is no wall on this machine; None where there is one."""
    if sys.platform != "linux":
        return (
            "Grading strangers needs the walls that Linux can build around a process. "
            "Use the container of docs/grading.md."
        )
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        return "bubblewrap is missing. Install it: sudo apt install bubblewrap"
    tried = subprocess.run(
        [bwrap, *WALL, *TRIED, "--", "/bin/sh", "-c", "exit 0"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    if tried.returncode == 0:
        return None
    told = tried.stderr.strip().splitlines()[-1:] or ["no reason given"]
    return (
        f"bubblewrap does not run here ({told[0]}). It needs version 0.8 or later and "
        "user namespaces: in a container, the options of docs/grading.md; on Ubuntu "
        "from 23.10 on, an AppArmor profile for bwrap."
    )


class Process:
    """A kernel's process in its namespaces.

    It lives no longer than the *thread* that made it: that is what bubblewrap's
    ``--die-with-parent`` is bound to.

    Parameters
    ----------
    limits : Limits
        Its limits.
    files : mapping from str to str
        Further read-only files: the text by the path inside.

    Attributes
    ----------
    root : int
        Descriptor of the root folder as it is inside, for the watchdog.
    sockets : int
        Descriptor of the folder of the sockets ``k-1`` to ``k-5``, see `PORTS`.
    key : str
        The key of the kernel's messages. The kernel knows it, so it proves nothing
        about what comes back.

    Raises
    ------
    KernelLost
        If the process does not come up.
    RuntimeError
        If there is no wall to be had.
    """

    def __init__(self, limits: Limits, files: Mapping[str, str]) -> None:
        if reason := available():
            raise RuntimeError(reason)
        self.limits = limits
        self.key = secrets.token_hex(16)
        self.group = Group(limits.tasks, limits.memory)
        self.init = self.root = self.sockets = self._life = -1
        self._folder = f"/run/{secrets.token_hex(16)}"
        self._bwrap: subprocess.Popen[bytes] | None = None
        try:
            self._start(dict(files))
        except BaseException:
            self.close()
            raise

    def _start(self, files: dict[str, str]) -> None:
        connection = f"{self._folder}/c"
        files[connection] = json.dumps(
            {"transport": "ipc", "ip": f"{self._folder}/k", "key": self.key}
            | {"signature_scheme": "hmac-sha256", "kernel_name": ""}
            | {f"{name}_port": number for name, number in PORTS.items()}
        )
        space, size = self.limits.address_space, self.limits.disk
        until = time.monotonic() + self.limits.start_seconds
        with _Descriptors() as opened:
            life, self._life = opened.lifeline()
            code = inspect.getsource(launch)
            code += f"\nstart({connection!r}, {space}, {size}, {life})"
            data = {path: opened.file(text.encode()) for path, text in files.items()}
            options = [*WALL, *mounts(self.limits, self._folder, data)]
            for name, value in environment().items():
                options += ("--setenv", name, value)
            if rules := program():
                options += ("--seccomp", str(opened.file(rules)))
            info, info_in = opened.pipe()
            block, block_in = opened.pipe()
            said, said_in = opened.pipe()
            options += ("--info-fd", str(info_in), "--block-fd", str(block))
            # The command line can be read inside, so the options go by descriptor.
            listed = opened.file("\0".join(options).encode())
            bwrap = (shutil.which("bwrap") or "bwrap", "--args", str(listed), "--")
            with starting:
                self._bwrap = subprocess.Popen(
                    [*bwrap, PYTHON, "-s", "-P", "-c", code],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said_in,
                    pass_fds=[*opened.files, info_in, block, life],
                    env={},  # the first process inside shows what bubblewrap was given
                    cwd="/",
                )
            opened.close(info_in, said_in)
            try:
                pid = self._find_init(info, until)
                self.group.add(pid)
                os.write(block_in, b"1")
                self._find_sockets(pid, until)
            except KernelLost as lost:
                os.set_blocking(said, False)
                with contextlib.suppress(OSError):
                    lost.told += f" ({os.read(said, 2000).decode(errors='replace')})"
                raise

    def _find_init(self, info: int, until: float) -> int:
        """Read from bubblewrap the number of the first process inside."""
        text = b""
        while select.select([info], [], [], max(0.0, until - time.monotonic()))[0]:
            if not (more := os.read(info, 4096)):
                break
            text += more
        try:
            pid = int(json.loads(text)["child-pid"])
            self.init = os.pidfd_open(pid)
        except (ValueError, KeyError, OSError):
            raise KernelLost("start", "The sandbox did not start.") from None
        return pid

    def _find_sockets(self, pid: int, until: float) -> None:
        """Wait until the kernel's sockets are there, and keep their folder open.

        The folder's name is random, so it exists nowhere but in the finished view:
        finding it means that the process's root is no longer the host's.
        """
        while time.monotonic() < until and self.running():
            with contextlib.suppress(OSError):
                if self.sockets < 0:
                    self.sockets = os.open(
                        f"/proc/{pid}/root{self._folder}", os.O_PATH | os.O_DIRECTORY
                    )
                    self.root = os.open(f"/proc/{pid}/root", os.O_PATH | os.O_DIRECTORY)
                for number in PORTS.values():
                    mode = os.lstat(f"k-{number}", dir_fd=self.sockets).st_mode
                    if not stat.S_ISSOCK(mode):
                        break
                else:
                    return
            time.sleep(0.01)
        raise KernelLost("start", "The kernel did not become ready.")

    def running(self, patience: float = 0.0) -> bool:
        """Say whether the first process inside still runs after so many seconds."""
        return self.init >= 0 and not select.select([self.init], [], [], patience)[0]

    def kill(self) -> None:
        """End every process inside: they end with the first one."""
        if self.init >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.init, signal.SIGKILL)

    def close(self) -> None:
        """End every process inside, and return when they are gone."""
        self.kill()
        if self.init >= 0:
            select.select([self.init], [], [], 30.0)
        if self._bwrap is not None:
            if self.init < 0:
                self._bwrap.kill()
            self._bwrap.wait()
        for descriptor in (self.init, self.root, self.sockets, self._life):
            if descriptor >= 0:
                os.close(descriptor)
        self.init = self.root = self.sockets = self._life = -1
        self.group.close()


class _Descriptors:
    """Descriptors to hand on, all closed at the end."""

    def __init__(self) -> None:
        self.files: list[int] = []
        self._open: set[int] = set()

    def __enter__(self) -> "_Descriptors":
        return self

    def __exit__(self, *_: object) -> None:
        self.close(*self._open)

    def file(self, content: bytes) -> int:
        """Return a file in memory, at its beginning."""
        descriptor = os.memfd_create("data")
        self._open.add(descriptor)
        self.files.append(descriptor)
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        return descriptor

    def pipe(self) -> tuple[int, int]:
        """Return the ends to read from and to write to."""
        ends = os.pipe()
        self._open.update(ends)
        return ends

    def lifeline(self) -> tuple[int, int]:
        """Return the ends of a pipe; the one to write to stays open beyond ours."""
        ends = os.pipe()
        self._open.add(ends[0])
        return ends

    def close(self, *descriptors: int) -> None:
        """Close some of them now."""
        for descriptor in descriptors:
            self._open.discard(descriptor)
            os.close(descriptor)
