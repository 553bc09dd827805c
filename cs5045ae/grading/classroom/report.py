"""What is said before, while and after a class is graded."""

import contextlib
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cs5045ae.checks.check import PUBLIC_SEED
from cs5045ae.course.place import Course
from cs5045ae.grading.classroom.worker import Judged
from cs5045ae.grading.export.cells import number, text, write_table
from cs5045ae.grading.verdict import Verdict, read_verdict, verdict_folder

if TYPE_CHECKING:
    from cs5045ae.grading.classroom.run import Plan

__all__ = [
    "estimate",
    "intent",
    "line",
    "staff_lines",
    "summary",
    "tally",
    "told_if_stopped",
    "write_rows",
]

NUMPY, KERAS = 4.0, 15.0
"""Seconds a submission where nothing was measured yet."""

NO_WALL = "WITHOUT THE SANDBOX"


def estimate(course: Course, topic: str, number_of: int, jobs: int) -> str:
    """Return how long judging will take, such as ``42 submissions, about 4 min``.

    It is the median of what judging took before, for this topic.
    """
    folder = verdict_folder(course.root) / topic
    names = [path.stem for path in sorted(folder.glob("*.json"))[:200]]
    known = (read_verdict(folder.parent, topic, name) for name in names)
    seconds = [verdict.seconds for verdict in known if verdict and verdict.seconds]
    if seconds:
        each = statistics.median(seconds)
    else:
        source = course.solution(topic).read_text(encoding="utf-8")
        each = KERAS if "keras" in source else NUMPY
    total = each * number_of / max(1, min(jobs, number_of or 1))
    about = f"{total:.0f} s" if total < 90 else f"{total / 60:.0f} min"
    plural = "" if number_of == 1 else "s"
    return f"{number_of} submission{plural}, about {about}"


def intent(plan: "Plan", before: int, number_of: int) -> str:
    """Return what is about to be done, given how many were graded before."""
    known = f"{before} graded before. " if before else ""
    if not number_of:
        return known + "Nothing is left to judge."
    told = estimate(plan.course, plan.topic, number_of, plan.jobs)
    seed = f"seed {plan.seed}."
    if plan.seed == PUBLIC_SEED:
        seed += " That is the public one, which students have too; see CS5045AE_SEED."
    return f"{known}{told}, {plan.jobs} at a time, {seed}"


@contextlib.contextmanager
def told_if_stopped() -> Iterator[None]:
    """Say what Ctrl-C leaves behind."""
    try:
        yield
    except KeyboardInterrupt:
        print("Stopped. What is graded stays; the same command does the rest.")
        raise


def line(one: Judged) -> str:
    """Return a student's row: points, status, seconds, reason."""
    points = f"{number(one.points) or '-'}/{number(one.max_points)}"
    mark = "" if one.sandboxed else f" {NO_WALL}"
    reasons = " ".join(filter(None, [one.reason, one.trouble]))
    reason = f"  {reasons}" if reasons else ""
    return (
        f"{one.student:<24} {points:>9}  {one.status:<18}{one.seconds:6.1f} s"
        f"{mark}{reason}"
    )


def tally(rows: Iterable[Judged]) -> str:
    """Return how many there are of each status, the most frequent first."""
    counts = Counter(row.status for row in rows)
    return ", ".join(f"{count} {status}" for status, count in counts.most_common())


def summary(rows: Sequence[Judged]) -> list[str]:
    """Return the last lines: how many, the points, what to look at."""
    said = [f"{len(rows)} submissions: {tally(rows)}." if rows else "No submissions."]
    points = [row.points for row in rows if row.points is not None]
    if points:
        most = max(row.max_points for row in rows)
        said.append(
            f"Points of the checks: median {number(statistics.median(points))}, from "
            f"{number(min(points))} to {number(max(points))}, of {number(most)}."
        )
    if missing := [row for row in rows if row.trouble]:
        said.append(
            f"{len(missing)} of them are NOT IN THE GRADEBOOK, but their verdicts are "
            f"kept: give the command again. {missing[0].trouble}"
        )
    if unsafe := sum(not row.sandboxed for row in rows):
        said.append(f"{unsafe} of them were graded {NO_WALL}.")
    return said


def write_rows(path: Path, rows: Sequence[Judged]) -> None:
    """Write the rows as a CSV."""
    header = [
        "status",
        "student",
        "points",
        "max",
        "reason",
        "seconds",
        "sandboxed",
        "seed",
    ]
    cells = [
        [
            text(row.status),
            text(row.student),
            number(row.points),
            number(row.max_points),
            text(" ".join(filter(None, [row.reason, row.trouble]))),
            number(row.seconds),
            "yes" if row.sandboxed else "no",
            str(row.seed),
        ]
        for row in rows
    ]
    write_table(path, header, cells)


def staff_lines(verdict: Verdict) -> list[str]:
    """Return the staff's view: each cell, its reason, and the call that failed."""
    said = []
    for cell in verdict.cells:
        points = f"{number(cell.points) or '-'}/{number(cell.max_points)}"
        said.append(f"{cell.grade_id:<32} {points:>7}  {cell.reason}".rstrip())
        said += [f"    {one}" for one in cell.staff.splitlines()]
    return said
