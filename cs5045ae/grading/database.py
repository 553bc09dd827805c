"""Where the gradebook lies: a file of the course, or a server such as PostgreSQL."""

import os
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from cs5045ae.course.place import CourseError

__all__ = ["file_of", "make_whole", "reachable"]


def reachable(db: str) -> str:
    """Return an address of a database as nbgrader takes it, after a look at it.

    Parameters
    ----------
    db : str
        As SQLAlchemy takes it, such as ``postgresql://user:password@host/name``.

    Raises
    ------
    CourseError
        If it is no such address, the driver is missing, or no database answers.
    """
    try:
        url = make_url(db)
        url.get_dialect()
    except SQLAlchemyError:
        raise CourseError(
            f"{db!r} is no address of a database; one looks like "
            "postgresql://user:password@host/name."
        ) from None
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")  # the driver of our extra
    shown = url.render_as_string(hide_password=True)
    try:
        engine = create_engine(url)
        try:
            engine.connect().close()
        finally:
            engine.dispose()
    except ImportError as missing:
        raise CourseError(
            f"The driver for {shown} is missing ({missing.name}): "
            "pip install 'cs5045ae[cluster]'"
        ) from None
    except SQLAlchemyError as error:
        why = str(getattr(error, "orig", error)).strip().splitlines()[0]
        raise CourseError(f"No database answers at {shown}: {why}") from None
    return url.render_as_string(hide_password=False)


def make_whole(url: str, course_id: str) -> None:
    """Make a gradebook in a file, if there is none, whole or not at all.

    nbgrader makes its tables one by one and notes their version last; killed in
    between, it would take them for tables of an old version ever after.
    """
    file = file_of(url)
    if file is None or file.is_file():
        return
    scratch = file.with_name(f".new-{file.name}")
    scratch.unlink(missing_ok=True)
    Gradebook(f"sqlite:///{scratch}", course_id).close()
    os.replace(scratch, file)


def file_of(url: str) -> Path | None:
    """Return the file that a gradebook lies in, None for a server's."""
    parts = make_url(url)
    if parts.get_backend_name() != "sqlite" or not parts.database:
        return None
    return Path(parts.database)
