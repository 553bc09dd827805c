"""Take over what was collected under another id, once the class list knows better.

A class that was collected before there was a class list stands under the numbers of
Moodle or Canvas. It must not be graded twice.
"""

import dataclasses
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from cs5045ae.grading.intake.files import Refused
from cs5045ae.grading.intake.keeping import is_ours
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.records import (
    read_record,
    received_folder,
    submitted_folder,
    write_record,
)
from cs5045ae.grading.intake.students import student_id

__all__ = ["take_over"]


def take_over(
    course_root: Path,
    topic: str,
    student: str,
    heads: Iterable[Whose],
    listed: Iterable[str],
) -> list[str]:
    """Move what stands under a student's number or name in the source to the id.

    Parameters
    ----------
    course_root, topic, student
        Whose it is now, by the name on disk.
    heads : iterable of Whose
        How the student stands in the source.
    listed : iterable of str
        Names on disk of the class list, which are somebody's own.

    Returns
    -------
    list of str
        The ids under which something stood.
    """
    taken, moved = {*listed, student}, []
    for old in dict.fromkeys(_former(heads)):
        record = None if old in taken else read_record(course_root, topic, old)
        whose = {(head.system, head.lms_id) for head in heads}
        if record is None or (record.lms, record.lms_id) not in whose:
            continue
        moved.append(old)
        new = received_folder(course_root, topic, student)
        before = received_folder(course_root, topic, old)
        if new.exists():
            shutil.move(before, new / f"before-{old}")
        else:
            ours = is_ours(course_root, record)
            os.rename(before, new)
            write_record(course_root, dataclasses.replace(record, student=student))
            place = submitted_folder(course_root, topic, student)
            if ours and not os.path.lexists(place) and not place.parent.is_symlink():
                place.parent.mkdir(parents=True, exist_ok=True)
                os.rename(submitted_folder(course_root, topic, old), place)
        left = submitted_folder(course_root, topic, old)
        if os.path.lexists(left):
            shutil.move(left, new / f"submitted-{old}")
        if left.parent.is_dir() and not any(left.parent.iterdir()):
            left.parent.rmdir()
    return moved


def _former(heads: Iterable[Whose]) -> Iterable[str]:
    for head in heads:
        for text in (head.student, head.lms_id, head.name):
            try:
                if text:
                    yield student_id(text)
            except Refused:
                continue
