"""A gradebook in a file: made whole or not at all, and its troubles told."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy
from nbgrader import api
from traitlets.config import Config

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.database import file_of, file_trouble, make_whole, usable
from cs5045ae.grading.gradebook import open_config, read_grades
from tests import bank


class Killed(BaseException):
    """Stands for the end of the process."""


def versions(url):
    engine = sqlalchemy.create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(sqlalchemy.text("select * from alembic_version"))
        count = len(found.all())
    engine.dispose()
    return count


def test_who_is_killed_while_it_is_made_leaves_none_and_the_next_one_makes_it(
    tmp_path, monkeypatch
):
    def die():
        raise Killed

    url = f"sqlite:///{tmp_path}/gradebook.db"
    with monkeypatch.context() as patch:
        patch.setattr(api, "get_alembic_version", die)
        try:
            make_whole(url, "a course")
        except Killed:
            pass
        else:
            raise AssertionError("it was not made at all")
    assert not (tmp_path / "gradebook.db").exists()
    make_whole(url, "a course")
    assert versions(url) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["gradebook.db"]
    with api.Gradebook(url, "a course") as gradebook:
        gradebook.add_student("ada")
    make_whole(url, "a course")  # and one that is there stays
    with api.Gradebook(url, "a course") as gradebook:
        assert [student.id for student in gradebook.students] == ["ada"]


def test_a_servers_gradebook_is_no_file():
    assert file_of("postgresql+psycopg://me@host/grades") is None
    assert file_of("sqlite://") is None
    assert str(file_of("sqlite:////a/b c.db")) == "/a/b c.db"


@pytest.fixture
def book(tmp_path):
    """The file of a gradebook with one student."""
    path = tmp_path / "gradebook.db"
    make_whole(f"sqlite:///{path}", "a course")
    with api.Gradebook(f"sqlite:///{path}", "a course") as gradebook:
        gradebook.add_student("ada")
    return path


def add_student(url):
    with usable(url):
        engine = sqlalchemy.create_engine(url, connect_args={"timeout": 0.1})
        try:
            with engine.begin() as connection:
                text = sqlalchemy.text("insert into student (id) values ('bob')")
                connection.execute(text)
        finally:
            engine.dispose()


def test_a_gradebook_that_another_program_has_locked(book):
    other = sqlite3.connect(book, isolation_level=None)
    other.execute("begin exclusive")
    with pytest.raises(CourseError, match="is locked by another program") as caught:
        add_student(f"sqlite:///{book}")
    assert str(book) in str(caught.value)
    assert "Close the Formgrader" in str(caught.value)
    other.execute("rollback")
    other.close()
    add_student(f"sqlite:///{book}")


def test_a_gradebook_that_cannot_be_written_to(book):
    with pytest.raises(CourseError, match="can't be written to"):
        add_student(f"sqlite:///file:{book}?mode=ro&uri=true")
    with pytest.raises(CourseError, match="can't be written to"):
        add_student(f"sqlite:///{book}/below-a-file/gradebook.db")


def test_a_disk_without_room(book):
    small = sqlite3.connect(book)
    pages = small.execute("pragma page_count").fetchone()[0]
    small.execute(f"pragma max_page_count = {pages}")

    @usable(f"sqlite:///{book}")
    def write_more():
        small.execute("create table more as select randomblob(100000) as x")

    with pytest.raises(CourseError, match="no room left for the gradebook"):
        write_more()
    small.close()


def test_a_file_that_is_no_gradebook(book):
    book.write_bytes(b"<html>Sign in</html>" * 100)
    with pytest.raises(CourseError, match="no SQLite database") as caught:
        add_student(f"sqlite:///{book}")
    assert "verdicts/" in str(caught.value)


def test_grades_of_a_locked_gradebook_are_not_taken_for_none(book):
    config = Config()
    config.CourseDirectory.db_url = f"sqlite:///{book}?timeout=0.1"
    other = sqlite3.connect(book, isolation_level=None)
    other.execute("begin exclusive")
    try:
        with pytest.raises(CourseError, match="locked"):
            read_grades(config, "01_pca")
    finally:
        other.close()
    assert read_grades(config, "01_pca") == {}


def test_a_server_has_no_file_to_speak_of():
    assert file_trouble("postgresql+psycopg://me@host/grades", "disk is full") == ""
    assert file_trouble("sqlite:////a/b.db", "no such table: grade") == ""


@pytest.mark.parametrize("name", ["AE [WS 26]", "Kurs?1", "a*b", "x]"])
def test_a_path_that_nbgrader_would_misread_is_refused(name):
    course = Course(Path("/courses") / name / "cs5045ae")
    with pytest.raises(CourseError, match="which nbgrader reads as a pattern"):
        open_config(course)


@pytest.mark.parametrize("name", ["AE (Übung) WS 26", "100 % #1", "a'b & c;d", "~x"])
def test_a_path_with_other_signs_holds_its_gradebook(tmp_path, name):
    root = tmp_path / name
    root.mkdir()
    (root / "nbgrader_config.py").write_bytes(
        (bank.ROOT / "nbgrader_config.py").read_bytes()
    )
    config = open_config(Course(root))
    url = f"sqlite:///{root}/gradebook.db"
    make_whole(url, "a course")
    assert (root / "gradebook.db").is_file()
    assert read_grades(config, "01_pca") == {}
