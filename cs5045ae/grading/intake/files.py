"""A file that was handed in: known by name and size, its bytes read only when asked."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cs5045ae.grading.intake.system_files import system_part

__all__ = [
    "ENDING",
    "LIMITS",
    "ArrivedFile",
    "Limits",
    "Refused",
    "holds_answers",
    "is_notebook",
    "shown",
]

MB = 1_000_000
ENDING = re.compile(
    r"\.(?:ipynb(?:\.(?:txt|json|gz))?|zip|rar|7z|tar|t[bgx]z2?|tar\.\w{1,4}|gz)$",
    re.IGNORECASE,
)
"""Of a notebook, of one that a browser renamed, or of an archive."""


class Refused(Exception):
    """A file that is not taken in; the message is one sentence that says why."""


@dataclass(frozen=True)
class Limits:
    """How much is read, counted on the bytes that really come.

    Parameters
    ----------
    entries : int
        Files and folders in one source.
    depth : int
        Folders inside folders.
    file_bytes : int
        Bytes of one file.
    student_bytes : int
        Bytes of all files of one student.
    ratio : int
        Unpacked bytes for one packed byte in a zip; asked of files over 1 MB.
    directory_bytes : int
        Bytes of a zip's table of contents, which is held in memory.
    """

    entries: int = 50_000
    depth: int = 20
    file_bytes: int = 50 * MB
    student_bytes: int = 200 * MB
    ratio: int = 200
    directory_bytes: int = 10 * MB


LIMITS = Limits()


@dataclass(frozen=True)
class ArrivedFile:
    """A regular file in a source.

    Parameters
    ----------
    path : str
        Where it stands in the source, parts joined by ``/``.
    size : int
        The bytes it is said to have.
    claimed : datetime.datetime or None
        When it was last changed, with a zone, as far as the source tells.
    zone_known : bool
        False if the source gave a local time without saying of which place.
    reader : callable
        Gives its bytes or raises `Refused`; called with the most bytes to read.
    """

    path: str
    size: int
    claimed: datetime | None
    zone_known: bool
    reader: Callable[[int], bytes]

    @property
    def name(self) -> str:
        """The last part of its path."""
        return self.path.rsplit("/", 1)[-1]

    @property
    def is_notebook(self) -> bool:
        """Whether it is named as a notebook and is nobody's automatic copy."""
        return is_notebook(self.path)

    def read(self, most: int) -> bytes:
        """Return its bytes.

        Raises
        ------
        Refused
            If it has more than `most` bytes or cannot be read.
        """
        if self.size > most:
            raise Refused(f"it is larger than {most / MB:g} MB")
        return self.reader(most)


def is_notebook(path: str) -> bool:
    """Tell whether a path is named as a notebook and is no automatic copy.

    >>> is_notebook("anna/.ipynb_checkpoints/01_pca-checkpoint.ipynb")
    False
    """
    return path.lower().endswith(".ipynb") and system_part(path) < 0


def holds_answers(path: str) -> bool:
    """Tell whether a path is named as what a student hands in: notebook or archive.

    >>> holds_answers("anna/hw1.zip"), holds_answers("anna/readme.txt")
    (True, False)
    """
    return ENDING.search(path) is not None and system_part(path) < 0


def shown(text: str, width: int = 120) -> str:
    """Return a name from outside as it may be printed: one line, nothing invisible.

    Control signs, marks that turn the direction of writing, and broken characters
    become ``?``; what is longer than `width` is cut.

    >>> shown("a\\u202eb.ipynb")
    'a?b.ipynb'
    """
    visible = (
        "?"
        if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
        else sign
        for sign in text[: width + 1]
    )
    text = "".join(visible)
    return text if len(text) <= width else text[: width - 1] + "…"
