"""Try to break out of the sandbox on this machine, and say what held.

>>> print_report(doctor_sandbox())                           # doctest: +SKIP
held    no network
held    mounts stay read-only
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from cs5045ae.grading.doctor_probes import (
    FORK_BOMB,
    MANY_FILES,
    MUCH_MEMORY,
    PREPARE,
    PROBES,
    STAY,
)
from cs5045ae.grading.sandbox import KernelLost, Limits, SandboxedKernel, available
from cs5045ae.grading.sandbox.limits import MB
from cs5045ae.grading.sandbox.packages import COURSE
from cs5045ae.grading.sandbox.view import WRITABLE

__all__ = ["attacks_from_inside", "doctor_sandbox", "print_report"]

Finding = tuple[str, bool, str]

SMALL = Limits(disk=24 * MB, memory=1024 * MB, tasks=128, files=5_000)
SECONDS = 30.0
MARK = "CS5045AE_DOCTOR"
"""A variable that no kernel of a student's may see."""


def doctor_sandbox() -> list[Finding]:
    """Attack the wall from inside, about twenty ways, in half a minute.

    Returns
    -------
    list of (str, bool, str)
        What was tried, whether the wall held, and a detail: the hole, or how a limit
        was enforced. Where there is no wall, one line says how to get it.
    """
    if reason := available():
        return [("a sandbox", False, reason)]
    found = attacks_from_inside()
    found.append(_limit("a million files", MANY_FILES, ("files",)))
    found.append(_limit("a fork bomb", FORK_BOMB, ("tasks", "memory")))
    found.append(_limit("8 GB of memory", MUCH_MEMORY, ("memory",)))
    found.append(_nothing_stays())
    return found


def attacks_from_inside() -> list[Finding]:
    """Run the attacks that leave the kernel alive if the wall holds."""
    found: list[Finding] = []
    with _outside() as (names, check), SandboxedKernel(SMALL) as kernel:
        kernel.run(PREPARE, SECONDS)
        kernel.run("\n".join(f"{k} = {v!r}" for k, v in names.items()), SECONDS)
        for name, code in PROBES.items():
            try:
                run = kernel.run(code, SECONDS)
                text = _text(run.outputs)
                found.append((name, run.ok and not text, text))
            except KernelLost as lost:
                found.append((name, False, f"the kernel was lost: {lost}"))
                break
        found += check()
    return found


def print_report(found: Iterable[Finding]) -> bool:
    """Print a line for each finding, and return whether everything held."""
    everything = True
    for name, held, detail in found:
        everything = everything and held
        print(
            f"{'held' if held else 'BROKEN':7} {name}{f': {detail}' if detail else ''}"
        )
    return everything


def _text(outputs: list[dict]) -> str:
    parts = [o.get("text") or f"{o.get('ename')}: {o.get('evalue')}" for o in outputs]
    return "; ".join(" ".join(parts).split("\n")).strip("; ")


@contextlib.contextmanager
def _outside() -> Iterator[tuple[dict[str, object], Callable[[], list[Finding]]]]:
    """Set up what must not be reached: listeners, a secret, a process, folders."""
    secret = secrets.token_hex(12)
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        (folder / "secret").write_text(secret, encoding="utf8")
        listeners = {}
        for name, family, address in (
            ("tcp", socket.AF_INET, ("127.0.0.1", 0)),
            ("abstract", socket.AF_UNIX, f"\0{secret}"),
            ("path", socket.AF_UNIX, str(folder / "socket")),
        ):
            listener = stack.enter_context(socket.socket(family))
            listener.bind(address)
            listener.listen()
            listener.setblocking(False)
            listeners[name] = listener
        sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
        # The first process inside was started with the environment of this one.
        os.environ[MARK] = secret
        stack.callback(os.environ.pop, MARK, None)
        victim = subprocess.Popen(sleep, env={MARK: secret})
        stack.callback(victim.wait)
        stack.callback(victim.kill)
        root = COURSE.parent
        hidden = [folder, Path.home(), Path.cwd(), root / "solutions", root / "tests"]
        hidden += [COURSE / "checks", COURSE / "reference", Path("/etc/shadow")]
        names = {
            "PORT": listeners["tcp"].getsockname()[1],
            "ABSTRACT": f"\0{secret}",
            "SOCKET": str(folder / "socket"),
            # The root folder and the like are there inside too, as others.
            "HIDDEN": [str(path) for path in hidden if len(path.parts) > 1],
            "SECRET": f"{MARK}=",
            "VICTIM": victim.pid,
            "PARENT": os.getpid(),
            "WRITABLE": WRITABLE,
            "DISK": SMALL.disk,
        }

        def check() -> list[Finding]:
            reached = [name for name, end in listeners.items() if _was_reached(end)]
            return [
                ("no listener outside was reached", not reached, ", ".join(reached)),
                ("a process outside lives on", victim.poll() is None, ""),
            ]

        yield names, check


def _was_reached(listener: socket.socket) -> bool:
    try:
        listener.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def _limit(name: str, code: str, whys: tuple[str, ...]) -> Finding:
    """Run code that must end in a lost kernel, or in nothing at all."""
    start = time.monotonic()
    try:
        with SandboxedKernel(replace(SMALL, grace_seconds=1.0)) as kernel:
            run = kernel.run(code, SECONDS)
            text = _text(run.outputs)
            held, detail = not text or "Error" in text, text or "it was kept small"
    except KernelLost as lost:
        held, detail = lost.why in whys, f"ended ({lost.why})"
    return name, held, f"{detail}, {time.monotonic() - start:.1f} s"


def _nothing_stays() -> Finding:
    name = secrets.token_hex(12)
    with SandboxedKernel(SMALL) as kernel:
        kernel.run(f"NAME = {name!r}\n{STAY}", SECONDS)
        until = time.monotonic() + 10
        while not (there := _running(name)) and time.monotonic() < until:
            time.sleep(0.05)
    left = _running(name)
    detail = "" if there else "it never ran"
    return "no process is left behind", bool(there) and not left, detail


def _running(name: str) -> list[str]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = path.read_bytes().split(b"\0")
            if name.encode() in words:
                found.append(path.parent.name)
    return found
