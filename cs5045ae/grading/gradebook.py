"""nbgrader's gradebook: filled from verdicts, read for what people have graded."""

import copy
import dataclasses
import hashlib
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from nbgrader.api import (
    Assignment,
    BaseCell,
    Grade,
    Gradebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from cs5045ae.course.nbgrader_steps import NotGraded, autograde, generate, settings
from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.database import (
    file_of,
    file_trouble,
    make_whole,
    reachable,
    usable,
)
from cs5045ae.grading.intake.records import Record, write_whole
from cs5045ae.grading.ledger import Entry, read_entry, write_entry
from cs5045ae.grading.verdict import Verdict, verdict_folder

__all__ = ["CellGrade", "fill", "is_filled", "open_config", "prepare", "read_grades"]


@dataclass(frozen=True)
class CellGrade:
    """What the gradebook says of one cell of one student.

    Parameters
    ----------
    auto : float or None
        Points of the checks; 0 for a text that was not changed.
    manual : float or None
        Points that a person gave; they go before.
    extra : float
        Extra credit.
    waiting : bool
        Whether a person has to look at it.
    """

    auto: float | None
    manual: float | None
    extra: float
    waiting: bool


def open_config(course: Course, db: str | None = None) -> Config:
    """Return nbgrader's options for a course, with its own gradebook or another one.

    Parameters
    ----------
    course : Course
        The course.
    db : str, optional
        An address as SQLAlchemy takes it, such as ``postgresql://user@host/name``.

    Raises
    ------
    CourseError
        If `db` is no such address, or no database answers there, or nbgrader cannot
        work in a folder of that name.
    """
    course.require_plain_path()
    config = settings(course.root, course.root)
    if db:
        config.CourseDirectory.db_url = reachable(db)
    return config


def prepare(course: Course, topic: str, config: Config) -> None:
    """Let the gradebook know the topic as its solution stands today.

    Raises
    ------
    CourseError
        If nbgrader refuses.
    """
    with usable(_url(config)):
        make_whole(_url(config), CourseDirectory(config=config).course_id)
    stamp = verdict_folder(course.root) / topic / "released.txt"
    source = course.solution(topic).read_bytes()
    wanted = hashlib.sha256(source + _url(config).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == wanted:
        with usable(_url(config)), Gradebook(_url(config)) as gradebook:
            if any(known.name == topic for known in gradebook.assignments):
                return
    with tempfile.TemporaryDirectory(prefix="cs5045ae-") as scratch:
        folder = Path(scratch).resolve()
        (folder / "solutions" / topic).mkdir(parents=True)
        shutil.copy(course.solution(topic), folder / "solutions" / topic)
        elsewhere = copy.deepcopy(config)
        elsewhere.CourseDirectory.root = str(folder)
        elsewhere.CourseDirectory.db_url = _url(config)
        try:
            generate(elsewhere, topic, database=True)
        except NotGraded as reason:
            why = file_trouble(_url(config), str(reason))
            told = why or f"nbgrader does not take {topic}: {reason}"
            raise CourseError(told) from None
    write_whole(stamp, wanted.encode())


def fill(course: Course, record: Record, verdict: Verdict, config: Config) -> str:
    """Put a verdict into the gradebook and the marked notebook into ``autograded/``.

    It may be done any number of times. What a person has graded stays; it has to be
    looked at again only if the submission is another one.

    Returns
    -------
    str
        Why nbgrader did not take it; empty if it did.
    """
    topic, student, root = record.topic, record.student, course.root
    before = read_entry(root, topic, student) or Entry()
    reviewed = set(before.reviewed)
    for name, grade in read_grades(config, topic, [student]).get(student, {}).items():
        if grade.manual is not None and not grade.waiting:
            reviewed.add(name)
    if reviewed:
        kept = Entry(before.key, before.record, sorted(reviewed))
        write_entry(root, topic, student, kept)
    again = copy.deepcopy(config)
    again.Autograde.force = True
    again.Judge.key = verdict.key  # this one, whatever the seed or the checks are now
    try:
        autograde(again, topic, student)
    except NotGraded as reason:
        why = file_trouble(_url(config), str(reason)) or str(reason)
        return f"The gradebook was not filled: {why}"
    if reviewed and before.submission == record.submitted_sha256:
        _close(config, topic, student, reviewed)
    done = Entry(verdict.key, dataclasses.asdict(record))
    write_entry(root, topic, student, done)
    return ""


def is_filled(
    course: Course,
    verdict: Verdict,
    entry: Entry | None,
    grades: dict[str, CellGrade],
) -> bool:
    """Tell whether gradebook and ``autograded/`` hold a verdict already."""
    topic, student = verdict.topic, verdict.student
    marked = course.root / "autograded" / student / topic / f"{topic}.ipynb"
    if entry is None or entry.key != verdict.key or not marked.is_file():
        return False
    return all(
        cell.points is None
        or (cell.grade_id in grades and grades[cell.grade_id].auto == cell.points)
        for cell in verdict.cells
    )


def read_grades(
    config: Config, topic: str, students: Iterable[str] | None = None
) -> dict[str, dict[str, CellGrade]]:
    """Return what the gradebook holds, by student and cell; makes no gradebook.

    Parameters
    ----------
    config : traitlets.config.Config
        From `open_config`.
    topic : str
        Such as ``01_pca``.
    students : iterable of str, optional
        All by default.

    Raises
    ------
    CourseError
        If the gradebook is locked or cannot be read.
    """
    file = file_of(_url(config))
    if file is not None and not file.is_file():
        return {}
    found: dict[str, dict[str, CellGrade]] = {}
    with usable(_url(config)), Gradebook(_url(config)) as gradebook:
        for student, name, grade in _grades(gradebook, topic, students):
            found.setdefault(student, {})[name] = CellGrade(
                grade.auto_score,
                grade.manual_score,
                grade.extra_credit or 0.0,
                bool(grade.needs_manual_grade),
            )
    return found


def _grades(
    gradebook: Gradebook, topic: str, students: Iterable[str] | None
) -> list[tuple[str, str, Grade]]:
    query = (
        gradebook.db.query(Student.id, BaseCell.name, Grade)
        .select_from(Grade)
        .join(BaseCell, Grade.cell_id == BaseCell.id)
        .join(SubmittedNotebook, Grade.notebook_id == SubmittedNotebook.id)
        .join(
            SubmittedAssignment,
            SubmittedNotebook.assignment_id == SubmittedAssignment.id,
        )
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(Student, SubmittedAssignment.student_id == Student.id)
        .filter(Assignment.name == topic)
    )
    if students is not None:
        query = query.filter(Student.id.in_(list(students)))
    return [(student, name, grade) for student, name, grade in query]


def _close(config: Config, topic: str, student: str, names: set[str]) -> None:
    """Mark cells that a person had graded as done again."""
    with usable(_url(config)), Gradebook(_url(config)) as gradebook:
        for _, name, grade in _grades(gradebook, topic, [student]):
            if name in names and grade.manual_score is not None:
                grade.needs_manual_grade = False
        gradebook.db.commit()


def _url(config: Config) -> str:
    return str(CourseDirectory(config=config).db_url)
