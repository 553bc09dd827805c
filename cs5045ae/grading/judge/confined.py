"""Start the examiner: without a network, and without a folder of the course in sight.

He sees the interpreter, its packages, this package and the course's data, all
read-only, and a small scratch folder in memory. No student's code runs there; but what
he reads came from one.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import IO

from cs5045ae.grading.sandbox.orphans import starting
from cs5045ae.grading.sandbox.packages import COURSE
from cs5045ae.grading.sandbox.seccomp import program
from cs5045ae.grading.sandbox.view import ETC, LIBRARIES, SYSTEM, WALL

__all__ = ["start_examiner"]

SCRATCH = "/tmp"
SCRATCH_BYTES = 64 << 20
CODE = """
import json, sys
settings = json.loads({settings!r})
sys.path += [p for p in [{parent!r}] if p not in sys.path]
from cs5045ae.grading.judge.examiner import main
main(settings)
"""


def start_examiner(
    confined: bool,
) -> tuple[subprocess.Popen[bytes], socket.socket, IO[bytes]]:
    """Start an examiner.

    Parameters
    ----------
    confined : bool
        Behind a wall of his own; false only where there is none to be had.

    Returns
    -------
    process : subprocess.Popen
        He, or the wall around him: with it he ends.
    end : socket.socket
        Our end of the connection to him.
    said : file
        What he writes to standard error.
    """
    ours, his = socket.socketpair()
    said = tempfile.TemporaryFile()  # noqa: SIM115 (it outlives this)
    settings = {"outside": _namespace() if confined else None}
    code = CODE.format(settings=json.dumps(settings), parent=str(COURSE.parent))
    command = [sys.executable, "-I", "-c", code]
    listed: list[int] = []
    try:
        if confined:
            options = [*WALL, *_mounts()]
            for name, value in _environment().items():
                options += ("--setenv", name, value)
            if rules := program():
                listed.append(_file(rules))
                options += ("--seccomp", str(listed[0]))
            listed.append(_file("\0".join(options).encode()))
            bwrap = shutil.which("bwrap") or "bwrap"
            command = [bwrap, "--args", str(listed[-1]), "--", *command]
        with starting:
            process = subprocess.Popen(
                command,
                stdin=his.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=said,
                pass_fds=listed,
                env=os.environ | _environment(),
                cwd="/",
            )
    finally:
        his.close()
        for descriptor in listed:
            os.close(descriptor)
    return process, ours, said


def _mounts() -> list[str]:
    """Return the options that make his view; every path is the host's own."""
    options = ["--proc", "/proc", "--dev", "/dev"]
    options += ["--size", str(SCRATCH_BYTES), "--tmpfs", SCRATCH]
    options += ["--size", str(SCRATCH_BYTES), "--tmpfs", "/dev/shm"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        if Path("/", name).is_symlink():
            options += ("--symlink", os.readlink(f"/{name}"), f"/{name}")
        elif Path("/", name).is_dir():
            options += ("--ro-bind", f"/{name}", f"/{name}")
    shown = [Path(folder) for folder in SYSTEM]
    shown += [Path("/etc", name) for name in ETC]
    shown += [Path(sys.base_prefix, part) for part in ("bin", "lib", "lib64")]
    shown += [Path(sys.base_prefix).resolve() / part for part in ("bin", "lib")]
    shown += [Path(sys.prefix, part) for part in ("bin", "lib", "pyvenv.cfg")]
    shown += [Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")]
    shown += [COURSE, *_data().values()]
    done: list[Path] = []
    for path in shown:
        if path.exists() and not any(path.is_relative_to(known) for known in done):
            done.append(path)
            options += ("--ro-bind", str(path), str(path))
    return [*options, "--remount-ro", "/"]


def _data() -> dict[str, Path]:
    """Return where the course's data lie, by the variable that says so."""
    from cs5045ae.data.cache import cache_folder

    found = {"CS5045AE_CACHE": cache_folder()}
    if os.environ.get("CS5045AE_DATA"):
        found["CS5045AE_DATA"] = Path(os.environ["CS5045AE_DATA"]).expanduser()
    return {name: path.resolve() for name, path in found.items()}


def _environment() -> dict[str, str]:
    """Return the environment that the checks run in."""
    values = {
        "PATH": "/usr/bin:/bin",
        "HOME": SCRATCH,
        "TMPDIR": SCRATCH,
        **LIBRARIES,
    }
    for name in ("CS5045AE_SIZE", "LD_LIBRARY_PATH"):
        if name in os.environ:
            values[name] = os.environ[name]
    return values | {name: str(path) for name, path in _data().items()}


def _namespace() -> int:
    """Return the number of the space of processes that we are in."""
    return os.stat("/proc/self/ns/pid").st_ino


def _file(content: bytes) -> int:
    """Return a file in memory, at its beginning, to hand on."""
    descriptor = os.memfd_create("data")
    with open(descriptor, "wb", closefd=False) as file:
        file.write(content)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor
