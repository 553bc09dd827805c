"""The record of a submission: how it came in, and what was made of it.

It stands in ``received/<topic>/<student>/record.json``. Nothing is graded without one.
"""

import dataclasses
import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from cs5045ae.course.place import SLUG, CourseError
from cs5045ae.grading.intake.times import parse_time

__all__ = [
    "GIVEN",
    "Record",
    "read_record",
    "received_folder",
    "sha256",
    "submitted_folder",
    "write_record",
    "write_whole",
]

VERSION = 1
GIVEN = "given by the instructor"


@dataclass(frozen=True)
class Record:
    """How a submission came in.

    Parameters
    ----------
    topic, student : str
        Whose it is, for what.
    status : str
        ``collected``, or ``unreadable`` if an unsolved notebook stands in its place.
    reason : str
        Why it is unreadable; empty otherwise.
    handed_in : str
        The time of hand-in that counts, ISO 8601 with a zone; with a `doubt`, only
        the latest that it can be.
    handed_in_from : str
        Where that time is from.
    claimed : str or None
        The time that the source gave, credible or not.
    late_mark : bool or None
        What the system said about lateness; None if it does not say.
    collected : str
        When this record was made.
    lms, lms_id, name : str
        The system, its number for the student, and the name it gave.
    receipt : str
        The folder beside this record with the bytes as they came; empty if none were
        kept.
    sha256 : str
        Of all that was received from the student in that source.
    notebook : str
        The file in the source that was taken.
    ignored, notes : list of str
        Files that were not taken and why; what was mended, a sentence each.
    answered : int
        Answer cells that differ from those given out.
    release_sha256, submitted_sha256, timestamp_sha256 : str
        Of the exercise, and of the two files written to ``submitted/``.
    doubt : str
        Why the time of hand-in is not known; empty if it is.
    """

    topic: str
    student: str
    status: str
    reason: str
    handed_in: str
    handed_in_from: str
    claimed: str | None
    late_mark: bool | None
    collected: str
    lms: str
    lms_id: str
    name: str
    receipt: str
    sha256: str
    notebook: str
    ignored: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    answered: int = 0
    release_sha256: str = ""
    submitted_sha256: str = ""
    timestamp_sha256: str = ""
    doubt: str = ""

    @property
    def time(self) -> datetime:
        """The time of hand-in that counts, or the latest that it can be."""
        return parse_time(self.handed_in)


def sha256(data: bytes) -> str:
    """Return the SHA-256 of some bytes, as hex."""
    return hashlib.sha256(data).hexdigest()


def received_folder(course_root: Path, topic: str, student: str) -> Path:
    """Return where a student's submissions to a topic are kept.

    Raises
    ------
    CourseError
        If one of them is no plain name, so that it would lead elsewhere.
    """
    _check_names(topic, student)
    return course_root / "received" / topic / student


def submitted_folder(course_root: Path, topic: str, student: str) -> Path:
    """Return where nbgrader finds a student's submission to a topic."""
    _check_names(topic, student)
    return course_root / "submitted" / student / topic


def _check_names(topic: str, student: str) -> None:
    if not SLUG.fullmatch(topic):
        raise CourseError(f"{topic!r} is no topic: it must look like 01_pca.")
    if not re.fullmatch(r"[^/\\\0]+", student) or student.startswith("."):
        raise CourseError(f"{student!r} cannot be a student's id.")


def read_record(course_root: Path, topic: str, student: str) -> Record | None:
    """Return the record of what stands in ``submitted/``, None if there is none.

    Raises
    ------
    CourseError
        If the record is damaged.
    """
    path = received_folder(course_root, topic, student) / "record.json"
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        said.pop("version")
        return _with_doubt(Record(**said), "doubt" in said)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise CourseError(
            f"{path} is damaged ({error}). Delete it and collect again."
        ) from None


def _with_doubt(record: Record, asked: bool) -> Record:
    """Doubt the times of records that were written before anybody asked."""
    of_canvas = record.lms == "canvas" and record.handed_in_from != GIVEN
    if asked or not (of_canvas or record.handed_in_from == "the time of collecting"):
        return record
    return dataclasses.replace(record, doubt="no time of hand-in came with it")


def write_record(course_root: Path, record: Record) -> None:
    """Put a record in place, whole or not at all."""
    folder = received_folder(course_root, record.topic, record.student)
    said = {"version": VERSION, **dataclasses.asdict(record)}
    text = json.dumps(said, indent=1, ensure_ascii=False) + "\n"
    write_whole(folder / "record.json", text.encode("utf-8", "replace"))


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name and rename it: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    with open(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    os.chmod(scratch, 0o644)
    os.replace(scratch, path)
