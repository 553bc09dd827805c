"""A gradebook in a file is made whole or not at all."""

import sqlalchemy
from nbgrader import api

from cs5045ae.grading.database import file_of, make_whole


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
