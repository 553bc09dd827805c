"""What is in a source, sorted by student."""

from dataclasses import dataclass, field
from datetime import tzinfo
from pathlib import Path

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.archives import open_archives
from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.files import (
    ArrivedFile,
    Limits,
    Refused,
    is_notebook,
    shown,
)
from cs5045ae.grading.intake.folders import read_folder
from cs5045ae.grading.intake.identities import Identities
from cs5045ae.grading.intake.layouts import Layout, find_layout
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.recognise import Known, recognise, who_it_may_be
from cs5045ae.grading.intake.same_name import solid
from cs5045ae.grading.intake.students import colliding, student_id
from cs5045ae.grading.intake.system_files import system_part
from cs5045ae.grading.intake.zips import read_zip

__all__ = ["Bundle", "Doubt", "Source", "read_source"]


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
    heads : list of Whose
        How the student stands in the source.
    """

    student: str
    files: list[tuple[ArrivedFile, Whose]] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    heads: list[Whose] = field(default_factory=list)


@dataclass(frozen=True)
class Doubt:
    """Somebody of whom nothing is taken until a person says who it is.

    Parameters
    ----------
    whose : Whose
        How the student stands in the source.
    reason : str
        Why it is in doubt, in a sentence without its full stop.
    candidates : tuple of str
        Ids of the class list that may be meant.
    """

    whose: Whose
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass
class Source:
    """What a folder or a zip holds.

    Parameters
    ----------
    layout : str
        How its names were read.
    topic : str
        Such as ``01_pca``.
    bundles : list of Bundle
        One for each student.
    refused : dict of str to str
        From ids that cannot be used to the reason.
    nobody : list of (str, str)
        Files that name no student, and why.
    doubts : list of Doubt
        Students of whom nothing is taken.
    system : list of str
        Files that computers left there.
    """

    layout: str
    topic: str
    bundles: list[Bundle] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    nobody: list[tuple[str, str]] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    system: list[str] = field(default_factory=list)


def read_source(
    source: Path,
    topic: str,
    limits: Limits,
    *,
    pattern: str | None = None,
    depth: int | None = None,
    people: ClassList | None = None,
    identities: Identities | None = None,
    zone: tzinfo | None = None,
) -> Source:
    """List a folder or a zip by student; nothing is unpacked to disk.

    Parameters
    ----------
    source, topic, limits, pattern, depth, people, identities, zone
        As for `collect`.

    Raises
    ------
    CourseError
        If it is neither folder nor zip, or cannot be read at all.
    """
    people, identities = people or ClassList(), identities or Identities()
    files, refused = _read(source, zone, limits)
    entries: list[tuple[str, ArrivedFile | str]] = [(f.path, f) for f in files]
    entries += refused
    layout = find_layout(
        [path for path, _ in entries if system_part(path) < 0],
        topic,
        pattern,
        depth=depth,
        known=(lambda w: bool(who_it_may_be(w, people, topic))) if people else None,
    )
    found = Source(layout.name, topic)
    heads: dict[tuple[str, str], Bundle] = {}
    for path, what in entries:
        _sort_in(path, what, layout.whose(path, topic, zone), layout, found, heads)
    _leave_out_test_student(heads, people, found)
    known = recognise([b.heads[0] for b in heads.values()], people, identities, topic)
    found.bundles = _bundles(heads, known, people, found)
    for bundle in found.bundles:
        bundle.files, ignored, system = open_archives(bundle.files, topic, limits)
        bundle.ignored += ignored
        found.system += system
    return found


def _sort_in(
    path: str,
    what: ArrivedFile | str,
    whose: Whose | None,
    layout: Layout,
    found: Source,
    heads: dict[tuple[str, str], Bundle],
) -> None:
    """Put a file where it belongs: to a student, to a computer, or to nobody."""
    system = system_part(path)
    if system >= 0:
        found.system.append(path)
    if whose is None or 0 <= system <= layout.depth:
        why = f"it names no student (names were read as {layout.name})"
        if is_notebook(path):
            why += f"; rename it <id>_{found.topic}.ipynb, or put it in a folder <id>"
        if system < 0:
            found.nobody.append((path, what if isinstance(what, str) else why))
        return
    bundle = heads.setdefault(whose.key, Bundle("", heads=[whose]))
    if system >= 0:
        return
    if isinstance(what, str):
        bundle.ignored.append(f"{shown(path)}: {what}.")
    else:
        bundle.files.append((what, whose))


def _leave_out_test_student(
    heads: dict[tuple[str, str], Bundle], people: ClassList, found: Source
) -> None:
    """Take out what Canvas's "Student, Test" handed in, unless the class has one."""
    for key, bundle in list(heads.items()):
        whose = bundle.heads[0]
        test = whose.system == "canvas" and solid(whose.name) == "studenttest"
        if test and not people.by_name(whose.name):
            del heads[key]
            path = bundle.files[0][0].path if bundle.files else whose.label
            found.nobody.append((path, "it is of Canvas's test student"))


def _bundles(
    heads: dict[tuple[str, str], Bundle],
    known: dict[tuple[str, str], Known],
    people: ClassList,
    found: Source,
) -> list[Bundle]:
    """Return what is taken, by the name on disk; the rest goes into `found`."""
    bundles: dict[str, Bundle] = {}
    pairs: set[tuple[str, str]] = set()
    for key, bundle in heads.items():
        one, whose = known[key], bundle.heads[0]
        if one.doubt:
            found.doubts.append(Doubt(whose, one.doubt, one.candidates))
            continue
        try:
            student = people.disk.get(one.id) or student_id(one.id)
        except Refused as problem:
            if bundle.files:
                found.refused[shown(one.id)] = str(problem)
            else:
                for text in bundle.ignored:
                    path, _, why = text.partition(": ")
                    found.nobody.append((path, why.rstrip(".")))
            continue
        pairs.add((one.id, student))
        merged = bundles.setdefault(student, Bundle(student))
        merged.files += bundle.files
        merged.ignored += bundle.ignored
        merged.heads += bundle.heads
    for student, why in colliding(pairs).items():
        bundles.pop(student)
        found.refused[student] = why
    return [bundles[student] for student in sorted(bundles)]


def _read(
    source: Path, zone: tzinfo | None, limits: Limits
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    if source.is_dir():
        return read_folder(source, limits)
    if source.is_file() and source.suffix.lower() == ".zip":
        return read_zip(source, zone, limits)
    what = "is neither a folder nor a zip" if source.exists() else "does not exist"
    raise CourseError(f"{source} {what}. Give the folder or zip with the submissions.")
