"""The wall: a student's kernel that sees its own scratch folder and nothing else."""

from cs5045ae.grading.sandbox.kernel import SandboxedKernel
from cs5045ae.grading.sandbox.limits import KernelLost, Limits
from cs5045ae.grading.sandbox.outputs import Run
from cs5045ae.grading.sandbox.process import available

__all__ = ["KernelLost", "Limits", "Run", "SandboxedKernel", "available"]
