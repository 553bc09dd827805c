"""A student's kernel behind the wall: run his cells, ask for his answers.

    with SandboxedKernel() as kernel:
        kernel.run("def double(x): return 2 * x", seconds=10)
        double = make_proxy(kernel, "double")   # of cs5045ae.grading.wire

What comes back is plain text and bytes within limits; `cs5045ae.grading.wire` makes
values of it.
"""

import contextlib
import json
import time
from typing import Any, NoReturn, Self

from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.sandbox.inside import inner_files
from cs5045ae.grading.sandbox.limits import KernelLost, Limits
from cs5045ae.grading.sandbox.link import Link, Take
from cs5045ae.grading.sandbox.outputs import Outputs, Run
from cs5045ae.grading.sandbox.process import Process
from cs5045ae.grading.sandbox.watchdog import Watchdog, too_much_memory
from cs5045ae.grading.wire import agent, messages
from cs5045ae.grading.wire.bounded import load_json
from cs5045ae.grading.wire.errors import BrokenChannel, WireError

__all__ = ["SandboxedKernel"]

GO_ON = {"stop_on_error": False}
"""Without it a kernel that just raised may answer the next request "aborted"."""


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
        self._lost: KernelLost | None = None
        self._link: Any = None
        self._process = Process(self.limits, inner_files())
        self._watchdog = Watchdog(self._process)
        try:
            self._watchdog.start()
            self._connect()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        if self._link is not None:
            self._link.close()
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
        content = {"code": code, "silent": False, "store_history": True, **GO_ON}
        number = self._send("execute_request", content, start + seconds)
        keep = Outputs(self.limits, made, number)
        reply = self._wait(number, start + seconds, keep.take)
        if reply is None:
            made.timed_out = True
            reply = self._interrupt(keep.take)
        told: dict[str, Any] = {}
        with contextlib.suppress(WireError):
            told = self._read(reply)
        made.ok = told.get("status") == "ok" and not made.timed_out
        until = time.monotonic() + 1.0
        while not (keep.idle or made.cut) and time.monotonic() < until:
            self._look(until, keep.take)
        if messages.leaves(told):
            self._lose("ended")  # now, or it would be the next cell's fault
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
            {"code": "", "silent": True, "user_expressions": {"answer": expression}}
            | GO_ON,
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
        try:
            self._link = Link(self._process.sockets, self.limits.answer_bytes, until)
        except BrokenChannel as broken:
            raise KernelLost("start", str(broken)) from None
        heard: list[str] = []
        # Until something is heard on iopub, the kernel may not know of its listener.
        while not heard:
            number = self._send("kernel_info_request", {}, until)
            if self._wait(number, until, lambda *found: heard.append(found[0])) is None:
                self._lose("start")
            self._look(time.monotonic() + 0.2, lambda *found: heard.append(found[0]))
        self.ask({"do": "value", "name": ""}, self.limits.start_seconds)

    def _send(self, kind: str, content: dict[str, Any], until: float) -> str:
        interrupts = kind == "interrupt_request"
        if not interrupts and self._waiting is not None and not self.recover():
            self._lose("time")
        if self._link.torn:
            self._lose("time")
        number, parts = messages.request(kind, content, self._process.key)
        if not interrupts:
            self._waiting = number
        try:
            self._link.send("control" if interrupts else "shell", parts, until)
        except BrokenChannel:
            self._lose("ended")
        except TimeoutError:
            self._lose("time")
        return number

    def _wait(self, number: str, until: float, take: Take) -> bytes | None:
        """Return the content of the reply to a request; None if time is up."""
        while time.monotonic() < until:
            for parent, content in self._look(until, take):
                if parent == number:
                    self._waiting = None
                    return content
        return None

    def _look(self, until: float, take: Take) -> list[tuple[str, bytes]]:
        try:
            return self._link.look(until, take)
        except BrokenChannel:
            # A process closes its sockets a moment before it is gone.
            self._lose("answer" if self._process.running(1.0) else "ended")

    def _interrupt(self, take: Take) -> bytes:
        """Interrupt the open request and return its reply, or end the kernel."""
        number = self._waiting
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
        if self._lost is None:
            self._lost = self._watchdog.found or KernelLost(why)
            if self._process.group.killed_for_memory():
                self._lost = too_much_memory(self.limits.memory)
        raise self._lost


def _ignore(kind: str, parent: str, content: bytes) -> None:
    """Take nothing of what is said while a question is open."""
