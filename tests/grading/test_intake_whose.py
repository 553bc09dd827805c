"""Does each submission come to its student, and is what cannot be known asked?"""

import zipfile

import pytest

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.collecting import collect_class
from cs5045ae.grading.intake import read_record
from tests.grading.intake_course import (
    NAME,
    TOPIC,
    as_bytes,
    make_course,
    submitted,
    worked,
)

MOODLE = "assignsubmission_file_/01_tiny.ipynb"


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    return Course(make_course(folder))


def by(name) -> bytes:
    return as_bytes(worked(words=f"Written by {name}."))


def author(course, student):
    cells = submitted(course.root, student)["cells"]
    text = next(cell["source"] for cell in cells if cell["id"] == "words")
    return text.removeprefix("Written by ").removesuffix(".")


@pytest.fixture
def run(course, tmp_path):
    """Return a function that collects files and returns the lines it prints."""

    def collect(files, roster="", *answers, **options):
        source = tmp_path / "class.zip"
        with zipfile.ZipFile(source, "w") as archive:
            for path, data in files.items():
                archive.writestr(path, data)
        path = course.root / "roster.csv"
        if roster:
            path.write_bytes(roster if isinstance(roster, bytes) else roster.encode())
        return list(
            collect_class(
                course,
                source,
                TOPIC,
                roster=path if path.exists() else None,
                answers=answers,
                **options,
            )
        )

    return collect


def rows(lines):
    """Return the status for each name in the table of `collect`."""
    states = ("collected", "unreadable", "doubtful", "refused", "ignored", "unchanged")
    found = {}
    for line in lines:
        for state in states:
            name, mark, _ = line.partition(f" {state}")
            if mark and not line.startswith((" ", "Collected", "Doubtful")):
                found[name.strip()] = state
    return found


TWELVE = {
    "anna": "Anna Roy",
    "sean": "Seán O’Neil",
    "zoe": 'Zoë "Zo" Black & White',
    "jean": "Jean-Luc d'Arc",
    "jose": "José\u00a0Núñez García",
    "li": "李 小龍",
    "o'hara, kim": "Kim O'Hara",
    "007": "Eva-Maria von der Tann",
    "max.m": "Max Müller",
    "b-1": "Bo <Bobby> Lee: Jr",
    "mei": "Chen, Mei",
    "ole": "Øystein Ås",
}
LIST = "id,name\n" + "".join(
    '"{}","{}"\n'.format(one, name.replace('"', '""')) for one, name in TWELVE.items()
)


def in_moodle(name):
    return "".join(sign for sign in name if sign not in "'’\"&<>:\\").strip()


def in_canvas(name):
    first, _, last = name.rpartition(" ")
    return "".join(s for s in f"{last}{first}".casefold() if s.isalnum())


def layouts():
    yield (
        "Moodle",
        {
            f"{in_moodle(name)}_{4711 + n}_{MOODLE}": by(one)
            for n, (one, name) in enumerate(TWELVE.items())
        },
    )
    online = "assignsubmission_onlinetext_/onlinetext.html"
    yield (
        "Moodle with texts",
        {
            f"{in_moodle(name)}_{4711 + n}_{what}": data
            for n, (one, name) in enumerate(TWELVE.items())
            for what, data in ((MOODLE, by(one)), (online, b"<p>See the file.</p>"))
        },
    )
    yield (
        "Canvas",
        {
            f"{in_canvas(name)}{late}_{4711 + n}_{9000 + n}_{NAME}": by(one)
            for n, (one, name) in enumerate(TWELVE.items())
            for late in (["", "_LATE"][n % 2],)
        },
    )
    yield (
        "nbgrader",
        {f"submitted/{one}/{TOPIC}/{NAME}": by(one) for one in TWELVE},
    )


@pytest.mark.parametrize(
    ("system", "files"), list(layouts()), ids=lambda x: str(x)[:17]
)
def test_twelve_odd_students_come_to_themselves(run, course, system, files):
    lines = run(files, LIST)
    folders = {"o'hara, kim": "o_hara_kim"}
    assert {one: author(course, folders.get(one, one)) for one in TWELVE} == {
        one: one for one in TWELVE
    }
    assert list(rows(lines)) == sorted(TWELVE, key=lambda s: folders.get(s, s))
    assert f"Collected for {TOPIC}, now or before: 12 of the 12 in roster.csv." in lines
    assert not [line for line in lines if line.startswith(("Missing", "Not in"))]


def test_two_of_one_name_are_asked_and_the_answer_is_remembered(run, course):
    class_list = "id,name\nann1,Ann Roe\nann2,Ann Roe\nbob,Bob Lee\n"
    files = {
        f"Ann Roe_11_{MOODLE}": by("one"),
        f"Ann Roe_12_{MOODLE}": by("two"),
        f"Bob Lee_13_{MOODLE}": by("bob"),
    }
    lines = run(files, class_list)
    doubtful = {"bob": "collected", "Ann Roe_11": "doubtful", "Ann Roe_12": "doubtful"}
    assert rows(lines) == doubtful
    assert '  --map "Ann Roe_11=ann1"' in lines
    assert not list((course.root / "submitted").glob("ann*"))
    run(files, "", "Ann Roe_11=ann1", "Ann Roe_12=ann2")
    assert [author(course, one) for one in ("ann1", "ann2")] == ["one", "two"]
    again = run(files, "")
    assert set(rows(again).values()) == {"unchanged"}
    assert (course.root / "identities.csv").read_text() == (
        "as_it_stands,id\nAnn Roe_11,ann1\nAnn Roe_12,ann2\n"
    )


@pytest.mark.parametrize(
    ("label", "listed", "asked"),
    [
        (f"Anna Roi_1_{MOODLE}", "a1,Anna Roy", "did you mean a1"),
        (f"Bén Ode_1_{MOODLE}", "b1,Ben Ode", "did you mean b1"),
        (f"Ann Roe_1_{MOODLE}", "a1,Ann Maria Roe", "did you mean a1"),
        (f"7/{NAME}", "007,Ann Roe", "drops leading zeros"),
        (f"ana/{NAME}", "anna,Ann Roe", "did you mean anna"),
        (f"Roe_ab1_77/{NAME}", "ab1,Ann Noe", "did you mean ab1"),
    ],
)
def test_what_is_nearly_in_the_list_is_asked_never_taken(
    run, course, label, listed, asked
):
    lines = run({label: by("x"), f"bob/{NAME}": by("bob")}, f"id,name\n{listed}\n")
    assert "doubtful" in rows(lines).values()
    assert any(asked in line for line in lines)
    one = listed.partition(",")[0]
    assert any(line.strip().endswith(f'={one}"') for line in lines)
    assert read_record(course.root, TOPIC, one) is None


def test_an_answer_about_a_name_holds_for_the_next_topic(run, course):
    files = {f"Cem Kaja_1_{MOODLE}": by("cem"), f"Bob Lee_2_{MOODLE}": by("bob")}
    lines = run(files, "id,name\ncem,Cem Kaya\nbob,Bob Lee\n")
    assert '  --map "Cem Kaja=cem"' in lines
    run(files, "", "Cem Kaja=cem")
    later = {f"Cem Kaja_71_{MOODLE}": by("cem"), f"Bob Lee_72_{MOODLE}": by("bob")}
    assert set(rows(run(later))) == {"cem", "bob"}


def test_one_number_with_two_names_is_told(run):
    lines = run({f"Ann Roe_7_{MOODLE}": by("a"), f"Bob Lee_7_{MOODLE}": by("b")})
    assert rows(lines) == {"Ann Roe_7": "doubtful", "Bob Lee_7": "doubtful"}
    assert any("number 7 stands with two names" in line for line in lines)


def test_two_that_would_be_one_student_are_asked(run):
    files = {f"Ann Roe_7_{MOODLE}": by("a"), f"Roe Ann_8_{MOODLE}": by("b")}
    lines = run(files, "id,name\nann,Ann Roe\n")
    assert set(rows(lines).values()) == {"doubtful"}
    assert any("both read as ann (Ann Roe)" in line for line in lines)


def test_the_class_is_compared_with_its_list(run):
    files = {f"ann/{NAME}": by("ann"), f"zed/{NAME}": by("zed")}
    lines = run(files, "id,name\nann,Ann Roe\nbob,Bob Lee\n")
    assert f"Collected for {TOPIC}, now or before: 1 of the 2 in roster.csv." in lines
    assert "Missing: 1 (bob (Bob Lee))." in lines
    assert "Not in roster.csv: 1 (zed)." in lines
    later = run({f"bob/{NAME}": by("bob"), f"ann/{NAME}": by("ann")})
    assert f"Collected for {TOPIC}, now or before: 2 of the 2 in roster.csv." in later
    assert not any(line.startswith("Missing") for line in later)


def test_without_a_list_it_is_said_that_nobody_can_be_missed(run):
    lines = run({f"ann/{NAME}": by("ann"), f"bob/{NAME}": by("bob")})
    assert any("nobody can say who is missing" in line for line in lines)


@pytest.mark.parametrize(
    "path",
    [
        "Team 3-Anna Roy_1_{}",
        "Jean-Paul Sartre-Anna Roy_1_{}",
        "Übung-Gruppe 2 - Anna Roy_1_{}",
    ],
)
def test_a_team_in_front_of_a_name_is_no_part_of_it(run, course, path):
    others = {f"Team 3-Ben Ode-Lim_2_{MOODLE}": by("ben")}
    run(
        {path.format(MOODLE): by("anna"), **others},
        "id,name\nanna,Anna Roy\nben,Ben Ode-Lim\n",
    )
    assert [author(course, one) for one in ("anna", "ben")] == ["anna", "ben"]


@pytest.mark.parametrize(
    "folder",
    ["Roy_Anna_ab1_123456", "01-tiny-ab1", "ab1_01_tiny", "AB1", "anna@uni.edu"],
)
def test_the_folders_of_other_systems_are_known(run, course, folder):
    run(
        {f"{folder}/{NAME}": by("anna"), f"bc2/{NAME}": by("ben")},
        "id,name,email\nab1,Anna Roy,anna@uni.edu\nbc2,Ben Ode,\n",
    )
    assert author(course, "ab1") == "anna"


def test_a_pattern_keeps_the_number_of_moodle(run, course):
    files = {f"ann-Ann Roe_4711_{MOODLE}": by("ann")}
    run(files, pattern=r"(?P<id>[a-z]+)-")
    record = read_record(course.root, TOPIC, "ann")
    assert (record.lms, record.lms_id, record.name) == ("moodle", "4711", "ann-Ann Roe")


def test_a_class_collected_before_its_list_is_not_graded_twice(run, course):
    files = {f"Ann Roe_11_{MOODLE}": by("ann"), f"Bob Lee_12_{MOODLE}": by("bob")}
    assert set(rows(run(files))) == {"11", "12"}
    lines = run(files, "id,name\nann,Ann Roe\nbob,Bob Lee\n")
    assert set(rows(lines)) == {"ann", "bob"}
    assert read_record(course.root, TOPIC, "11") is None
    assert not (course.root / "submitted" / "11").exists()
    assert author(course, "ann") == "ann"


def test_canvas_s_test_student_is_nobody(run):
    files = {
        f"roeann_1_2_{NAME}": by("ann"),
        f"leebob_2_4_{NAME}": by("bob"),
        f"studenttest_9_3_{NAME}": by("t"),
    }
    lines = run(files)
    assert rows(lines)[f"studenttest_9_3_{NAME}"] == "ignored"
    assert any("Canvas's test student" in line for line in lines)
    taken = rows(run(files, "id,name\nst,Test Student\nann,Ann Roe\nbob,Bob Lee\n"))
    assert taken["st"] == "collected"


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("nobody", "neither a file nor a pair"),
        ("Ann Roe_11=", "no id behind"),
        ("Ann Roe_11=amn", "Did you mean ann"),
        ("Ann Roe_11=07", "Did you mean 007"),
    ],
)
def test_an_answer_that_cannot_be_right_is_refused(run, course, answer, words):
    files = {f"Ann Roe_11_{MOODLE}": by("ann")}
    with pytest.raises(CourseError, match=words):
        run(files, "id,name\nann,Ann Roe\n007,Jim\n", answer)
    assert not (course.root / "received").exists()


def test_answers_may_stand_in_a_table(run, course, tmp_path):
    table = tmp_path / "who.csv"
    table.write_bytes("as it stands;id\r\nÄnne Roe_11;ann\r\n".encode("utf-16"))
    files = {f"Änne Roe_11_{MOODLE}": by("ann"), f"B_12_{MOODLE}": by("b")}
    run(files, "id,name\nann,\nbob,\n", str(table), "B_12=bob")
    assert [author(course, one) for one in ("ann", "bob")] == ["ann", "b"]
    (course.root / "identities.csv").write_text("x\n")
    with pytest.raises(CourseError, match=r"identities.csv, line 1: write two cells"):
        run(files)


def test_an_answer_about_nobody_is_said(run):
    lines = run({f"Ann Roe_11_{MOODLE}": by("ann")}, "", "Anne Roe_12=ann")
    assert any("'Anne Roe_12' stands nowhere" in line for line in lines)
