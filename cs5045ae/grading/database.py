"""Where the gradebook lies: a file of the course, or a server such as PostgreSQL."""

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from nbgrader.api import Gradebook
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from cs5045ae.course.place import CourseError

__all__ = ["file_of", "file_trouble", "make_whole", "reachable", "usable"]

AGAIN = "Nothing is lost: give the same command again after that."
TROUBLES = (
    (
        r"database is locked|database table is locked",
        "The gradebook {file} is locked by another program. Close the Formgrader, and "
        f"whatever else has it open. {AGAIN}",
    ),
    (
        r"readonly database|read-only|[Pp]ermission denied|unable to open database",
        "The gradebook {file} can't be written to. Make it, and the folder around it, "
        f"writable for you. {AGAIN}",
    ),
    (
        r"disk is full|No space left|disk I/O error|[Qq]uota exceeded",
        "There is no room left for the gradebook {file}. Free some disk space. "
        f"{AGAIN}",
    ),
    (
        r"malformed|not a database",
        "The gradebook {file} is damaged, or is no SQLite database. Put a backup in "
        "its place, or move it away: the points of the checks stand in verdicts/ and "
        "fill a new one; those given by hand are in the old file alone.",
    ),
)
"""What SQLite says of a file, and what to do about it."""


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


def file_trouble(url: str, message: str) -> str:
    """Say what to do about what SQLite says of its file; empty if it is something else.

    Parameters
    ----------
    url : str
        Address of the gradebook.
    message : str
        Of an exception.
    """
    file = file_of(url)
    if file is None:
        return ""
    for pattern, sentence in TROUBLES:
        if re.search(pattern, message):
            return sentence.format(file=file)
    return ""


@contextlib.contextmanager
def usable(url: str) -> Iterator[None]:
    """Turn what goes wrong with a gradebook into one sentence.

    Raises
    ------
    CourseError
        If it is locked, can't be written, is damaged, or no server answers.
    """
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error, OSError) as error:
        shown = make_url(url).render_as_string(hide_password=True)
        why = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        told = file_trouble(url, why) or f"The gradebook {shown} failed: {why}."
        raise CourseError(told) from None


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
