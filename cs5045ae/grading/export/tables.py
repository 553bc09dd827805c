"""The tables: plain, per task, for Canvas's gradebook, for Moodle's grading sheet."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cs5045ae.grading.export.cells import key, number, text, write_table
from cs5045ae.grading.export.late import Settled

__all__ = ["write_canvas", "write_moodle", "write_plain", "write_tasks"]


def write_plain(path: Path, grades: Sequence[Settled]) -> None:
    """Write one line for each student and topic, with all that is known.

    ``points`` are after lateness and stand there also while manual grading waits;
    ``status`` says so.
    """
    header = "topic,student,name,email,points,max,status,reason,points_before_late"
    header += ",days_late,handed_in,seconds"
    lines = [
        [
            text(g.row.topic),
            text(g.student.id),
            text(g.student.name or g.row.name),
            text(g.student.email),
            number(g.points),
            number(g.row.max_points),
            text(g.row.status),
            text(g.reason),
            number(g.row.points),
            "" if g.days_late is None else str(g.days_late),
            text("" if g.row.doubt else g.row.handed_in),
            number(g.row.seconds),
        ]
        for g in grades
    ]
    write_table(path, header.split(","), lines)


def write_tasks(path: Path, grades: Sequence[Settled]) -> None:
    """Write one line for each task of a student, before lateness."""
    lines = [
        [
            text(g.row.topic),
            text(g.student.id),
            text(g.student.name or g.row.name),
            text(task),
            number(points),
            number(most),
            text(g.row.status),
            text(g.row.reasons.get(task, "")),
        ]
        for g in grades
        for task, (points, most) in g.row.tasks.items()
    ]
    header = "topic,student,name,task,points,max,status,reason"
    write_table(path, header.split(","), lines)


def write_canvas(
    path: Path, grades: Sequence[Settled], titles: Mapping[str, str] | None = None
) -> None:
    """Write the sheet that Canvas's gradebook imports.

    Canvas knows a student by ``ID``, else by ``SIS User ID``, else by ``SIS Login ID``,
    each the same to the letter, and by the name if none of them fits. A grade that is
    not final is an empty cell. There is no column for a status: Canvas would make an
    assignment of it.

    Parameters
    ----------
    path : pathlib.Path
        The file to write.
    grades : sequence of Settled
        Of one topic or more, one column each.
    titles : mapping, optional
        From topics to their columns in Canvas, such as ``Exercise 1 (4711)``; a topic's
        own name by default.
    """
    topics = list(dict.fromkeys(g.row.topic for g in grades))
    scores = {(g.student.id, g.row.topic): g.score for g in grades}
    most = {g.row.topic: g.row.max_points for g in grades}
    numbers = {g.student.id: g.row.lms_id for g in grades if g.row.lms == "canvas"}
    students = {g.student.id: g.student for g in grades}
    header = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    header += [text((titles or {}).get(topic, topic)) for topic in topics]
    possible = ["    Points Possible", "", "", "", ""]
    lines = [possible + [number(most[topic]) for topic in topics]]
    for student in students.values():
        about = [
            text(student.name or student.id),
            key(student.canvas_id or numbers.get(student.id, "")),
            key(student.sis_id),
            key(student.login),
            text(student.section),
        ]
        points = [number(scores.get((student.id, topic))) for topic in topics]
        lines.append(about + points)
    write_table(path, header, lines, encoding="utf-8")


def write_moodle(path: Path, grades: Sequence[Settled]) -> None:
    """Write the grading sheet of a Moodle assignment, for one topic.

    Moodle knows students by a number that is new for each assignment and stands in the
    names of the files it gives: ``collect`` keeps it. Without it Moodle skips the line,
    as it does where the grade is empty.
    """
    lines = []
    for g in grades:
        own = g.row.lms_id if g.row.lms == "moodle" else g.student.moodle_id
        lines.append(
            [
                text(f"Participant {own}" if own else ""),
                # PHP reads a backslash before a quote as part of the cell.
                text(g.student.name or g.row.name or g.student.id).replace("\\", "/"),
                text(g.student.email).replace("\\", "/"),
                text(g.row.status),
                number(g.score),
                number(g.row.max_points),
                "-",  # no grade in Moodle yet, as it writes it itself
            ]
        )
    header = ["Identifier", "Full name", "Email address", "Status", "Grade"]
    header += ["Maximum Grade", "Last modified (grade)"]
    write_table(path, header, lines, encoding="utf-8")
