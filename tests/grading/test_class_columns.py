"""Class lists as Canvas, Moodle, nbgrader, spreadsheets and offices write them."""

import pytest

from cs5045ae.grading.export import read_roster

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Blatt 1 (77)
    Points Possible,,,,,20
"Roe, Ann",101,S1,ann,A,3
"O'Neil, Seán",102,S2,sean,B,
"Student, Test",999,,,A,
"""
WORKSHEET = """Identifier,Full name,Email address,Status,Grade,Maximum Grade
Participant 4711,Ann Roe,ann@x.edu,,,
Participant 4712,Bob Lee,bob@x.edu,,,
"""
CASES = {
    "Canvas": (CANVAS, {"S1": "Roe, Ann", "S2": "O'Neil, Seán"}),
    "Canvas without SIS": (
        CANVAS.replace("SIS User ID", "x").replace("sean", ""),
        {"101": "Roe, Ann", "102": "O'Neil, Seán"},
    ),
    "Moodle's worksheet": (WORKSHEET, {"ann@x.edu": "Ann Roe", "bob@x.edu": "Bob Lee"}),
    "Moodle's worksheet, German": (
        "ID-Nummer;Vollständiger Name;E-Mail-Adresse\n7;Ann Roe;a@x\n8;Bob Lee;\n",
        {"7": "Ann Roe", "8": "Bob Lee"},
    ),
    "Moodle's participants": (
        "First name,Last name,Username,Groups\nAnn,Roe,ar1,A\nBob,Lee,bl2,B\n",
        {"ar1": "Ann Roe", "bl2": "Bob Lee"},
    ),
    "Moodle's participants, German": (
        "Vorname;Nachname;E-Mail-Adresse;Gruppen\nAnn;Roe;a@x;\nBob;Lee;b@x;\n",
        {"a@x": "Ann Roe", "b@x": "Bob Lee"},
    ),
    "nbgrader": (
        "id,first_name,last_name,email,lms_user_id\nar,Ann,Roe,,\nbl,Bob,Lee,,\n",
        {"ar": "Ann Roe", "bl": "Bob Lee"},
    ),
    "an office": (
        "Matrikelnummer;Name;Vorname\n0123;Roe;Ann\n0124;Lee;Bob\n",
        {"0123": "Ann Roe", "0124": "Bob Lee"},
    ),
    "GitHub Classroom": (
        "identifier,github_username,github_id,name\nar,annroe,1,Ann\nbl,bobl,2,Bob\n",
        {"ar": "Ann", "bl": "Bob"},
    ),
    "a spreadsheet": ('sep=;\r\nId;Name\r\n="007";Ann Roe\r\n8;Bob\r\n', {"007": ""}),
}


@pytest.fixture
def read(tmp_path):
    def roster(text, encoding="utf-8-sig"):
        path = tmp_path / "roster.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return read_roster(path)

    return roster


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_lists_of_other_systems_are_read_by_their_own_columns(read, kind, encoding):
    text, expected = CASES[kind]
    students = read(text, encoding).students
    assert list(students) == (list(expected) if len(expected) > 1 else ["007", "8"])
    for one, name in expected.items():
        assert students[one].name == name or not name


def test_which_column_holds_the_ids_is_said(read):
    assert read(CANVAS).notes == (
        "roster.csv: the ids are taken from the column SIS User ID.",
    )
    assert read("Id,name\na,\n").notes == ()


def test_numbers_of_systems_are_kept(read):
    assert read(CANVAS).students["S1"].canvas_id == "101"
    assert read(WORKSHEET).students["bob@x.edu"].moodle_id == "4712"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,name\n1,23457E+11,Ann\n", "more cells"),
        ("id;name\n1,23457E+11;Ann\n", r"line 2: a spreadsheet rounded the id to 1,23"),
        ("id,name\n1.23457e+11,Ann\n", "digits are lost"),
        ("id,moodle_id\nann,4E+05\n", "rounded the moodle_id"),
        ("name,points\nAnn,1\n", "no column named id.*Its columns are name, points"),
        ("Username,name\na,Ann\na,Bob\n", "no column named id"),
        (b"PK\x03\x04xl/workbook.xml", "Excel.*save it as CSV UTF-8"),
        (b"", "is empty"),
        ("id\nann\nAnn\n", "cannot be kept apart"),
        ("id\n../x\n", "looks like a path"),
        ("id,due_01_pca,Due_01_PCA\na,,\n", "two columns named"),
    ],
)
def test_a_list_that_cannot_be_used_says_why(read, text, words):
    with pytest.raises(ValueError, match=words):
        read(text)


def test_ids_are_never_changed_in_silence(read):
    people = read("id,name\n007,A\n7.0,B\nO'Hara; Kim,C\n  x y ,D\n")
    assert list(people.students) == ["007", "7.0", "O'Hara; Kim", "x y"]
