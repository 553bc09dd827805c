"""Is a student told from a name that the system wrote, never from one of his own?"""

import re

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import Refused, shown
from cs5045ae.grading.intake.layouts import find_layout
from cs5045ae.grading.intake.students import colliding, student_id

TOPIC = "01_pca"


def read(*paths, pattern=None):
    layout = find_layout(paths, TOPIC, pattern)
    found = [layout.whose(path, TOPIC) for path in paths]
    return layout.name, [whose and whose.student for whose in found]


@pytest.mark.parametrize(
    ("layout", "paths", "students"),
    [
        (
            "moodle",
            [
                "Jane Doe_12345_assignsubmission_file_/01_pca.ipynb",
                "Bob O'Neil-Ø_12346_assignsubmission_file/deep/er/nb.ipynb",
                "Eve_12347_assignsubmission_onlinetext_/onlinetext.html",
            ],
            ["12345", "12346", "12347"],
        ),
        (
            "moodle",
            ["Class/Jane Doe_1_assignsubmission_file_nb.ipynb", "Class/x.ipynb"],
            ["1", None],
        ),
        (
            "canvas",
            [
                "doejane_12_88_01_pca.ipynb",
                "roe_bob_LATE_13_89_01_pca-1.ipynb",
                "roeeve_late_14_90_nb.ipynb",
                "anon_ab12c_91_nb.ipynb",
                "zed_15_text.html",
            ],
            ["12", "13", "14", "ab12c", "15"],
        ),
        (
            "nbgrader",
            [
                "submitted/anna/01_pca/01_pca.ipynb",
                "submitted/bob/01_pca/timestamp.txt",
                "submitted/bob/01_pca/x (1).ipynb",
                "submitted/bob/02_basic/02_basic.ipynb",
            ],
            ["anna", "bob", "bob", None],
        ),
        (
            "nbgrader",
            [
                "anna+01_pca+2026-11-25 10:00:00 UTC+x/01_pca.ipynb",
                "bob+02_basic+2026-11-25 10:00:00 UTC/02_basic.ipynb",
            ],
            ["anna", None],
        ),
        (
            "nbgrader",
            ["01_pca_anna_attempt_2026-11-25-10-00-00_01_pca.ipynb"],
            ["anna"],
        ),
        ("plain", ["anna/nb.ipynb", "bob/x/nb.ipynb"], ["anna", "bob"]),
        (
            "plain",
            ["anna.ipynb", "bob_01_pca.ipynb", "eve-01_pca (2).ipynb", "zed (1).ipynb"],
            ["anna", "bob", "eve", "zed"],
        ),
        ("plain", ["class/anna/nb.ipynb", "class/bob/nb.ipynb"], ["anna", "bob"]),
        ("plain", ["01_pca/anna.ipynb", "01_pca/bob.ipynb"], ["anna", "bob"]),
        ("plain", ["x/anna_01_pca.ipynb", "x/bob_01_pca.ipynb"], ["anna", "bob"]),
        ("plain", ["01_pca.ipynb", "01_pca (1).ipynb", "readme.txt"], [None] * 3),
    ],
)
def test_each_systems_names_are_recognised(layout, paths, students):
    assert read(*paths) == (layout, students)


@pytest.mark.parametrize(
    "path",
    [
        "Eve_3_assignsubmission_file_/Jane Doe_12345_assignsubmission_file_/nb.ipynb",
        "Eve_3_assignsubmission_file_Jane Doe_12345_assignsubmission_file_nb.ipynb",
        "Eve_3_assignsubmission_file_/submitted/anna/01_pca/01_pca.ipynb",
        "Eve_3_assignsubmission_file_/../anna/01_pca.ipynb",
    ],
)
def test_in_moodle_a_student_cannot_name_another(path):
    honest = [f"Jane_{n}_assignsubmission_file_/nb.ipynb" for n in range(10, 20)]
    assert read(path, *honest)[1][0] == "3"


def test_in_canvas_and_nbgrader_a_student_cannot_name_another():
    honest = [f"doe_{n}_88_nb.ipynb" for n in range(10, 20)]
    assert read("roe_3_88_doe_10_88_LATE_11_99_nb.ipynb", *honest)[1][0] == "3"
    honest = [f"s{n}/01_pca/nb.ipynb" for n in range(10)]
    assert read("eve/01_pca/s1/01_pca/nb.ipynb", *honest)[1][0] == "eve"
    assert read("eve/02_basic/s1/01_pca/nb.ipynb", *honest)[1][0] is None


def test_one_student_with_many_files_does_not_change_how_the_class_is_read():
    honest = [f"s{n}/nb.ipynb" for n in range(5)]
    many = [f"eve/01_pca/{n}.ipynb" for n in range(50)]
    assert read(*honest, *many)[1][:5] == [f"s{n}" for n in range(5)]


def test_canvas_orders_resubmissions_and_marks_the_late():
    paths = ["d_1_90_nb.ipynb", "d_LATE_1_91_nb-1.ipynb", "d_1_92_nb-12.ipynb"]
    layout = find_layout(paths, TOPIC)
    found = [layout.whose(path, TOPIC) for path in paths]
    assert [w.attempt for w in found] == [(0, 90), (1, 91), (12, 92)]
    assert [w.late for w in found] == [False, True, False]


def test_an_explicit_pattern_wins():
    paths = ["group 7 - s12 - 3rd.ipynb", "odd.ipynb"]
    pattern = r"group \d+ - (?P<id>s\d+) - (?P<attempt>\d+)"
    assert read(*paths, pattern=pattern) == ("the given pattern", ["s12", None])
    assert read("a_1_2_x.ipynb", pattern="plain")[1] == ["a_1_2_x"]
    assert read("a/nb.ipynb", pattern="canvas") == ("canvas", [None])


@pytest.mark.parametrize(
    ("pattern", "words"), [("(", "no regular"), (r"\d+", "no group")]
)
def test_a_wrong_pattern_is_explained(pattern, words):
    with pytest.raises(CourseError, match=words):
        find_layout(["a.ipynb"], TOPIC, pattern)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("anna", "anna"),
        ("Müller, Anna (2)", "Müller_Anna_2"),
        ("Mu\u0308ller", "Müller"),
        ("anna.b+c@uni.edu", "anna.b_c@uni.edu"),
        ("李雷", "李雷"),
        ("  x  y ", "x_y"),
        ("=cmd|x!A1", "cmd_x_A1"),
        ("-rf", "rf"),
        (".hidden", "hidden"),
        ("@sum", "sum"),
        ("a'b\"c", "a_b_c"),
        ("[x]*?", "x"),
        ("００７", "007"),
    ],
)
def test_odd_signs_in_ids_become_harmless(raw, clean):
    assert student_id(raw) == clean
    assert student_id(clean) == clean


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "",
            "  ",
            "...",
            "..",
            "../x",
            "a/..",
            "a\\b",
            "a／b",
            "--",
            "()",
            "a\u202eb",
        ),
        *("a\0b", "a\u200bb", "a\nb", "\ud800", "x" * 101, "é" * 60, "\ue000x"),
    ],
)
def test_ids_that_cannot_be_made_harmless_are_refused_in_a_sentence(raw):
    with pytest.raises(Refused) as told:
        student_id(raw)
    text = str(told.value)
    assert text.startswith("the id ")
    assert len(text) < 200
    text.encode("utf-8")
    assert not re.search("[\u202e\0\n\u200b]", text)


def test_ids_that_would_meet_are_found():
    assert colliding([("a b", "a_b"), ("c", "c"), ("c", "c")]) == {}
    assert set(colliding([("a b", "a_b"), ("a,b", "a_b")])) == {"a_b"}
    assert set(colliding([("Anna", "Anna"), ("anna", "anna")])) == {"Anna", "anna"}
    assert colliding([("é", "é"), ("e\u0301", "é")]) == {}


def test_names_are_shown_in_one_visible_line():
    assert shown("a\u202e\n\0\ud800b") == "a????b"
    assert len(shown("x" * 500)) == 120
