"""A student's kernel behind the wall: run his cells, ask for his answers.

    with SandboxedKernel() as kernel:
        kernel.run("def double(x): return 2 * x", seconds=10)
        double = make_proxy(kernel, "double")   # of cs5045ae.grading.wire

What comes back is plain text and bytes within limits; `cs5045ae.grading.wire` makes
values of it.
"""

import contextlib
import json
import select
import time
from collections.abc import Callable
from typing import Any, NoReturn, Self

from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.sandbox.inside import inner_files
from cs5045ae.grading.sandbox.limits import KernelLost, Limits
from cs5045ae.grading.sandbox.outputs import Outputs, Run
from cs5045ae.grading.sandbox.process import PORTS, Process
from cs5045ae.grading.sandbox.watchdog import Watchdog, too_much_memory
from cs5045ae.grading.wire import agent, messages
from cs5045ae.grading.wire.bounded import load_json
from cs5045ae.grading.wire.errors import BrokenChannel, WireError
from cs5045ae.grading.wire.frames import Channel

__all__ = ["SandboxedKernel"]

STRAY = 1_000
"""Most messages that answer nothing we asked; a kernel sends hardly any."""


class SandboxedKernel:
    """A kernel that lives as long as the ``with`` block, or until it is lost.

    Use it from the thread that entered the block: the processes inside end with that
    thread. Every method may raise `KernelLost` when the kernel is gone, after which
    only leaving the block makes sense. An exception that a signal raises in the middle
    of a request (`TooSlow` of the checks) leaves the request open; the next one, or
    `recover`, first brings the kernel back or ends it.

    Parameters
    ----------
    limits : Limits
        What it may use up.

    Raises
    ------
    RuntimeError
        If there is no wall on this machine; see `available`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()

    def __enter__(self) -> Self:
        self._waiting: str | None = None
        self._channels: dict[str, Channel] = {}
        self._stray = 0
        self._process = Process(self.limits, inner_files())
        self._watchdog = Watchdog(self._process)
        self._watchdog.start()
        try:
            self._connect()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for channel in self._channels.values():
            channel.close()
        self._watchdog.close()
        self._process.close()

    @property
    def alive(self) -> bool:
        """Whether the kernel still runs."""
        return self._process.running()

    def run(self, code: str, seconds: float) -> Run:
        """Run a cell, with an interrupt when its seconds are over.

        Raises
        ------
        KernelLost
            If the kernel ended, or did not obey the interrupt.
        """
        made = Run()
        start = time.monotonic()
        content = {"code": code, "silent": False, "store_history": True}
        number = self._send("execute_request", content, start + seconds)
        keep = Outputs(self.limits, made, number)
        reply = self._wait(number, start + seconds, keep.take)
        if reply is None:
            made.timed_out = True
            reply = self._interrupt(keep.take)
        told = self._read(reply)
        made.ok = told.get("status") == "ok" and not made.timed_out
        until = time.monotonic() + 1.0
        while not (keep.idle or made.cut) and time.monotonic() < until:
            self._look(until, keep.take)
        made.seconds = time.monotonic() - start
        return made

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Put a question to the agent inside and return its answer, unread.

        Raises
        ------
        TooSlow
            If the seconds are over; the kernel may come back, see `recover`.
        KernelLost
            If the kernel ended.
        WireError
            If there is no answer in what came back.
        """
        text = json.dumps(question)
        name = agent.__name__
        expression = (
            f"__import__({name!r}, fromlist=['answer']).answer({text!r}, globals())"
        )
        until = time.monotonic() + seconds
        number = self._send(
            "execute_request",
            {"code": "", "silent": True, "user_expressions": {"answer": expression}},
            until,
        )
        reply = self._wait(number, until, _ignore)
        if reply is None:
            raise TooSlow
        try:
            data = self._read(reply)["user_expressions"]["answer"]["data"]
            return data[agent.MIME].encode("utf8", "replace")
        except (KeyError, TypeError, AttributeError):
            raise WireError("the kernel gave none") from None

    def recover(self) -> bool:
        """Bring a kernel back whose request was left open; say whether it lives.

        It is interrupted, and ended if it does not obey.
        """
        with contextlib.suppress(KernelLost):
            if self._waiting is not None:
                self._interrupt(_ignore)
        return self.alive

    def _connect(self) -> None:
        until = time.monotonic() + self.limits.start_seconds
        most, folder = self.limits.answer_bytes, self._process.sockets
        try:
            for name, kind in {
                "shell": "DEALER",
                "control": "DEALER",
                "iopub": "SUB",
            }.items():
                self._channels[name] = Channel(
                    folder, f"k-{PORTS[name]}", kind, most, until
                )
        except BrokenChannel as broken:
            raise KernelLost("start", str(broken)) from None
        heard: list[str] = []
        # Until something is heard on iopub, the kernel may not know of its listener.
        while not heard:
            number = self._send("kernel_info_request", {}, until)
            if self._wait(number, until, lambda *found: heard.append(found[0])) is None:
                raise KernelLost("start", "The kernel did not become ready.")
            self._look(time.monotonic() + 0.2, lambda *found: heard.append(found[0]))
        self.ask({"do": "value", "name": ""}, self.limits.start_seconds)

    def _send(self, kind: str, content: dict[str, Any], until: float) -> str:
        if self._waiting is not None and not self.recover():
            self._lose("time")
        number, parts = messages.request(kind, content, self._process.key)
        channel = "control" if kind == "interrupt_request" else "shell"
        self._stray = 0
        try:
            if channel == "shell":
                self._waiting = number
            self._channels[channel].send(parts, until)
        except BrokenChannel:
            self._lose("ended")
        except TimeoutError:
            self._lose("time")
        return number

    def _wait(
        self, number: str, until: float, take: Callable[[str, str, bytes], None]
    ) -> bytes | None:
        """Return the content of the reply to a request; None if time is up."""
        while time.monotonic() < until:
            for parent, content in self._look(until, take):
                if parent == number:
                    self._waiting = None
                    return content
                self._stray += 1
                if self._stray > STRAY:
                    self._lose("answer")
        return None

    def _look(
        self, until: float, take: Callable[[str, str, bytes], None]
    ) -> list[tuple[str, bytes]]:
        """Read once what is there; return replies, hand on what iopub carries."""
        replies: list[tuple[str, bytes]] = []
        wait = max(0.0, min(1.0, until - time.monotonic()))
        ready = select.select([*self._channels.values()], [], [], wait)[0]
        for channel in ready:
            try:
                for parts in channel.receive():
                    kind, parent, content = messages.parse(parts)
                    if channel is self._channels["iopub"]:
                        take(kind, parent, content)
                    elif channel is self._channels["shell"]:
                        replies.append((parent, content))
            except BrokenChannel:
                # A process closes its sockets a moment before it is gone.
                self._lose("answer" if self._process.running(1.0) else "ended")
            except WireError:
                self._stray += 1
                if self._stray > STRAY:
                    self._lose("answer")
        return replies

    def _interrupt(self, take: Callable[[str, str, bytes], None]) -> bytes:
        """Interrupt the open request and return its reply, or end the kernel."""
        number, self._waiting = self._waiting, None
        if number is None:
            raise ValueError("There is no open request to interrupt.")
        until = time.monotonic() + self.limits.grace_seconds
        self._send("interrupt_request", {}, until)
        reply = self._wait(number, until, take)
        if reply is None:
            self._lose("time")
        return reply

    def _read(self, content: bytes) -> dict[str, Any]:
        told = load_json(content, 1_000_000)
        if not isinstance(told, dict):
            raise WireError("it is no message of a kernel")
        return told

    def _lose(self, why: str) -> NoReturn:
        """End the kernel and say why it is lost; a limit it broke comes first."""
        self._process.kill()
        self._process.running(10.0)
        if self._watchdog.found is not None:
            raise self._watchdog.found
        if self._process.group.killed_for_memory():
            raise too_much_memory(self.limits.memory)
        raise KernelLost(why)


def _ignore(kind: str, parent: str, content: bytes) -> None:
    """Take nothing of what is said while a question is open."""
