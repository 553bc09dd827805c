"""Students hand in zips, other archives, and files under another name."""

import gzip
import io
import zipfile

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake import collect
from tests.grading.intake_course import (
    NAME,
    TOPIC,
    as_bytes,
    make_course,
    submitted,
    worked,
)

GOOD = as_bytes(worked())
ANN = "Ann Roe_1_assignsubmission_file_/"
BOB = f"Bob Lee_2_assignsubmission_file_/{NAME}"


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course").mkdir()
    return make_course(tmp_path / "course")


def packed(files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


@pytest.fixture
def take(course, tmp_path):
    """Return a function that collects a zip of a class and returns Ann's row."""

    def collected(files):
        path = tmp_path / "class.zip"
        path.write_bytes(packed({BOB: GOOD, **files}))
        rows = {row.student: row for row in collect(path, TOPIC, course)}
        assert rows["2"].status in {"collected", "unchanged"}
        return rows["1"]

    return collected


@pytest.mark.parametrize(
    "inside",
    [
        {NAME: GOOD},
        {f"deep/er/{NAME}": GOOD, "readme.txt": b"x"},
        {"__MACOSX/._x": b"\0", "Abgabe/mine (1).ipynb": GOOD},
        {f"{TOPIC}/{NAME}": GOOD, ".ipynb_checkpoints/a.ipynb": b""},
    ],
    ids=["alone", "deeper", "from a Mac", "a topic's folder"],
)
def test_a_zip_that_is_handed_in_is_opened(take, course, inside):
    row = take({f"{ANN}hand-in.zip": packed(inside)})
    assert (row.status, row.answered if hasattr(row, "answered") else 3) == (
        "collected",
        3,
    )
    assert submitted(course, "1")["cells"]
    assert ".zip/" in row.notebook


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.rar", b"Rar!\x1a\x07\0" + bytes(50), ".rar archive"),
        ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), ".7z archive"),
        ("a.tar.gz", gzip.compress(b"x" * 99), ".tar.gz archive"),
        ("a.zip", b"Rar!\x1a\x07\0" + bytes(50), "a RAR archive, named .zip"),
        ("a.zip", b"<html>Sign in</html>", "a web page (HTML), named .zip"),
        ("a.zip", packed({NAME: GOOD})[:-30], "a.zip"),
        ("a.zip", packed({"b.zip": packed({NAME: GOOD})}), "unpack it"),
        ("a.zip", packed({NAME: bytes(60_000_000)}), "larger than"),
        (NAME, packed({NAME: GOOD}), "name it .zip"),
        ("01_tiny.py", b"import numpy as np\n", "Python source"),
        ("01_tiny.html", b"<!doctype html><html></html>", "a web page"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_opened_is_told_with_what_to_do(take, name, data, words):
    row = take({f"{ANN}{name}": data})
    assert row.status == "unreadable"
    assert words in row.reason


@pytest.mark.parametrize(
    "name", [f"{NAME}.json", f"{NAME}.txt", "01_tiny", "notebook.json"]
)
def test_a_notebook_is_known_under_another_name(take, name):
    row = take({f"{ANN}{name}": GOOD})
    assert (row.status, row.notebook) == ("collected", f"{ANN}{name}")


def test_a_notebook_beside_a_zip_counts_and_the_zip_is_named(take):
    row = take({f"{ANN}{NAME}": GOOD, f"{ANN}old.zip": packed({NAME: GOOD})})
    assert row.notebook == f"{ANN}{NAME}"
    assert any("not opened: a notebook lies beside it" in text for text in row.ignored)


def test_a_class_inside_a_submission_is_refused_as_a_whole(take):
    inner = packed({f"A_{n}_assignsubmission_file_/{NAME}": GOOD for n in (8, 9)})
    with pytest.raises(CourseError, match="holds a whole class, as Moodle names it"):
        take({f"{ANN}class.zip": inner})


def test_canvas_s_folders_unpacked_in_place_are_read_as_canvas_s(course, tmp_path):
    place = tmp_path / "class"
    for name in ("roeann_101_9001_hw1", "leebob_late_102_9002_hw1"):
        (place / name).mkdir(parents=True)
        (place / name / NAME).write_bytes(GOOD)
    rows = collect(place, TOPIC, course)
    assert [(row.student, row.late_mark) for row in rows] == [
        ("101", False),
        ("102", True),
    ]


def test_folders_that_only_look_like_canvas_s_are_people(course, tmp_path):
    place = tmp_path / "class"
    for name in ("anna_7_01_tiny", "ben_8_01_tiny"):
        (place / name).mkdir(parents=True)
        (place / name / NAME).write_bytes(GOOD)
    rows = collect(place, TOPIC, course)
    assert not any(row.late_mark is not None for row in rows), rows


def test_a_helper_module_beside_the_notebook_is_named(take):
    row = take({f"{ANN}{NAME}": GOOD, f"{ANN}myhelpers.py": b"x = 1"})
    assert row.status == "collected"
    (text,) = row.ignored
    assert "myhelpers.py: not a notebook, and the answers cannot import it" in text
