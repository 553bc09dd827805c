"""What a student sees when a check does not pass: one message, and nothing else."""

import textwrap

__all__ = ["CheckFailed", "NotWritten"]

WIDTH = 84
STEPS = ("the idea", "the shapes or the formula", "the first line")


class CheckFailed(AssertionError):
    """A check that did not pass.

    IPython, JupyterLab, ``nbgrader validate`` and nbgrader's feedback show the lines
    of `_render_traceback_` in place of a traceback, so that the message is all there
    is to read.

    Parameters
    ----------
    complaint : str
        What is wrong and where: the first of not implemented, type, shape, dtype, not
        finite, range, value.
    hint : str
        One sentence that helps with exactly this.
    task : str
        The task's number in the exercise; filled in by the check.
    tries : int
        How often this check has failed in this session; filled in by the check.
    """

    def __init__(
        self, complaint: str, hint: str = "", *, task: str = "", tries: int = 1
    ) -> None:
        super().__init__(complaint, hint)
        self.complaint, self.hint = complaint, hint
        self.task, self.tries = task, tries

    def __str__(self) -> str:
        parts = [f"Task {self.task} is not right yet." if self.task else "Not yet."]
        parts.append(self.complaint)
        if self.hint:
            parts.append(f"Hint: {self.hint}")
        if self.tries > 1 and self.task:
            parts.append(self._next_step())
        return "\n\n".join(
            textwrap.fill(part, WIDTH, break_long_words=False) for part in parts
        )

    def _next_step(self) -> str:
        if self.tries - 2 < len(STEPS):
            number = self.tries - 1
            step = STEPS[number - 1]
            return f"Stuck? Open hint {number} of task {self.task}: {step}."
        return (
            f"Stuck? All three hints of task {self.task} are open to you; after that, "
            "take a break and read the lecture's section once more."
        )

    def _render_traceback_(self) -> list[str]:
        return str(self).split("\n")


class NotWritten(CheckFailed):
    """The task is not tried yet, so it does not count as a try."""
