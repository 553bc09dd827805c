"""A student's kernel without a wall, for machines that have none.

His code has the rights of whoever grades. Only ``sandboxed=False`` leads here, and the
verdict says so.
"""

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Self

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.sandbox.limits import KernelLost, Limits
from cs5045ae.grading.sandbox.orphans import starting
from cs5045ae.grading.sandbox.outputs import Outputs, Run
from cs5045ae.grading.wire import agent, messages
from cs5045ae.grading.wire.errors import WireError

__all__ = ["OpenKernel"]

TICK = 0.2


class OpenKernel:
    """Does what `cs5045ae.grading.sandbox.SandboxedKernel` does, without the wall.

    Parameters
    ----------
    limits : Limits
        Only its seconds and the limits on outputs hold.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._open = False

    def __enter__(self) -> Self:
        self._folder = tempfile.TemporaryDirectory(prefix="cs5045ae-")
        file = str(Path(self._folder.name, "connection.json"))
        write_connection_file(file, ip="127.0.0.1")
        scratch = Path(self._folder.name, "scratch")
        scratch.mkdir()
        options = ["-f", file, "--HistoryManager.enabled=False"]
        with starting:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "ipykernel_launcher", *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=scratch,
                env=_environment(),
                start_new_session=True,
            )
        self._client = BlockingKernelClient()
        try:
            self._client.load_connection_file(file)
            self._client.start_channels(hb=False)
            self._connect(time.monotonic() + self.limits.start_seconds)
        except BaseException:
            self.__exit__()
            raise
        return self

    def _connect(self, until: float) -> None:
        """Wait until the kernel answers, and its outputs are heard."""
        while self.alive and time.monotonic() < until:
            self._client.kernel_info()
            with contextlib.suppress(queue.Empty):
                self._client.get_shell_msg(timeout=TICK)
                self._client.get_iopub_msg(timeout=TICK)
                break
        else:
            raise KernelLost("start")
        time.sleep(TICK)  # answers to questions asked too early
        for read in (self._client.get_shell_msg, self._client.get_iopub_msg):
            with contextlib.suppress(queue.Empty):
                while True:
                    read(timeout=0)

    def __exit__(self, *_: object) -> None:
        self._client.stop_channels()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with contextlib.suppress(OSError):
            self._folder.cleanup()

    @property
    def alive(self) -> bool:
        """Whether the kernel still runs."""
        return self._process.poll() is None

    def run(self, code: str, seconds: float) -> Run:
        """Run a cell, with an interrupt when its seconds are over."""
        self._settle()
        made, start = Run(), time.monotonic()
        number = self._client.execute(code, allow_stdin=False)
        keep = Outputs(self.limits, made, number)
        until = start + seconds
        while not keep.idle and not (made.cut and made.timed_out):
            if time.monotonic() > until:
                if made.timed_out:
                    self._lose("time")
                made.timed_out = True
                self._process.send_signal(signal.SIGINT)
                until = time.monotonic() + self.limits.grace_seconds
            with contextlib.suppress(queue.Empty):
                said = self._client.get_iopub_msg(timeout=TICK)
                parent = str(said["parent_header"].get("msg_id"))
                content = json.dumps(said["content"], default=str).encode()
                keep.take(said["msg_type"], parent, content)
                if made.cut and parent == number and b'"idle"' in content:
                    break
                continue
            if not self.alive:
                self._lose("ended")
        reply = self._reply(number, time.monotonic() + self.limits.grace_seconds)
        told = reply["content"] if reply else {}
        if messages.leaves(told):
            self._lose("ended")
        made.ok = told.get("status") == "ok" and not made.timed_out
        made.seconds = time.monotonic() - start
        return made

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Put a question to the agent inside and return its answer, unread."""
        self._settle()
        name, text = agent.__name__, json.dumps(question)
        expression = (
            f"__import__({name!r}, fromlist=['answer']).answer({text!r}, globals())"
        )
        number = self._client.execute(
            "", silent=True, user_expressions={"answer": expression}, allow_stdin=False
        )
        self._open = True
        reply = self._reply(number, time.monotonic() + seconds)
        if reply is None:
            raise TooSlow
        self._open = False
        try:
            data = reply["content"]["user_expressions"]["answer"]["data"]
            return data[agent.MIME].encode("utf8", "replace")
        except (KeyError, TypeError, AttributeError):
            raise WireError("the kernel gave none") from None

    def recover(self) -> bool:
        """Bring it back after a question that was left open; say whether it lives."""
        with contextlib.suppress(KernelLost):
            self._settle()
        return self.alive

    def _settle(self) -> None:
        """Interrupt the open question, or end the kernel if it does not obey."""
        if not self._open:
            return
        self._process.send_signal(signal.SIGINT)
        until = time.monotonic() + self.limits.grace_seconds
        if self._reply(None, until) is None:
            self._lose("time")
        self._open = False

    def _reply(self, number: str | None, until: float) -> dict[str, Any] | None:
        """Return the reply to a request, to any if no id is given; None if too late."""
        while time.monotonic() < until:
            with contextlib.suppress(queue.Empty):
                said = self._client.get_shell_msg(timeout=TICK)
                if number in (None, said["parent_header"].get("msg_id")):
                    return said
                continue
            if not self.alive:
                self._lose("ended")
        return None

    def _lose(self, why: str) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        raise KernelLost(why)


def _environment() -> dict[str, str]:
    """Return the kernel's environment: ours, without the seed of the checks."""
    hidden = ("CS5045AE_SEED",)
    kept = {k: v for k, v in os.environ.items() if k not in hidden}
    return kept | {"JPY_PARENT_PID": str(os.getpid()), "MPLBACKEND": MATPLOTLIB}


MATPLOTLIB = "module://matplotlib_inline.backend_inline"
