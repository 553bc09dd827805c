"""What counts in the end: one grade for each student and topic, lateness taken off.

Everything is worked out from the rows and the roster each time, so that a due date
that moved or an extension given afterwards needs no second grading.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from cs5045ae.grading.export.due import days_late
from cs5045ae.grading.export.roster import Roster, Student
from cs5045ae.grading.export.rows import (
    EMPTY,
    GRADED,
    IN_PART,
    MANUAL,
    MISSING,
    Row,
    check_row,
)
from cs5045ae.grading.intake.times import parse_time

__all__ = ["Settled", "settle"]


@dataclass(frozen=True)
class Settled:
    """What a student gets for a topic.

    Parameters
    ----------
    student : Student
        The line of the roster.
    row : Row
        The attempt that counts.
    points : float or None
        What is left of its points; None if there is no grade.
    days_late : int or None
        Days begun after the due time and all extensions; None if a person has to say.
    reason : str
        The row's reason, what was taken off, and whether the roster lacks the student.
    """

    student: Student
    row: Row
    points: float | None
    days_late: int | None
    reason: str

    @property
    def score(self) -> float | None:
        """The points if they are final: graded, with nothing left to do by hand."""
        return self.points if self.row.status in {GRADED, EMPTY} else None


def settle(
    rows: Sequence[Row], roster: Roster, topics: Sequence[str] = ()
) -> list[Settled]:
    """Choose the attempt that counts for each student and topic, and take lateness off.

    Parameters
    ----------
    rows : sequence of Row
        All attempts, in any order, by the name of the student's folder.
    roster : Roster
        Those it lists and have no row are missing.
    topics : sequence of str
        All in the rows by default.

    Returns
    -------
    list of Settled
        By topic, then in the order of the roster, then by id.

    Raises
    ------
    ValueError
        If a row cannot be right, or a time has no zone.
    """
    topics = topics or sorted({row.topic for row in rows})
    ids = roster.class_list().by_disk()
    rows = [replace(row, student=ids.get(row.student, row.student)) for row in rows]
    attempts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        check_row(row)
        attempts.setdefault((row.topic, row.student), []).append(row)
    unlisted = {row.student for row in rows} - roster.students.keys()
    found = []
    for topic in topics:
        most = max((r.max_points for r in rows if r.topic == topic), default=None)
        for student in [*roster.students, *sorted(unlisted)]:
            tried = attempts.get((topic, student), [])
            if not tried and most is not None and student in roster.students:
                tried = [Row(student, topic, None, most, MISSING)]
            if tried:
                found.append(_counts([_settled(row, roster) for row in tried], roster))
    return found


def _counts(tried: list[Settled], roster: Roster) -> Settled:
    """Return the attempt that counts: the latest, or the best of those with a grade."""
    best = roster.keep(tried[0].student.id) == "best"

    def order(one: Settled) -> tuple:
        time = one.row.handed_in
        latest = parse_time(time).timestamp() if time else -math.inf
        handed_in = one.row.status != MISSING
        value = -1.0 if one.points is None else one.points
        return (handed_in, value, latest) if best else (handed_in, latest, value)

    return max(tried, key=order)


def _settled(row: Row, roster: Roster) -> Settled:
    student = roster.student(row.student)
    reasons = [row.reason] if row.reason else []
    points = row.points
    days: int | None = 0
    if row.status != MISSING:
        days, about = _days_late(row, roster)
        reasons += [about] if about else []
    if points is not None and days:
        accepted = roster.days(row.student, "late_days")
        share = min(1.0, roster.percent(row.student) / 100 * days)
        if accepted is not None and days > accepted:
            share = 1.0
        points = round(points * (1 - share), 4)
        if share:
            plural = "s" if days > 1 else ""
            reasons.append(f"{days} day{plural} late: {100 * share:g} % off.")
    if roster.students and not student.listed:
        reasons.append("Not in the roster.")
    row = replace(row, handed_in=_on_the_clock(row, roster))
    return Settled(student, row, points, days, " ".join(reasons))


def _on_the_clock(row: Row, roster: Roster) -> str:
    """Return the time of hand-in by the clock of the course, if its zone is named."""
    due = roster.due(row.student, row.topic)
    zone = due.tzinfo if due else roster.zone(row.student)
    if not row.handed_in or not isinstance(zone, ZoneInfo):
        return row.handed_in
    return parse_time(row.handed_in).astimezone(zone).isoformat()


def _days_late(row: Row, roster: Roster) -> tuple[int | None, str]:
    """Count the days begun after the due time, and say where that is not plain.

    None stands for a number that only a person can give: it takes nothing off.
    """
    agreed = roster.days(row.student, f"late_{row.topic}")
    if agreed is not None:
        return math.ceil(agreed), ""
    due = roster.due(row.student, row.topic)
    more = roster.days(row.student, f"extension_{row.topic}", "extension") or 0.0
    if row.late_mark is False or (due is None and not row.late_mark):
        return 0, ""
    time = (
        parse_time(row.handed_in, f"The time of hand-in of {row.student}")
        if row.handed_in
        else None
    )
    if row.late_mark and not more and (row.doubt or not due or not time):
        return 1, "Canvas marked it LATE, which counts as one day."
    if time is None:
        if row.points is None or row.status not in {GRADED, IN_PART, MANUAL}:
            return 0, ""
        raise ValueError(
            f"The row of {row.student} for {row.topic} has no time of hand-in. Collect "
            "it, or give the days it was late in the roster."
        )
    days = days_late(time, due, more) if due else None
    if days and row.doubt:
        days = None  # handed in at some time before this one, late or not
    if days is None:
        late = "Canvas marked it LATE. " if row.late_mark else ""
        return None, (
            f"{late}Time of hand-in unknown: set late_{row.topic} in roster.csv to the "
            "days late (0 for none); until then nothing is taken off."
        )
    return max(1, days) if row.late_mark and not more else days, ""
