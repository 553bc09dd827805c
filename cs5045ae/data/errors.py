"""What can go wrong with a data file, as exceptions that say what to do."""

from os import PathLike
from pathlib import Path

from cs5045ae.file_kind import FileKind, file_kind

START = 1 << 16
NO_ANSWER = {FileKind.BINARY, FileKind.TEXT}


class DataError(ValueError):
    """A data file is there but damaged, incomplete or not what its name says."""


class DataNotFound(FileNotFoundError):
    """No place that was looked at holds the data set."""


class DownloadError(OSError):
    """A download failed, or its result is not the expected file."""


def damaged(path: str | PathLike[str], problem: str) -> DataError:
    """Build the error for a file that can't be used.

    Parameters
    ----------
    path : path
        The file at fault.
    problem : str
        What is wrong with it, as the end of the sentence "FILE ...".

    Returns
    -------
    DataError
        To be raised by the caller.
    """
    return DataError(f"{path} {problem}. Replace this file with a fresh copy.")


def what_it_is(path: Path) -> str:
    """Return what a file is, such as "a web page (HTML)", told by its first bytes.

    Returns
    -------
    str
        Empty if the bytes give no hint, or the file can't be read.
    """
    try:
        with path.open("rb") as file:
            kind = file_kind(file.read(START))
    except OSError:
        return ""
    return "" if kind in NO_ANSWER else str(kind)
