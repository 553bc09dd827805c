"""What is in a source, sorted by student."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import ArrivedFile, Limits, Refused, shown
from cs5045ae.grading.intake.folders import read_folder
from cs5045ae.grading.intake.names import Whose, find_layout
from cs5045ae.grading.intake.students import colliding, student_id
from cs5045ae.grading.intake.zips import read_zip

__all__ = ["Bundle", "Source", "read_source"]


@dataclass
class Bundle:
    """All that one student has in a source.

    Parameters
    ----------
    student : str
        The id to grade under.
    files : list of (ArrivedFile, Whose)
        What can be read.
    ignored : list of str
        What is not taken, and why.
    """

    student: str
    files: list[tuple[ArrivedFile, Whose]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


@dataclass
class Source:
    """What a folder or a zip holds.

    Parameters
    ----------
    layout : str
        How its names were read.
    bundles : list of Bundle
        One for each student.
    refused : dict of str to str
        From ids that cannot be used to the reason.
    nobody : list of (str, str)
        Files that name no student, and why.
    """

    layout: str
    bundles: list[Bundle] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    nobody: list[tuple[str, str]] = field(default_factory=list)


def read_source(
    source: Path,
    topic: str,
    limits: Limits,
    *,
    pattern: str | None = None,
    ids: Mapping[str, str] | None = None,
    zone: tzinfo | None = None,
) -> Source:
    """List a folder or a zip by student; nothing is unpacked yet.

    Parameters
    ----------
    source, topic, limits, pattern, ids, zone
        As for `collect`.

    Raises
    ------
    CourseError
        If it is neither folder nor zip, or cannot be read at all.
    """
    files, refused = _read(source, zone, limits)
    entries: list[tuple[str, ArrivedFile | str]] = [(f.path, f) for f in files]
    entries += refused
    layout = find_layout([path for path, _ in entries], topic, pattern)
    found = Source(layout.name)
    bundles: dict[str, Bundle] = {}
    raws: set[tuple[str, str]] = set()
    for path, what in entries:
        whose = layout.whose(path, topic, zone)
        if whose is None:
            why = f"it names no student (names were read as {layout.name})"
            found.nobody.append((path, what if isinstance(what, str) else why))
            continue
        try:
            student = student_id(whose, ids)
        except Refused as problem:
            if isinstance(what, str):
                found.nobody.append((path, what))
            else:
                found.refused[shown(whose.student)] = str(problem)
            continue
        raws.add((whose.student, student))
        bundle = bundles.setdefault(student, Bundle(student))
        if isinstance(what, str):
            bundle.ignored.append(f"{shown(path)}: {what}.")
        else:
            bundle.files.append((what, whose))
    for student, why in colliding(raws).items():
        bundles.pop(student)
        found.refused[student] = why
    found.bundles = [bundles[student] for student in sorted(bundles)]
    return found


def _read(
    source: Path, zone: tzinfo | None, limits: Limits
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    if source.is_dir():
        return read_folder(source, limits)
    if source.is_file() and source.suffix.lower() == ".zip":
        return read_zip(source, zone, limits)
    what = "is neither a folder nor a zip" if source.exists() else "does not exist"
    raise CourseError(f"{source} {what}. Give the folder or zip with the submissions.")
