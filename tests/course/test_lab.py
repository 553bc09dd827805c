"""Working copies belong to the student: made once, never overwritten."""

import os
import re

import nbformat
import pytest

from cs5045ae.course import CourseError
from cs5045ae.course.exercises import make_exercises
from cs5045ae.course.lab import lab_command, make_working_copies, refresh
from tests.conftest import SOLUTION, write_notebook


@pytest.fixture
def opened(tiny):
    """A course whose exercise has been made and copied once."""
    make_exercises(tiny)
    assert make_working_copies(tiny) == [
        "Made work/01_small/01_small.ipynb, your copy of the exercise."
    ]
    return tiny


def new_version(course):
    write_notebook(course.solution("01_small"), [*SOLUTION, "'one more cell'"])
    make_exercises(course)


def test_a_copy_holds_the_cells_of_the_exercise(opened):
    copy, exercise = (
        nbformat.read(path, as_version=4)
        for path in (opened.working_copy("01_small"), opened.exercise("01_small"))
    )
    assert copy.cells == exercise.cells


def test_a_second_start_leaves_the_students_work_alone_and_is_silent(opened):
    copy = opened.working_copy("01_small")
    notebook = nbformat.read(copy, as_version=4)
    notebook.cells[1].source = "my answer"
    nbformat.write(notebook, copy)
    before = copy.read_bytes()
    assert make_working_copies(opened) == []
    assert copy.read_bytes() == before


def test_a_newer_exercise_is_told_and_the_copy_left_alone(opened):
    before = opened.working_copy("01_small").read_bytes()
    new_version(opened)
    (told,) = make_working_copies(opened)
    assert "newer version" in told
    assert "--refresh 01_small" in told
    assert opened.working_copy("01_small").read_bytes() == before


def test_even_a_ruined_copy_is_not_touched(opened):
    opened.working_copy("01_small").write_text("half a fi")
    assert make_working_copies(opened) == []
    assert opened.working_copy("01_small").read_text() == "half a fi"


def test_refresh_keeps_the_old_copy_beside_the_new_one(opened):
    copy = opened.working_copy("01_small")
    copy.write_text("my work")
    new_version(opened)
    kept, made = refresh(opened, "01_small")
    assert re.search(r"01_small\.backup-\d{4}-\d\d-\d\d-\d{6}\.ipynb", kept)
    assert made == "Made work/01_small/01_small.ipynb afresh."
    (backup,) = copy.parent.glob("*.backup-*.ipynb")
    assert backup.read_text() == "my work"
    assert "one more cell" in copy.read_text("utf-8")
    assert make_working_copies(opened) == []


def test_two_refreshes_within_a_second_keep_two_backups(opened):
    copy = opened.working_copy("01_small")
    for text in ("first", "second"):
        copy.write_text(text)
        refresh(opened, "01_small")
    backups = copy.parent.glob("*.backup-*.ipynb")
    assert sorted(path.read_text() for path in backups) == ["first", "second"]


def test_refresh_of_an_unknown_topic_is_one_sentence(opened):
    with pytest.raises(CourseError, match="no exercise named 02_large"):
        refresh(opened, "02_large")


def test_the_command_opens_the_first_lecture_and_is_careful_about_root(
    opened, monkeypatch
):
    command = lab_command(opened, browser=False, port=8899)
    assert f"--ServerApp.root_dir={opened.root}" in command
    assert "--LabApp.default_url=/lab/tree/lectures/01_small.ipynb" in command
    assert {"--no-browser", "--port=8899"} <= set(command)
    for who, allowed in ((0, True), (1000, False)):
        monkeypatch.setattr(os, "geteuid", lambda who=who: who)
        command = lab_command(opened, browser=True, port=None)
        assert ("--allow-root" in command) is allowed
