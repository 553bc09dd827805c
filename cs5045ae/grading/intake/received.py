"""What became of each submission, as one row for the instructor."""

from dataclasses import dataclass
from pathlib import Path

from cs5045ae.grading.intake.records import Record, received_folder, submitted_folder

__all__ = ["Received", "as_received"]


@dataclass(frozen=True)
class Received:
    """What became of one student's submission, or of a file that is nobody's.

    Parameters
    ----------
    student : str
        The id; empty for a file that names no student.
    status : str
        ``collected``; ``unreadable``: an unsolved notebook was put in its place;
        ``unchanged``: already collected; ``kept``: what was collected before stays;
        ``refused``: nothing was written; ``doubtful``: nothing is taken until a
        person says whose it is; ``ignored``: it names no student; ``system``: what
        computers left there.
    reason : str
        Why, in a sentence without its full stop; empty if there is nothing to say.
    notebook : str
        The file in the source, as it may be printed.
    handed_in : str
        The time that counts, ISO 8601; empty if nothing was taken.
    doubt : str
        Why that is only the latest it can be; empty if the time is known.
    late_mark : bool or None
        What Canvas said about lateness; None if the system does not say.
    notes, ignored : tuple of str
        What was mended; what was not taken, and why.
    submitted, receipt : pathlib.Path or None
        The folders that were written.
    name : str
        The full name in the source, if it stands there.
    candidates : tuple of str
        Ids of the class list that may be meant by who is in doubt.
    """

    student: str
    status: str
    reason: str = ""
    notebook: str = ""
    handed_in: str = ""
    late_mark: bool | None = None
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    submitted: Path | None = None
    receipt: Path | None = None
    doubt: str = ""
    name: str = ""
    candidates: tuple[str, ...] = ()


def as_received(course_root: Path, record: Record, status: str = "") -> Received:
    """Return what a record says as a row; `status` is its own by default."""
    received = received_folder(course_root, record.topic, record.student)
    return Received(
        record.student,
        status or record.status,
        record.reason,
        record.notebook,
        record.handed_in,
        record.late_mark,
        (*record.notes, *_about_the_time(record)),
        tuple(record.ignored),
        submitted_folder(course_root, record.topic, record.student),
        received / record.receipt if record.receipt else None,
        record.doubt,
        record.name,
    )


def _about_the_time(record: Record) -> list[str]:
    """Return what a person has to know about a time of hand-in that is not known."""
    if not record.doubt or record.late_mark is False:
        return []
    if record.late_mark:
        return ["Canvas marks it LATE and does not say how late: that is one day."]
    return [f"Time of hand-in unknown: {record.doubt}."]
