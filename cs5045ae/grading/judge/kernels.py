"""Where the student's cells run: behind the wall, or, on explicit demand, without."""

import contextlib

from cs5045ae.grading.judge.open_kernel import OpenKernel
from cs5045ae.grading.sandbox import Limits, SandboxedKernel

__all__ = ["OneKernel"]


class OneKernel:
    """Starts kernels, of which only the last lives.

    Parameters
    ----------
    sandboxed : bool
        Behind the wall.
    limits : Limits, optional
        What each may use up.
    """

    def __init__(self, sandboxed: bool, limits: Limits | None = None) -> None:
        self._sandboxed, self._limits = sandboxed, limits or Limits()
        self._stack = contextlib.ExitStack()

    def start(self) -> SandboxedKernel | OpenKernel:
        """End the kernel there is, and return a new one."""
        self.stop()
        if self._sandboxed:
            return self._stack.enter_context(SandboxedKernel(self._limits))
        return self._stack.enter_context(OpenKernel(self._limits))

    def stop(self) -> None:
        """End the kernel there is."""
        self._stack.close()
