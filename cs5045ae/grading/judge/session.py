"""One submission before the court: its own cells run, its test cells are judged.

The kernel is restarted when a cell ends it. Then the student's cells up to there run
again, but those that ended a kernel or did not end themselves: what a lost kernel
costs is one cell.
"""

import time
from collections import Counter
from typing import Any, Protocol

from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.limits import TooSlow
from cs5045ae.grading.judge import outputs
from cs5045ae.grading.judge.examination import Examiner, Fault
from cs5045ae.grading.judge.limits import Patience
from cs5045ae.grading.judge.plan import Plan, Step
from cs5045ae.grading.judge.stopped import why_stopped
from cs5045ae.grading.sandbox import KernelLost, Run

__all__ = ["Kernels", "Session"]

NOT_OURS = ("start", "host")
"""Why a kernel is lost by no fault of the student's."""

TRIES = 2
"""So often may a task end the kernel before it is not called any more."""


class StudentKernel(Protocol):
    """A kernel; see `cs5045ae.grading.sandbox.SandboxedKernel`."""

    def run(self, code: str, seconds: float) -> Run:
        """Run a cell."""

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Return the answer of the agent inside, unread."""

    def recover(self) -> bool:
        """Bring it back after a question that was left open."""


class Kernels(Protocol):
    """Starts and ends kernels, one at a time."""

    def start(self) -> StudentKernel:
        """End the one there is, and return a new one."""

    def stop(self) -> None:
        """End the one there is."""


class Session:
    """Judges one submission.

    Parameters
    ----------
    plan : Plan
        What to run.
    kernels : Kernels
        Where the student's cells run.
    examiner : Examiner
        Who runs the test cells.
    patience : Patience
        How long it may take.
    """

    def __init__(
        self, plan: Plan, kernels: Kernels, examiner: Examiner, patience: Patience
    ) -> None:
        self._plan, self._kernels = plan, kernels
        self._examiner, self._patience = examiner, patience
        self._kernel: StudentKernel | None = None
        self._began = time.monotonic()
        self._until = self._began + patience.submission
        self._skipped: set[int] = set()  # own cells that are not run again
        self._lost: Counter[str] = Counter()  # kernels that a task has cost
        self._stopped: dict[str, str] = {}  # why a task's own cell stopped
        self._blamed = False  # some time was spent on what would not end
        self.cells: list[dict[str, Any]] = []
        self.answers: list[dict[str, Any]] = []

    def judge(self) -> None:
        """Run every cell in order; fill `cells` and `answers`.

        Raises
        ------
        Fault
            If it cannot be judged, by no fault of the student's.
        """
        for at, step in enumerate(self._plan.steps):
            if step.points is None:
                self._own(step, at)
            else:
                self._test(step, at)

    def _own(self, step: Step, at: int) -> None:
        seconds = min(step.seconds, self._left())
        made = Run()
        if seconds <= 0:
            made.outputs = [_refusal(self._over())]
        else:
            made = self._run(step, self._ready(at), seconds)
        for output in made.outputs:
            if output["output_type"] == "error" and step.grade_id:
                why = why_stopped(output["ename"], output["evalue"])
                self._stopped[step.task] = why
        self.answers.append(
            {
                "number": step.number,
                "grade_id": step.grade_id,
                "outputs": outputs.kept(made.outputs, made.cut),
                "seconds": round(made.seconds, 3),
            }
        )

    def _run(self, step: Step, kernel: StudentKernel, seconds: float) -> Run:
        start = time.monotonic()
        try:
            made = kernel.run(step.source, seconds)
        except KernelLost as lost:
            self._lose(lost)
            self._skipped.add(step.number)
            made = Run(outputs=[_refusal(str(lost))])
            made.seconds = time.monotonic() - start
        if made.timed_out:
            self._skipped.add(step.number)
            self._blamed |= seconds == step.seconds
            told = f"This cell was stopped after {seconds:.0f} seconds."
            made.outputs.append(_refusal(told))
        return made

    def _test(self, step: Step, at: int) -> None:
        assert step.points is not None
        if self._left() <= 0:
            self._give_up(step)
            return
        if self._lost[step.task] >= TRIES:
            told = f"Not tried: this task has ended the kernel {TRIES} times."
            self._judged(step, 0.0, *_failure(told))
            return
        kernel = self._ready(at)
        try:
            made = self._examiner.examine(step, kernel, self._until)
        except KernelLost as lost:
            self._lose(lost)
            self._lost[step.task] += 1
            self._judged(step, 0.0, *_failure(str(lost)))
            return
        except TooSlow:
            self._give_up(step)
        else:
            self._blamed |= made["late"]
            self._score(step, made)
        if not kernel.recover():
            self._kernel, self._blamed = None, True
            self._lost[step.task] += 1

    def _give_up(self, step: Step) -> None:
        """Write down that there was no time left; whose fault it is decides how."""
        told, shown = _failure(self._over())
        if self._blamed:
            self._judged(step, 0.0, told, shown)
        else:
            told += " Nothing of it was stopped: the machine may be too busy."
            self._judged(step, None, told, shown)

    def _score(self, step: Step, made: dict[str, Any]) -> None:
        """Write down what the examiner says, as points within their limits."""
        most = step.points or 0.0
        printed = outputs.text(made["printed"])
        if made["fault"]:
            shown = [outputs.error("NotJudged", ["This cell could not be judged."])]
            self._judged(step, None, made["fault"], shown, made["staff"])
        elif not made["passed"]:
            lines = made["lines"] or [made["error"]]
            shown = [*printed, outputs.error(made["error"], lines)]
            self._judged(step, 0.0, _one_line(lines), shown, made["staff"])
        elif made["value"] is None:
            self._judged(step, most, "", printed)
        else:
            points = min(max(made["value"], 0.0), most)
            told = "" if points == most else f"{points:g} of {most:g} points"
            shown = [*printed, outputs.number(points)]
            self._judged(step, points, told, shown)

    def _judged(
        self,
        step: Step,
        points: float | None,
        reason: str,
        shown: list[dict[str, Any]],
        staff: str = "",
    ) -> None:
        if points == 0 and (stopped := self._stopped.get(step.task)):
            reason = f"{stopped} {reason}"
        self.cells.append(
            {
                "grade_id": step.grade_id,
                "points": points,
                "max_points": step.points,
                "reason": reason,
                "outputs": shown,
                "staff": staff,
            }
        )

    def _ready(self, at: int) -> StudentKernel:
        """Return a kernel in which the student's cells before a step have run."""
        while self._kernel is None:
            try:
                self._kernel = self._kernels.start()
            except KernelLost as lost:
                raise Fault(f"No kernel for the student's cells. {lost}") from None
            for step in self._plan.steps[:at]:
                if step.points is None and step.number not in self._skipped:
                    left = max(0.1, min(step.seconds, self._left()))
                    self._run(step, self._kernel, left)
                    if self._kernel is None:
                        break
        return self._kernel

    def _lose(self, lost: KernelLost) -> None:
        self._kernel, self._blamed = None, True
        if lost.why in NOT_OURS:
            raise Fault(str(lost))

    def _left(self) -> float:
        return self._until - time.monotonic()

    def _over(self) -> str:
        return (
            "Not tried: the time for the whole submission, "
            f"{self._patience.submission:g} seconds, was used up."
        )


def _failure(told: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the reason and the outputs of a test cell that failed."""
    lines = CheckFailed(told)._render_traceback_()
    return told, [outputs.error("CheckFailed", lines)]


def _refusal(told: str) -> dict[str, Any]:
    return outputs.error("Stopped", [told])


def _one_line(lines: list[str]) -> str:
    """Return a message in one line, without its opening and its hint."""
    paragraphs = [" ".join(p.split()) for p in "\n".join(lines).split("\n\n")]
    told = [
        p
        for p in paragraphs
        if not p.startswith(("Hint: ", "Stuck? ", "Not yet."))
        and not (p.startswith("Task ") and p.endswith(" is not right yet."))
    ]
    return (" ".join(told) or " ".join(paragraphs))[:300]
