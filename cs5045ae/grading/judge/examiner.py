"""The examiner's process: it runs test cells, and forks for each submission.

The process that starts never sees a submission: it keeps what is dear to import, and
makes a copy of itself for each. TensorFlow may be imported before a process forks, but
must not have done anything yet; so `cs5045ae.backend`, which does, is left to the
copies.
"""

import contextlib
import importlib
import os
import resource
import signal
import socket
import sys
from typing import Any

from cs5045ae.grading.judge.pipe import Gone, Pipe

__all__ = ["main"]

ADDRESS_SPACE = 8 << 30
FILE_BYTES = 64 << 20
DEAR = ("numpy", "scipy.linalg", "sklearn.decomposition", "tensorflow", "keras")
"""What may be imported beforehand, once a submission has needed it."""

PR_SET_DUMPABLE = 4


def main(settings: dict[str, Any]) -> None:
    """Serve until the court's end of the connection is closed."""
    end = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    confined = _confined(settings["outside"])
    _limit()
    pipe = Pipe(end)
    while True:
        try:
            said, _ = pipe.receive()
        except Gone:
            return
        if said["do"] == "import":
            _import(said["modules"])
            continue
        child = os.fork()
        if child == 0:
            _serve(pipe)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if confined:
            _end_all_others()
        pipe.send({"gone": os.waitstatus_to_exitcode(status)})


def _serve(pipe: Pipe) -> None:
    """Run the test cells of one submission; the copy's work."""
    from cs5045ae.grading.judge.cells import run_test
    from cs5045ae.grading.judge.remote import RemoteKernel

    kernel = RemoteKernel(pipe)
    pipe.send({"ready": True})
    while True:
        said, _ = pipe.receive()
        if said["do"] == "end":
            return
        os.environ["CS5045AE_SEED"] = str(said["seed"])
        if said["check_seconds"] is not None:
            _shorten(said["check_seconds"])
        kernel.last, view = None, None
        if said["verbose"]:
            from cs5045ae.grading.judge.staff import StaffView

            view = StaffView(kernel)
        made = run_test(said["source"], said["needs"], kernel, said["seconds"])
        told = {"do": "done", **made.told()}
        told["staff"] = view.close() if view else ""
        told["modules"] = [name for name in DEAR if name in sys.modules]
        pipe.send(told)


def _shorten(seconds: float) -> None:
    """Give every check that is imported from now on at most so many seconds."""
    from cs5045ae.checks import check

    check.SECONDS = seconds
    check.LIMITS = dict.fromkeys(check.LIMITS, seconds)


def _import(modules: list[str]) -> None:
    from cs5045ae.quiet import quiet_stderr

    with quiet_stderr():
        for name in modules:
            if name in DEAR:
                importlib.import_module(name)


def _limit() -> None:
    """Set limits that none of the copies can raise again."""
    for kind, most in (
        (resource.RLIMIT_AS, ADDRESS_SPACE),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 256),
    ):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            most = min(most, hard)
        with contextlib.suppress(ValueError, OSError):  # not every system has each
            resource.setrlimit(kind, (most, most))


def _confined(outside: int | None) -> bool:
    """Say whether this process sees a space of processes of its own.

    There, no copy can look into the memory of the process it came from.
    """
    if outside is None or os.stat("/proc/self/ns/pid").st_ino == outside:
        return False
    import ctypes

    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    return True


def _end_all_others() -> None:
    """End whatever a copy has left behind; only ever in a space of our own."""
    try:
        os.kill(-1, signal.SIGKILL)
    except ProcessLookupError:
        return
