"""Do the tables say what was graded, to programs and to spreadsheets alike?"""

import csv
import random
from dataclasses import replace

import pandas
import pytest

from cs5045ae.grading.export import Roster, Row, export, read_roster
from cs5045ae.grading.export.cells import number, text, write_table
from cs5045ae.grading.export.late import settle

TOPIC = "01_pca"
DUE = "2026-11-25T23:59:00+01:00"
HEAD = "id,name,email,moodle_id,canvas_id,sis_id,login,section"


@pytest.fixture
def roster(tmp_path):
    """Return a function that reads a roster given as lines."""

    def read(*lines, head=HEAD, encoding="utf-8"):
        path = tmp_path / "roster.csv"
        path.write_bytes("\n".join([head, *lines]).encode(encoding))
        return read_roster(path)

    return read


def graded(student, points, handed_in="2026-11-25T12:00:00+00:00", **more):
    return Row(student, TOPIC, points, 20, "graded", handed_in=handed_in, **more)


def by_student(rows, roster, topics=()):
    return {one.student.id: one for one in settle(rows, roster, topics)}


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


AGREED = HEAD + ",due_01_pca,extension_01_pca,late_days,late_percent,keep"


def agreed(**cells):
    """Return the cells about lateness of a line."""
    names = ["due_01_pca", "extension_01_pca", "late_days", "late_percent", "keep"]
    return ",".join(str(cells.get(name, "")) for name in names)


def test_missing_not_graded_manual_and_zero_are_four_different_things(roster, tmp_path):
    class_list = roster(*(f"{name}" for name in ("a", "b", "c", "d", "e")), head="id")
    rows = [
        graded("a", 0),
        Row("b", TOPIC, 12, 20, "needs manual", handed_in=DUE),
        Row("c", TOPIC, None, 20, "not graded", "The kernel died.", handed_in=DUE),
        graded("d", 17.5),
    ]
    paths = export(rows, class_list, tmp_path / "out")
    assert [p.name for p in paths] == [
        "01_pca.csv",
        "01_pca-tasks.csv",
        "01_pca-canvas.csv",
        "01_pca-moodle.csv",
    ]
    plain = [
        (r["student"], r["points"], r["status"], r["reason"]) for r in read(paths[0])
    ]
    assert plain == [
        ("a", "0", "graded", ""),
        ("b", "12", "needs manual", ""),
        ("c", "", "not graded", "The kernel died."),
        ("d", "17.5", "graded", ""),
        ("e", "", "missing", ""),
    ]
    canvas = read(paths[2])
    assert canvas[0]["Student"] == "    Points Possible"
    assert [r["01_pca"] for r in canvas] == ["20", "0", "", "", "17.5", ""]
    moodle = read(paths[3])
    assert [(r["Grade"], r["Status"]) for r in moodle] == [
        ("0", "graded"),
        ("", "needs manual"),
        ("", "not graded"),
        ("17.5", "graded"),
        ("", "missing"),
    ]
    frame = pandas.read_csv(paths[0])
    assert frame["points"].isna().tolist() == [False, False, True, False, True]
    assert frame["points"].sum() == 29.5


HOSTILE = [
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "＝1+1",
    "\u200b=1+1",
    "\ufeff=1+1",
    "\0=1+1",
    "\u202e=1+1",
    "\v=1",
]
NAMES = [
    "Doe, Jane",
    'O"Neil "Q"',
    "a;b",
    "日本 太郎",
    "line\nbreak",
    "x" * 300,
    "Ünal\ttab",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_is_left_that_a_spreadsheet_would_run(value):
    made = text(value)
    assert made.startswith("'")
    assert not set(made) & set("\t\r\n\0\v")
    assert text("safe = 1") == "safe = 1"
    assert text("") == ""


@pytest.mark.parametrize("name", [*NAMES, *HOSTILE])
def test_any_name_stays_in_its_own_cell(tmp_path, name):
    rows = [
        graded("s1", 7, reason=name, tasks={name: (1, 2)}, reasons={name: name}),
        graded("s2", 8),
    ]
    people = Roster(
        {s: read_student(s, name) for s in ("s1", "s2")},
        {},
    )
    paths = export(rows, people, tmp_path)
    for path in paths:
        with open(path, encoding="utf-8-sig", newline="") as stream:
            lines = list(csv.reader(stream))
        assert {len(line) for line in lines} == {len(lines[0])}
        for line in lines:
            for cell in line:
                assert cell == "-" or cell.lstrip()[:1] not in {
                    "=",
                    "+",
                    "-",
                    "@",
                    "＝",
                }
        frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
        assert frame.values.tolist() == lines[1:]
    assert [r["points"] for r in read(paths[0])] == ["7", "8"]


def read_student(student, name):
    from cs5045ae.grading.export.roster import Student

    return Student(student, name, email=name, section=name)


@pytest.mark.parametrize("seed", range(5))
def test_points_come_back_as_they_went_in(tmp_path, seed):
    dice = random.Random(seed)
    rows = [graded(f"s{n}", round(dice.uniform(0, 20), 4)) for n in range(40)]
    paths = export(rows, Roster(), tmp_path)
    frame = pandas.read_csv(paths[0], dtype={"student": str}).set_index("student")
    assert frame["points"].to_dict() == {row.student: row.points for row in rows}
    assert (number(20.0), number(0), number(1e-9), number(None)) == ("20", "0", "0", "")


def test_moodle_gets_the_number_from_the_files_name_and_canvas_its_own(
    roster, tmp_path
):
    people = roster("a,Ann,ann@x.edu,900,77,S1,ann1,A", "b,Bob,b@x.edu,901,,,,")
    rows = [
        graded("a", 1, lms="moodle", lms_id="12345"),
        graded("b", 2, lms="canvas", lms_id="88"),
        graded("c", 3),
    ]
    paths = export(rows, people, tmp_path, titles={TOPIC: "Exercise 1 (4711)"})
    moodle = read(paths[3])
    assert [r["Identifier"] for r in moodle] == [
        "Participant 12345",
        "Participant 901",
        "",
    ]
    assert set(moodle[0]) >= {"Identifier", "Grade", "Last modified (grade)"}
    canvas = read(paths[2])[1:]
    assert [
        (r["Student"], r["ID"], r["SIS User ID"], r["Section"]) for r in canvas
    ] == [
        ("Ann", "77", "S1", "A"),
        ("Bob", "88", "", ""),
        ("c", "", "", ""),
    ]
    assert [r["Exercise 1 (4711)"] for r in canvas] == ["1", "2", "3"]
    assert read(paths[0])[2]["reason"] == "Not in the roster."


def test_all_topics_stand_in_one_table_and_one_sheet_each_for_moodle(tmp_path):
    rows = [graded("a", 5), Row("a", "02_basic", 6, 10, "graded"), graded("b", 7)]
    paths = export(rows, Roster(), tmp_path)
    assert sorted(p.name for p in paths) == [
        "01_pca-moodle.csv",
        "02_basic-moodle.csv",
        "all-canvas.csv",
        "all-tasks.csv",
        "all.csv",
    ]
    canvas = read(tmp_path / "all-canvas.csv")
    assert [(r["01_pca"], r["02_basic"]) for r in canvas] == [
        ("20", "10"),
        ("5", "6"),
        ("7", ""),
    ]


def test_a_name_from_the_source_stands_in_where_the_roster_has_none(tmp_path):
    rows = [replace(graded("a", 3), name="Ada Lovelace"), graded("b", 4)]
    paths = export(rows, Roster(), tmp_path)
    assert [r["name"] for r in read(paths[0])] == ["Ada Lovelace", ""]
    moodle = read(tmp_path / "01_pca-moodle.csv")
    assert [r["Full name"] for r in moodle] == ["Ada Lovelace", "b"]


def test_tasks_are_a_line_each(tmp_path):
    tasks = {"center": (0, 2), "text": (None, 2)}
    rows = [graded("a", 3, tasks=tasks, reasons={"center": "=not right yet"})]
    paths = export(rows, Roster(), tmp_path)
    told = [(r["task"], r["points"], r["max"], r["reason"]) for r in read(paths[1])]
    assert told == [("center", "0", "2", "'=not right yet"), ("text", "", "2", "")]


@pytest.mark.parametrize(
    ("handed_in", "percent", "accepted", "points", "days"),
    [
        ("2026-11-25T22:59:00+00:00", 10, "", 20, 0),
        ("2026-11-25T22:59:01+00:00", 10, "", 18, 1),
        ("2026-11-26T22:59:00+00:00", 10, "", 18, 1),
        ("2026-11-26T22:59:01+00:00", 10, "", 16, 2),
        ("2026-11-26T04:29:00+05:30", "10 %", "", 20, 0),
        ("2026-12-25T00:00:00Z", 10, "", 0, 30),
        ("2026-11-27T12:00:00Z", 10, 2, 16, 2),
        ("2026-11-27T12:00:00Z", 10, 1, 0, 2),
        ("2026-11-27T12:00:00Z", "none", "", 20, 2),
        ("2026-11-27T12:00:00Z", "", "", 20, 2),
        ("2026-11-25T23:30:00Z", "all", "", 0, 1),
        ("2026-11-25T12:00:00Z", "all", 0, 20, 0),
    ],
)
def test_late_days_cost_what_is_agreed(
    roster, handed_in, percent, accepted, points, days
):
    cells = agreed(due_01_pca=DUE, late_percent=percent, late_days=accepted)
    people = roster("*" + "," * 8 + cells, "a" + "," * 8 + agreed(), head=AGREED)
    one = by_student([graded("a", 20, handed_in)], people)["a"]
    assert (one.points, one.days_late) == (points, days)
    assert ("off" in one.reason) == (points < 20)


def test_a_students_own_line_goes_before_the_class(roster):
    people = roster(
        "*" + "," * 8 + agreed(due_01_pca=DUE, late_percent="all"),
        "a" + "," * 8 + agreed(extension_01_pca=2),
        "b" + "," * 8 + agreed(extension_01_pca="1,5").replace("1,5", "1.5"),
        "c" + "," * 8 + agreed(late_percent=5),
        "d" + "," * 8 + agreed(),
        head=AGREED,
    )
    when = "2026-11-27T12:00:00Z"
    found = by_student([graded(s, 20, when) for s in "abcd"], people)
    assert {s: one.points for s, one in found.items()} == {
        "a": 20,
        "b": 0,
        "c": 18,
        "d": 0,
    }


def test_what_canvas_said_goes_before_the_clock_and_the_roster_before_both(roster):
    people = roster(
        f"*,{DUE},10,,",
        "onTime,,,,",
        "late,,,,",
        "excused,,,3,",
        "told,,,,3",
        head="id,due_01_pca,late_percent,extension,late_01_pca",
    )
    download = "2026-11-27T12:00:00Z"
    early = "2026-11-25T12:00:00Z"
    rows = [
        graded("onTime", 20, download, late_mark=False),
        graded("late", 20, early, late_mark=True),
        graded("excused", 20, download, late_mark=True),
        graded("told", 20, download, late_mark=False),
    ]
    for doubt in ("", "Canvas writes no time"):
        found = by_student([replace(row, doubt=doubt) for row in rows], people)
        assert {s: one.points for s, one in found.items()} == {
            "onTime": 20,
            "late": 18,
            "excused": 20,
            "told": 14,
        }


DOWNLOADED = "2027-01-20T12:00:00Z"


@pytest.mark.parametrize(
    ("due", "extension", "percent", "days", "points"),
    [
        (DUE, "", 10, 1, 18),
        ("", "", 10, 1, 18),
        (DUE, "", "all", 1, 0),
        ("2027-02-01T00:00Z", "", 10, 1, 18),
        (DUE, 2, 10, None, 20),
        ("", 2, 10, None, 20),
        (DUE, 90, 10, 0, 20),
    ],
)
def test_late_without_a_time_is_one_day_whenever_it_was_downloaded(
    roster, due, extension, percent, days, points
):
    head = "id,due_01_pca,extension_01_pca,late_percent"
    people = roster(f"*,{due},{extension},{percent}", "a,,,", head=head)
    row = graded("a", 20, DOWNLOADED, late_mark=True, doubt="Canvas writes none")
    one = by_student([row], people)["a"]
    assert (one.days_late, one.points) == (days, points)
    assert ("set late_01_pca in roster.csv" in one.reason) == (days is None)
    assert ("Canvas marked it LATE" in one.reason) == (days != 0)


@pytest.mark.parametrize(
    ("cells", "days", "points", "handed_in"),
    [
        (f"{DUE},,,10", "", "20", ""),
        (f"{DUE},,,all", "", "20", ""),
        (f"{DUE},,2,10", "2", "16", ""),
        (f"{DUE},,0,10", "0", "20", ""),
        (f"{DUE},200,,10", "0", "20", ""),
        (",,,10", "0", "20", ""),
        ("2027-02-01T00:00Z,,,10", "0", "20", ""),
    ],
)
def test_an_unknown_time_costs_nothing_until_a_person_decides(
    roster, tmp_path, cells, days, points, handed_in
):
    head = "id,due_01_pca,extension_01_pca,late_01_pca,late_percent"
    people = roster(f"*,{cells}", "a,,,,", head=head)
    row = graded("a", 20, DOWNLOADED, doubt="its file was copied")
    (line,) = read(export([row], people, tmp_path / "out")[0])
    assert (line["days_late"], line["points"]) == (days, points)
    assert (line["status"], line["handed_in"]) == ("graded", handed_in)
    asked = "Time of hand-in unknown: set late_01_pca in roster.csv" in line["reason"]
    assert asked == (days == "")


def test_latest_or_best_after_lateness(roster):
    cells = {"due_01_pca": DUE, "late_percent": 50}
    rows = [
        graded("a", 12, "2026-11-25T10:00:00Z"),
        graded("a", 20, "2026-11-26T10:00:00Z"),
        Row("a", TOPIC, None, 20, "not graded", handed_in="2026-11-24T10:00:00Z"),
    ]
    for keep, points in (("latest", 10), ("best", 12), ("", 10)):
        people = roster("*" + "," * 8 + agreed(**cells, keep=keep), head=AGREED)
        for order in (rows, rows[::-1]):
            assert by_student(order, people)["a"].points == points


def test_a_due_date_that_moves_changes_the_grade_without_grading_again(
    roster, tmp_path
):
    rows = [graded("a", 20, "2026-11-27T12:00:00Z")]
    seen = []
    for due in (DUE, "2026-11-28T00:00:00Z", DUE):
        people = roster(
            "*" + "," * 8 + agreed(due_01_pca=due, late_percent=10), head=AGREED
        )
        seen.append(read(export(rows, people, tmp_path / "out")[0])[0]["points"])
    assert seen == ["16", "20", "16"]


@pytest.mark.parametrize(
    ("head", "line", "words"),
    [
        ("name", "a", "no column named id"),
        ("id,name", ",Ann", "line 2 has no id"),
        ("id", "a\na", "stands in two lines"),
        ("id,id", "a,b", "two columns named id"),
        ("id", "a,b,c", "more cells"),
        ("id,due01_pca", "a,", "due_01_pca"),
        ("id,extention_01_pca", "a,1", "none that is known"),
        ("id,due_01_pca", "*,2026-11-25 23:59", "does not say its time zone"),
        ("id,due_01_pca", "*,2026-11-25T23:59 CET", "no ISO 8601"),
        ("id,due_01_pca", "a,25.11.2026", "no ISO 8601"),
        ("id,late_percent", "*,ten", "number from 0"),
        ("id,late_percent", "*,101", "over 100"),
        ("id,late_percent", "*,-5", "number from 0"),
        ("id,late_days", "*,nan", "number from 0"),
        ("id,extension", "a,1e99", "number from 0"),
        ("id,keep", "*,last", "latest or best"),
        ("id,due_01_pca", "*,05.10.2026 23:59", "no ISO 8601"),
        ("id,due_01_pca", "*,2026-10-05", "a day and an hour"),
        ("id,due_01_pca", "*,2026-11-25T23:59 Europe/Berln", "no time zone"),
        ("id,due_01_pca,zone", "*,2026-11-25T23:59,Berlin", "no time zone"),
        ("id,zone", "*,CET", "no time zone.*Europe/Berlin"),
        ("id,zone", "a,../../etc/passwd", "no time zone"),
    ],
)
def test_a_mistake_in_the_roster_is_said_before_any_grade_is_out(
    roster, head, line, words
):
    with pytest.raises(ValueError, match=words):
        roster(line, head=head)


def test_rosters_as_spreadsheets_save_them(roster):
    for mark, encoding in ((",", "utf-8-sig"), (";", "utf-8"), ("\t", "utf-8")):
        lines = [f'7{mark}"Doe{mark} Jané"{mark}j@x.edu', mark * 2, f"8{mark}Roe{mark}"]
        people = roster(
            *lines, head=mark.join(["id", "name", "email"]), encoding=encoding
        )
        assert people.students["7"].name == f"Doe{mark} Jané".strip()
        assert list(people.students) == ["7", "8"]
    two_lines = roster('7,"Jane\nDoe"', head="id,name")
    assert list(two_lines.students) == ["7"]
    western = roster("7,Jané", head="id,name", encoding="cp1252")
    assert western.students["7"].name == "Jané"
    assert "Windows-1252" in western.notes[0]


def test_a_roster_tells_collect_who_is_who(roster):
    people = roster(
        "a,Jane Doe,,12,,,,", "b,Bob Roe,,,34,,,", "c,bob roe,,,,,,", "d,,,,,,,"
    ).class_list()
    assert people.by_number("moodle", "12") == ["a"]
    assert people.by_number("canvas", "34") == ["b"]
    assert people.by_number("canvas", "12") == []
    assert people.by_name("Doe, Jane") == ["a"]
    assert people.by_name("BOB ROE") == ["b", "c"]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (graded("a", float("nan")), "nan points"),
        (graded("a", -1), "-1 points"),
        (graded("a", 20.5), "20.5 points of 20"),
        (graded("a", None), "graded but has no points"),
        (Row("a", TOPIC, 1, 20, "fine"), "status 'fine'"),
        (Row("a", TOPIC, 1, 0, "graded"), "no sensible maximum"),
        (graded("a", 1, "2026-11-25T12:00:00"), "time zone"),
        (graded("a", 1, ""), "no time of hand-in"),
    ],
)
def test_a_row_that_cannot_be_right_stops_before_anything_is_written(
    roster, tmp_path, row, words
):
    people = roster("*" + "," * 8 + agreed(due_01_pca=DUE), head=AGREED)
    with pytest.raises(ValueError, match=words):
        export([row], people, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_without_rows_there_is_nothing_to_export(tmp_path):
    with pytest.raises(ValueError, match="nothing to export"):
        export([], Roster(), tmp_path)


def test_a_table_that_cannot_be_written_leaves_the_old_one(tmp_path):
    path = tmp_path / "a.csv"
    write_table(path, ["a"], [["1"]])

    def broken():
        yield ["2"]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write_table(path, ["a"], broken())
    assert path.read_text(encoding="utf-8-sig") == "a\n1\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
