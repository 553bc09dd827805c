"""What is exported: one row for each student, topic and attempt."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = [
    "EMPTY",
    "GRADED",
    "IN_PART",
    "MANUAL",
    "MISSING",
    "NOT_GRADED",
    "UNREADABLE",
    "Row",
    "check_row",
]

GRADED, MANUAL = "graded", "needs manual"
NOT_GRADED, MISSING = "not graded", "missing"
IN_PART = "graded in part"
EMPTY, UNREADABLE = "nothing handed in", "unreadable"
STATUSES = {GRADED, IN_PART, MANUAL, NOT_GRADED, MISSING, EMPTY, UNREADABLE}


@dataclass(frozen=True)
class Row:
    """What is known of one attempt before lateness counts.

    Parameters
    ----------
    student, topic : str
        Whose it is, for what.
    points : float or None
        As graded; None if there is no grade. A fault of the grading is no 0.
    max_points : float
        What can be reached.
    status : str
        ``graded``; ``graded in part``: a check could not be judged, the points are
        those that are certain; ``needs manual``: points so far; ``not graded``;
        ``missing``; ``nothing handed in``: an exercise without an answer;
        ``unreadable``: a person has to decide.
    reason : str
        Why, in a sentence; empty if there is nothing to say.
    tasks : mapping
        From the name of a task to its points (or None) and its maximum.
    reasons : mapping
        From the name of a task to what its check says of the points lost.
    seconds : float or None
        What grading it took.
    handed_in : str
        ISO 8601 with a zone, from the record of intake; empty if missing. With a
        `doubt` only the latest that it can be.
    late_mark : bool or None
        What the system said about lateness, from the record of intake.
    lms, lms_id : str
        The system it came from and its number for the student, from the record.
    extra : float
        Extra credit in the points; with it they may go beyond the maximum.
    name : str
        The student's name as the system gave it, for who is not in the roster.
    doubt : str
        Why the time of hand-in is not known; empty if it is.
    lags : bool
        Whether the gradebook does not hold the verdict yet.
    """

    student: str
    topic: str
    points: float | None
    max_points: float
    status: str
    reason: str = ""
    tasks: Mapping[str, tuple[float | None, float]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    handed_in: str = ""
    late_mark: bool | None = None
    lms: str = ""
    lms_id: str = ""
    extra: float = 0.0
    name: str = ""
    doubt: str = ""
    lags: bool = False


def check_row(row: Row) -> None:
    """Refuse a row that cannot be right, before it becomes somebody's grade.

    Raises
    ------
    ValueError
        If its status is unknown, or its points are not between 0 and the maximum.
    """
    whose = f"The row of {row.student} for {row.topic}"
    if row.status not in STATUSES:
        known = ", ".join(sorted(STATUSES))
        raise ValueError(f"{whose} has the status {row.status!r}; there are {known}.")
    if not (math.isfinite(row.max_points) and row.max_points > 0):
        raise ValueError(f"{whose} has no sensible maximum: {row.max_points}.")
    if row.points is None:
        if row.status == GRADED:
            raise ValueError(f"{whose} is graded but has no points.")
    elif not 0 <= row.points <= row.max_points + max(0.0, row.extra):
        raise ValueError(
            f"{whose} has {row.points} points of {row.max_points}; grade it again."
        )
