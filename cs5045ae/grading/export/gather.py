"""The rows of a topic, from the records, the verdicts and the gradebook."""

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path

from traitlets.config import Config

from cs5045ae.course.place import Course, CourseError
from cs5045ae.course.rules import is_manual, read_solution
from cs5045ae.grading import verdict as verdicts
from cs5045ae.grading.export.rows import (
    EMPTY,
    GRADED,
    IN_PART,
    MANUAL,
    NOT_GRADED,
    UNREADABLE,
    Row,
)
from cs5045ae.grading.gradebook import CellGrade, is_filled, read_grades
from cs5045ae.grading.intake.records import Record, write_whole
from cs5045ae.grading.ledger import Entry, collected, standing
from cs5045ae.grading.verdict import Verdict, verdict_folder

__all__ = ["gather", "keep_attempt"]

NO_WALL = "Graded without the sandbox."


def gather(course: Course, topic: str, config: Config) -> list[Row]:
    """Return a row for each attempt at a topic that is graded or waits for it.

    Points that a person gave in the Formgrader go before those of the checks.

    Parameters
    ----------
    course : Course
        The course.
    topic : str
        Such as ``01_pca``.
    config : traitlets.config.Config
        Of nbgrader, for its gradebook.

    Raises
    ------
    CourseError
        If there is no such topic, or a record is damaged.
    """
    course.require_topic(topic)
    by_hand, most = _manual_cells(course, topic)
    grades = read_grades(config, topic)
    rows = []
    for record in collected(course.root, topic):
        verdict, entry = standing(course.root, record)
        found = grades.get(record.student, {})
        row = _row(record, verdict, by_hand, most, found)
        lags = (
            verdict is not None
            and verdict.status != verdicts.NOT_GRADED
            and not is_filled(course, verdict, entry, found)
        )
        rows.append(dataclasses.replace(row, lags=lags))
        rows += _earlier(course.root, record)
    return rows


def keep_attempt(
    course: Course, verdict: Verdict, entry: Entry, config: Config
) -> None:
    """Keep the row of an attempt before the verdict on a later one replaces it.

    Parameters
    ----------
    course : Course
        The course.
    verdict : Verdict
        On the attempt.
    entry : Entry
        Of that verdict.
    config : traitlets.config.Config
        Of nbgrader, for its gradebook.
    """
    record = Record(**entry.record)
    by_hand, most = _manual_cells(course, record.topic)
    found = read_grades(config, record.topic, [record.student]).get(record.student, {})
    row = _row(record, verdict, by_hand, most, found)
    path = _attempts(course.root, record) / f"{entry.submission[:16]}.json"
    write_whole(path, json.dumps(dataclasses.asdict(row), indent=1).encode())


def _manual_cells(course: Course, topic: str) -> tuple[dict[str, float], float]:
    """Return the points of the cells graded by hand, and of all graded cells."""
    cells = read_solution(course.solution(topic)).cells
    marks = [cell.metadata.get("nbgrader", {}) for cell in cells]
    most = sum(float(m.get("points", 0)) for m in marks if m.get("grade"))
    found = {c.metadata.nbgrader.grade_id: c for c in cells if is_manual(c)}
    return {n: float(c.metadata.nbgrader.points) for n, c in found.items()}, most


def _row(
    record: Record,
    verdict: Verdict | None,
    by_hand: Mapping[str, float],
    most: float,
    grades: Mapping[str, CellGrade],
) -> Row:
    known = Row(
        record.student,
        record.topic,
        None,
        most,
        NOT_GRADED,
        f"Collected, not graded yet: cs5045ae grade {record.topic}",
        handed_in=record.handed_in,
        late_mark=record.late_mark,
        lms=record.lms,
        lms_id=record.lms_id,
        name=record.name,
        doubt=record.doubt,
    )
    if verdict is None:
        return known
    tasks: dict[str, tuple[float | None, float]] = {
        cell.grade_id: (
            _points(cell.points, grades.get(cell.grade_id)),
            cell.max_points,
        )
        for cell in verdict.cells
    }
    for name, worth in by_hand.items():
        grade = grades.get(name)
        tasks[name] = (_points(grade.auto if grade else None, grade), worth)
    open_by_hand = [n for n in by_hand if tasks[n][0] is None]
    open_by_hand += [n for n, g in grades.items() if g.manual is not None and g.waiting]
    missing = [c.grade_id for c in verdict.cells if tasks[c.grade_id][0] is None]
    points = [got for got, _ in tasks.values() if got is not None]
    extra = sum(grade.extra for grade in grades.values())
    status, reasons = GRADED, [verdict.reason]
    if not verdict.cells or len(missing) == len(verdict.cells):
        unread = verdict.status == verdicts.UNREADABLE
        status, points = UNREADABLE if unread else NOT_GRADED, []
    elif missing:
        status = IN_PART
        reasons.append(f"Not certain yet: {', '.join(missing)}.")
    elif open_by_hand:
        status = MANUAL
    elif verdict.status == verdicts.EMPTY:
        status = EMPTY
    if not verdict.sandboxed:
        reasons.append(NO_WALL)
    return dataclasses.replace(
        known,
        points=sum(points) + extra if points else None,
        extra=extra,
        status=status,
        reason=" ".join(filter(None, reasons)),
        tasks=tasks,
        reasons={cell.grade_id: cell.reason for cell in verdict.cells if cell.reason},
        seconds=verdict.seconds,
    )


def _points(auto: float | None, grade: CellGrade | None) -> float | None:
    return auto if grade is None or grade.manual is None else grade.manual


def _earlier(course_root: Path, record: Record) -> list[Row]:
    """Return the rows of earlier attempts that were graded."""
    rows = []
    for path in sorted(_attempts(course_root, record).glob("*.json")):
        if path.stem == record.submitted_sha256[:16]:
            continue  # handed in once more: the row of today counts
        try:
            row = Row(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            raise CourseError(f"{path} is damaged ({error}). Delete it.") from None
        tasks = {name: (got, most) for name, (got, most) in row.tasks.items()}
        rows.append(dataclasses.replace(row, tasks=tasks))
    return rows


def _attempts(course_root: Path, record: Record) -> Path:
    folder = verdict_folder(course_root) / record.topic / "earlier"
    return folder / record.student
