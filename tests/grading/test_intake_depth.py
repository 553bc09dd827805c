"""Folders around those of the students: found, or asked about."""

import zipfile

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake import collect
from cs5045ae.grading.intake.layouts import find_layout
from cs5045ae.grading.intake.system_files import is_system, of_computers
from tests.grading.intake_course import NAME, TOPIC, as_bytes, make_course, worked


def students(paths, **options):
    layout = find_layout(paths, TOPIC, **options)
    found = [layout.whose(path, TOPIC) for path in paths]
    return [whose.student if whose else None for whose in found]


@pytest.mark.parametrize(
    "around",
    [
        "",
        "Blatt 1/Abgaben/",
        "download/",
        "submissions (1)/",
        "Übung 3/",
        "a/b/c/d/",
        f"{TOPIC}/",
    ],
)
@pytest.mark.parametrize("inside", ["", "hw1/", f"{TOPIC}/", "src/final/"])
def test_folders_around_and_inside_are_told_from_the_students(around, inside):
    paths = [f"{around}{one}/{inside}{NAME}" for one in ("anna", "ben", "cem")]
    assert students(paths) == ["anna", "ben", "cem"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([f"download/anna/{NAME}"], ["anna"]),
        ([f"anna/{NAME}"], ["anna"]),
        ([f"anna/hw1/{NAME}"], ["anna"]),
        ([f"Gruppe 1/anna/{NAME}", f"Gruppe 2/ben/{NAME}"], ["anna", "ben"]),
        (
            [f"Team A/anna_{NAME}", f"Team A/ben_{NAME}", f"Team B/cem_{NAME}"],
            ["anna", "ben", "cem"],
        ),
        ([f"class/anna_{NAME}", f"class/ben_{NAME}"], ["anna", "ben"]),
        ([f"download/anna/{NAME}", "download/ben/hand-in.zip"], ["anna", "ben"]),
    ],
)
def test_shapes_that_tell_which_folder_is_a_student(paths, expected):
    assert students(paths) == expected


@pytest.mark.parametrize(
    "paths",
    [
        [f"x17/anna/{NAME}"],
        [f"red/anna/{NAME}", f"red/ben/{NAME}", f"blue/cem/{NAME}"],
        [f"x25/anna_{NAME}"],
    ],
)
def test_what_cannot_be_told_is_asked_with_what_to_type(paths):
    with pytest.raises(CourseError, match=r"Whose is .*--depth 0 .*--depth 1") as told:
        students(paths)
    assert "nothing was taken" in str(told.value)
    assert students(paths, depth=1)[0].startswith("anna")
    assert students(paths, depth=0)[0] in {"x17", "red", "x25"}


def test_a_class_list_answers_the_question():
    paths = [f"x17/anna/{NAME}"]
    assert students(paths, known=lambda whose: whose.student == "anna") == ["anna"]
    assert students(paths, known=lambda whose: whose.student == "x17") == ["x17"]


def archive(path, files):
    with zipfile.ZipFile(path, "w") as target:
        for name, data in files.items():
            target.writestr(name, data)
    return path


@pytest.mark.parametrize("outer", ["", "Kurs/"])
@pytest.mark.parametrize(
    ("left", "kind"),
    [
        (["__MACOSX/._anna", "__MACOSX/Kurs/._x", ".DS_Store"], "__MACOSX"),
        ([".git/HEAD", ".git/refs/x", ".gitignore"], ".git"),
        (["@eaDir/anna/x@SynoEAStream", "#recycle/a.ipynb", "a.pyc"], "@eaDir"),
        (["Thumbs.db", "desktop.ini", "~$list.xlsx"], "Thumbs.db"),
        ([f"._anna_{NAME}", "._x", ".Trashes/a"], "._*"),
    ],
)
def test_files_of_computers_are_no_students_and_cost_one_line(
    tmp_path, outer, left, kind
):
    (tmp_path / "course").mkdir()
    course = make_course(tmp_path / "course")
    good = as_bytes(worked())
    files = {f"{outer}{name}": b"\0\5\x16\7" for name in left}
    files |= {f"{outer}{one}_{NAME}": good for one in ("anna", "ben")}
    *taken, system = collect(archive(tmp_path / "a.zip", files), TOPIC, course)
    assert [(row.student, row.status) for row in taken] == [
        ("anna", "collected"),
        ("ben", "collected"),
    ]
    assert system.status == "system"
    assert system.reason.startswith("3 files of computers")
    assert kind in system.reason


@pytest.mark.parametrize("name", ["anna", "git", "macosx", "..", "x.ipynb", "core"])
def test_people_are_not_taken_for_computers(name):
    assert not is_system(name)


def test_files_of_computers_are_counted_by_kind():
    assert of_computers([]) == ""
    assert of_computers(["a/.DS_Store"]) == (
        "1 file of a computer was left out: 1 .DS_Store."
    )
