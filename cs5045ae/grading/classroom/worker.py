"""What runs in each of the processes that grade a class."""

import os
import signal
import threading
from dataclasses import dataclass
from multiprocessing import parent_process
from multiprocessing.connection import wait
from pathlib import Path

from cs5045ae.grading.judge import Patience, judge_submission
from cs5045ae.grading.judge.caller import warm_court
from cs5045ae.grading.judge.submission import key_of
from cs5045ae.grading.sandbox.orphans import adopt_orphans, end_children, end_with_all
from cs5045ae.grading.verdict import (
    IN_PART,
    NOT_GRADED,
    Verdict,
    read_verdict,
    verdict_folder,
)

__all__ = ["Judged", "end_with_parent", "judge_one", "judged"]

_own = threading.Event()
"""Whether this process is ours alone, and does nothing but grade."""

DEADLINE = 300.0
"""Seconds beyond a submission's own after which a stuck judge is given up."""


@dataclass(frozen=True)
class Judged:
    """What the class list says of one student; the verdict itself is in its file.

    Parameters
    ----------
    student : str
        Whose submission.
    points : float or None
        None if there is no grade.
    max_points : float
        Of the checks.
    status, reason : str
        As in `Verdict`.
    seconds : float
        Judging took.
    sandboxed : bool
        Whether the student's code ran behind the wall.
    seed : int
        Of the checks' fresh cases.
    trouble : str
        Why the gradebook does not hold it; empty if it does.
    """

    student: str
    points: float | None
    max_points: float
    status: str
    reason: str
    seconds: float
    sandboxed: bool
    seed: int
    trouble: str = ""


def judged(verdict: Verdict) -> Judged:
    """Return the line of a verdict."""
    return Judged(
        verdict.student,
        verdict.points,
        verdict.max_points,
        verdict.status,
        verdict.reason,
        verdict.seconds,
        verdict.sandboxed,
        verdict.seed,
    )


def judge_one(
    root: Path, topic: str, student: str, seed: int, sandboxed: bool
) -> Judged:
    """Judge a submission, keep the verdict, and return its line.

    A verdict of today's is taken as it is: another process may have been lost just
    after it was written.

    Raises
    ------
    CourseError
        If it was not collected, or changed since.
    """
    key = key_of(root, topic, student, seed)
    kept = read_verdict(verdict_folder(root), topic, student, key)
    if kept is not None and kept.status not in {NOT_GRADED, IN_PART}:
        return judged(kept)
    patience = Patience()
    stuck = threading.Timer(patience.submission + DEADLINE, os._exit, [70])
    stuck.daemon = True
    stuck.start()
    try:
        verdict = judge_submission(
            root,
            topic,
            student,
            seed=seed,
            sandboxed=sandboxed,
            warm=True,
            patience=patience,
        )
    finally:
        stuck.cancel()
        if _own.is_set():
            end_children(but=[warm_court().number])  # of a court that was lost
    return judged(verdict)


def end_with_parent() -> None:
    """End this process when the one that started it is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent
    adopt_orphans()
    _own.set()
    parent = parent_process()

    def watch() -> None:
        if parent is not None:
            wait([parent.sentinel])
            end_with_all(1)

    threading.Thread(target=watch, daemon=True).start()
