"""What of a class is graded: which verdict belongs to what stands in ``submitted/``.

A verdict's key changes with the checks, so it cannot tell a new submission from a new
version of the course. The ledger can: ``verdicts/<topic>/filled/<student>.json`` says
of which submission the verdict in the gradebook is. It is written last.
"""

import dataclasses
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cs5045ae.course.place import Course
from cs5045ae.grading.intake.records import (
    Record,
    read_record,
    received_folder,
    submitted_folder,
    write_whole,
)
from cs5045ae.grading.verdict import Verdict, read_verdict, verdict_folder
from cs5045ae.grading.verdict_key import verdict_key

__all__ = ["Entry", "collected", "current_key", "read_entry", "standing", "write_entry"]


@dataclass(frozen=True)
class Entry:
    """What the gradebook holds of a student's submission to a topic.

    Parameters
    ----------
    key : str
        Of the verdict that it was filled from.
    record : dict
        The record of intake of the submission that was judged.
    reviewed : list of str
        Cells that a person had graded and closed, while they are filled anew.
    """

    key: str = ""
    record: dict[str, Any] = field(default_factory=dict)
    reviewed: list[str] = field(default_factory=list)

    @property
    def submission(self) -> str:
        """SHA-256 of the notebook that was judged."""
        return str(self.record.get("submitted_sha256", ""))


def collected(course_root: Path, topic: str) -> list[Record]:
    """Return the records of all who have handed in, by id.

    Raises
    ------
    CourseError
        If a record is damaged, or the topic is none.
    """
    folder = received_folder(course_root, topic, "anyone").parent
    names = sorted(path.parent.name for path in folder.glob("*/record.json"))
    found = (read_record(course_root, topic, name) for name in names)
    return [record for record in found if record]


def standing(course_root: Path, record: Record) -> tuple[Verdict | None, Entry | None]:
    """Return the verdict on what a student has handed in now, and its entry.

    Returns
    -------
    verdict : Verdict or None
        None if there is none, or it is of an earlier submission. It may be of an
        earlier state of the checks.
    entry : Entry or None
        None if nothing is known of the gradebook.
    """
    topic, student = record.topic, record.student
    entry = read_entry(course_root, topic, student)
    verdict = read_verdict(verdict_folder(course_root), topic, student)
    if verdict is None:
        return None, entry
    if entry and entry.key == verdict.key:
        same = entry.submission == record.submitted_sha256
    else:
        same = verdict.key == current_key(course_root, topic, student, verdict.seed)
    return (verdict if same else None), entry


def current_key(course_root: Path, topic: str, student: str, seed: int) -> str:
    """Return the key that a verdict of today would have; empty if a file is missing."""
    submission = submitted_folder(course_root, topic, student) / f"{topic}.ipynb"
    try:
        source = Course(course_root).solution(topic).read_bytes()
        return verdict_key(submission.read_bytes(), source, seed)
    except OSError:
        return ""


def read_entry(course_root: Path, topic: str, student: str) -> Entry | None:
    """Return a student's entry, None if there is none that can be read."""
    try:
        text = _path(course_root, topic, student).read_text(encoding="utf-8")
        return Entry(**json.loads(text))
    except (OSError, ValueError, TypeError):
        return None


def write_entry(course_root: Path, topic: str, student: str, entry: Entry) -> None:
    """Put an entry in place, whole or not at all."""
    text = json.dumps(dataclasses.asdict(entry), indent=1) + "\n"
    write_whole(_path(course_root, topic, student), text.encode())


def _path(course_root: Path, topic: str, student: str) -> Path:
    received_folder(course_root, topic, student)  # refuses what would lead elsewhere
    return verdict_folder(course_root) / topic / "filled" / f"{student}.json"
