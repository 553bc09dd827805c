"""What can go wrong with a data file, as exceptions that say what to do."""

from os import PathLike


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
