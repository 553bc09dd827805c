"""Do spreadsheets, Canvas and Moodle read the tables as they were meant?

The readers here follow the documented formats: what each system looks up, and how.
"""

import csv
import io
import re

import pytest

from cs5045ae.grading.export import Roster, Row, export
from cs5045ae.grading.export.cells import key
from cs5045ae.grading.export.roster import Student

TOPIC = "01_pca"
IDS = ["007", "123456789012", "1E5", "=1+2", "-anna", "+49 30", "@ben", "0x1F", "2-3"]


def written(folder, ids=IDS, **more):
    """Export a class of some ids, and return the bytes of each table by its kind."""
    students = {
        student: Student(student, f"Zoë Müller {n}", sis_id=student, login=student)
        for n, student in enumerate(ids)
    }
    rows = [
        Row(
            student,
            TOPIC,
            n + 0.5,
            20,
            "graded",
            tasks={"t": (n, 20)},
            handed_in="2026-11-25T12:00:00+00:00",
            lms="moodle",
            lms_id=str(100 + n),
            **more,
        )
        for n, student in enumerate(ids)
    ]
    paths = export(rows, Roster(students), folder)
    return {path.stem.partition("-")[2]: path.read_bytes() for path in paths}


def as_spreadsheet(data):
    """Read as Excel does on a double click: by the mark, or in an old encoding."""
    marked = data.startswith(b"\xef\xbb\xbf")
    text = data.decode("utf-8-sig" if marked else "cp1252", "replace")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("kind", ["", "tasks"])
def test_tables_for_people_open_with_every_letter_and_no_formula(tmp_path, kind):
    lines = as_spreadsheet(written(tmp_path)[kind])
    assert [line["name"] for line in lines] == [
        f"Zoë Müller {n}" for n in range(len(IDS))
    ]
    for line, student in zip(lines, IDS, strict=True):
        assert line["student"].removeprefix("'") == student
        assert line["student"][0] not in "=+-@"


@pytest.mark.parametrize("kind", ["", "tasks"])
def test_a_program_that_knows_no_mark_still_finds_every_id(tmp_path, kind):
    text = written(tmp_path)[kind].decode("utf-8")
    lines = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [line["student"].removeprefix("'") for line in lines] == IDS


def canvas_import(data):
    """Read as Canvas's gradebook does, and return points by each key of a student.

    The first line begins with Student and ID; the columns of a student end with
    Section; a line whose first cell says Points Possible describes the assignments.
    """
    assert not data.startswith(b"\xef\xbb\xbf"), "would belong to the name Student"
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    assert header[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert all(len(line) == len(header) for line in lines)
    # Canvas takes a semicolon between cells if the first lines allow for it.
    assert not any(";" in line for line in data.decode().splitlines()[:3])
    possible = [line for line in lines if "Points Possible" in line[0]]
    assert [line[5:] for line in possible] == [["20"] * (len(header) - 5)]
    assert lines[0] == possible[0]
    return {
        name: {line[column]: line[5] for line in lines[1:]}
        for column, name in enumerate(header[:5])
    }


def test_canvas_finds_every_student_by_the_same_letters(tmp_path):
    points = canvas_import(written(tmp_path)["canvas"])
    for column in ("SIS User ID", "SIS Login ID"):
        assert points[column] == {s: f"{n}.5" for n, s in enumerate(IDS)}


def moodle_import(data):
    """Read as Moodle's grading worksheet is, and return grades by number.

    Three columns are found by their names; the number is what follows "Participant ";
    a line without a grade is passed over; PHP takes a backslash before a quote as part
    of the cell.
    """
    text = data.decode("utf-8").removeprefix("\ufeff")
    assert '\\"' not in text
    header, *lines = csv.reader(io.StringIO(text, newline=""))
    assert all(len(line) == len(header) for line in lines)
    number, grade = header.index("Identifier"), header.index("Grade")
    assert "Last modified (grade)" in header
    return {
        int(line[number][len("Participant ") :]): float(line[grade])
        for line in lines
        if line[grade] and re.fullmatch(r"Participant \d+", line[number])
    }


def test_moodle_finds_every_student_by_its_number(tmp_path):
    data = written(tmp_path)["moodle"]
    assert data.startswith(b"Identifier,")
    assert moodle_import(data) == {100 + n: n + 0.5 for n in range(len(IDS))}


@pytest.mark.parametrize("name", ['Neil "Q\\', "a\\", 'x\\"y', "Doe, Jane", "a;b;c"])
def test_a_name_does_not_break_the_table_for_the_others(tmp_path, name):
    people = {s: Student(s, name, email=name) for s in ("a", "b")}
    rows = [
        Row(s, TOPIC, 7, 20, "graded", lms="moodle", lms_id=str(n))
        for n, s in enumerate(people)
    ]
    paths = export(rows, Roster(people), tmp_path)
    assert moodle_import(paths[3].read_bytes()) == {0: 7, 1: 7}


@pytest.mark.parametrize(
    "value",
    ['=HYPERLINK("http://x")', "=cmd|'/c calc'!A1", "@SUM(A1)", "+A1!B2", "-f(x)"],
)
def test_what_would_call_something_is_no_id(value):
    assert key(value) == f"'{value}"
