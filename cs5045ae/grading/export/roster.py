"""The class list, and what is agreed about late submissions: ``roster.csv``.

One line for each student, with ``id`` and what is known of ``name``, ``email``,
``moodle_id``, ``canvas_id``, ``sis_id``, ``login`` and ``section``. The line with the
id ``*`` holds what is agreed with the whole class; the same cell in a student's own
line goes before it:

=======================  =========================================================
``due_01_pca``           when it is due, ISO 8601 with an offset or a zone's name
``zone``                 name of the zone, such as ``Europe/Berlin``, of due times
``extension_01_pca``     days on top of that; ``extension`` for every topic
``late_01_pca``          days it was late (0 for none), before what any clock says
``late_days``            late days that are accepted; empty for any number
``late_percent``         percent off for each late day, ``none`` or ``all``
``keep``                 ``latest`` or ``best`` of several attempts
=======================  =========================================================
"""

import math
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.export.class_columns import column_key, own_columns
from cs5045ae.grading.export.due import named_zone, parse_due
from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.table_file import read_table

__all__ = ["CLASS", "Roster", "Student", "read_roster", "roster_of"]

CLASS = "*"
MOST = 1000
ABOUT = ("name", "email", "moodle_id", "canvas_id", "sis_id", "login", "section")
AGREED = re.compile(
    r"late_days|late_percent|keep|zone|extension|(due|extension|late)_\d\d_[a-z0-9_]+"
)
NEARLY = re.compile(r"(due|ext|late|keep)", re.IGNORECASE)


@dataclass(frozen=True)
class Student:
    """One line of the class list.

    Parameters
    ----------
    id : str
        As in the gradebook.
    name, email, moodle_id, canvas_id, sis_id, login, section : str
        Empty where unknown.
    listed : bool
        False for one who handed in but stands in no line.
    """

    id: str
    name: str = ""
    email: str = ""
    moodle_id: str = ""
    canvas_id: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    listed: bool = field(default=True, kw_only=True)


@dataclass(frozen=True)
class Roster:
    """The class list with what is agreed.

    Parameters
    ----------
    students : dict of str to Student
        By id, in the order of the file.
    agreed : dict of str to dict
        The cells about lateness by id; those of the class under ``*``.
    title : str
        The name of the file.
    notes : tuple of str
        What a person should know about how it was read, a sentence each.
    """

    students: dict[str, Student] = field(default_factory=dict)
    agreed: dict[str, dict[str, str]] = field(default_factory=dict)
    title: str = "roster.csv"
    notes: tuple[str, ...] = ()

    def student(self, student: str) -> Student:
        """Return a student's line, or one with the id alone."""
        return self.students.get(student) or Student(student, listed=False)

    def class_list(self) -> ClassList:
        """Return what `collect` knows students by: ids, numbers and names.

        Raises
        ------
        ValueError
            If two ids could not be kept apart as names of folders.
        """
        try:
            return ClassList(self.students.values(), self.title)
        except CourseError as error:
            raise ValueError(str(error)) from None

    def cell(self, student: str, *columns: str) -> str:
        """Return the first of some cells that is filled, the student's own first."""
        for line in (student, CLASS):
            for column in columns:
                if text := self.agreed.get(line, {}).get(column, ""):
                    return text
        return ""

    def due(self, student: str, topic: str) -> datetime | None:
        """Return when a topic is due, extensions apart; None if nothing is agreed."""
        text = self.cell(student, f"due_{topic}")
        what = f"roster.csv, due_{topic}"
        return parse_due(text, self.zone(student), what) if text else None

    def zone(self, student: str = CLASS) -> ZoneInfo | None:
        """Return the zone that is named for a student, the class by default."""
        name = self.cell(student, "zone")
        return named_zone(name, "roster.csv, zone") if name else None

    def days(self, student: str, *columns: str) -> float | None:
        """Return a number of days from the first of some cells that is filled."""
        text = self.cell(student, *columns)
        return _number(text, f"{columns[0]} of {student}") if text else None

    def percent(self, student: str) -> float:
        """Return the percent taken off for each late day: 0 for none, 100 for all."""
        text = self.cell(student, "late_percent").casefold().rstrip("% ")
        if text in {"", "none", "all"}:
            return 100.0 if text == "all" else 0.0
        percent = _number(text, f"late_percent of {student}")
        if percent > 100:
            raise ValueError(f"roster.csv: late_percent is {percent:g}, over 100.")
        return percent

    def keep(self, student: str) -> str:
        """Return which of several attempts counts: ``latest`` or ``best``."""
        text = self.cell(student, "keep").casefold() or "latest"
        if text not in {"latest", "best"}:
            raise ValueError(f"roster.csv: keep is {text!r}; write latest or best.")
        return text


def roster_of(course: Course, path: Path | None = None) -> Roster:
    """Read the class list that was named, or the course's ``roster.csv``, if any.

    Raises
    ------
    ValueError
        If it cannot be used; see `read_roster`.
    OSError
        If the one that was named cannot be read.
    """
    usual = course.root / "roster.csv"
    if path is None and not usual.exists():
        return Roster()
    return read_roster(path or usual)


def read_roster(path: Path) -> Roster:
    """Read ``roster.csv``, or a class list as another system wrote it.

    Parameters
    ----------
    path : pathlib.Path
        A table of text; see `read_table` and, for the columns, `own_columns`.

    Raises
    ------
    ValueError
        If it is no such table, an id is missing or stands twice, a column is nearly
        one of those above, or one of their cells cannot be understood.
    """
    lines, notes = read_table(path)
    header = lines[0][1] if lines else []
    _check_columns(path.name, header)
    keys = [column_key(name) for name in header]
    for number, cells in lines[1:]:
        if any(cells[len(keys) :]):
            raise ValueError(
                f"{path.name}, line {number} has more cells than the first line."
            )
    table = [(n, dict(zip(keys, cells, strict=False))) for n, cells in lines[1:]]
    rows, id_column = own_columns(keys, table, path.name)
    if id_column:
        column = next((h for h in header if column_key(h) == id_column), id_column)
        notes.append(f"{path.name}: the ids are taken from the column {column}.")
    students: dict[str, Student] = {}
    agreed: dict[str, dict[str, str]] = {}
    for number, line in rows:
        where, student = f"{path.name}, line {number}", line["id"]
        if not student:
            raise ValueError(f"{where} has no id.")
        if student in agreed:
            raise ValueError(f"{where}: the id {student!r} stands in two lines.")
        agreed[student] = {k: v for k, v in line.items() if AGREED.fullmatch(k) and v}
        if student != CLASS:
            about = [line.get(name, "") for name in ABOUT]
            students[student] = Student(student, *about)
    roster = Roster(students, agreed, path.name, tuple(notes))
    _check_cells(roster)
    roster.class_list()
    return roster


def _check_columns(name: str, header: list[str]) -> None:
    keys = [column_key(column) for column in header]
    for column, key in zip(header, keys, strict=True):
        if keys.count(key) > 1 and key:
            raise ValueError(f"{name} has two columns named {column}.")
        own = "id" in keys and "student" not in keys
        if own and NEARLY.match(key) and not AGREED.fullmatch(key):
            raise ValueError(
                f"{name}: the column {column!r} is none that is known. Columns look "
                "like due_01_pca, extension_01_pca, late_days, late_percent, keep."
            )


def _check_cells(roster: Roster) -> None:
    """Read every cell once, so that a mistake shows before the first grade is out."""
    for student, cells in roster.agreed.items():
        roster.percent(student)
        roster.keep(student)
        roster.zone(student)
        for column in cells:
            if column.startswith("due_"):
                roster.due(student, column.removeprefix("due_"))
            elif column not in {"late_percent", "keep", "zone"}:
                roster.days(student, column)


def _number(text: str, what: str) -> float:
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not 0 <= number <= MOST:
        raise ValueError(
            f"roster.csv: {what} is {text!r}; write a number from 0 to {MOST}."
        )
    return number
