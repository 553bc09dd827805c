"""Student ids that are safe as the name of a folder, on any system and in nbgrader."""

import re
import unicodedata
from collections.abc import Iterable

from cs5045ae.grading.intake.files import Refused, shown

__all__ = ["colliding", "student_id"]

BYTES = 100
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def student_id(text: str) -> str:
    """Return the id under which a student's files stand on disk.

    Letters and digits of any script, ``_``, ``.``, ``-`` and ``@`` stay; anything else
    between them (spaces, brackets, commas, quotes) becomes one ``_``.

    Parameters
    ----------
    text : str
        An id of the class list, or what the file's name says.

    Raises
    ------
    Refused
        If nothing safe is left, or the name holds signs that cannot be seen.

    Examples
    --------
    >>> student_id("Müller, Anna (2)")
    'Müller_Anna_2'
    """
    raw = unicodedata.normalize("NFKC", text)
    if any(unicodedata.category(sign) in INVISIBLE for sign in raw):
        raise Refused(f"the id {shown(text)!r} holds signs that cannot be seen")
    if ".." in raw or "/" in raw or "\\" in raw:
        raise Refused(f"the id {shown(text)!r} looks like a path")
    clean = re.sub(r"[^\w.@-]+", "_", raw).strip("_").lstrip(".@-")
    clean = clean.strip("_").rstrip(".")
    if not clean:
        raise Refused(f"the id {shown(text)!r} has no letter or digit")
    if len(clean.encode()) > BYTES:
        raise Refused(f"the id {shown(text, 40)!r} is longer than {BYTES} bytes")
    return clean


def colliding(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Find ids that two different students would share.

    Parameters
    ----------
    pairs : iterable of (str, str)
        The id as it stood in the source, and what was made of it.

    Returns
    -------
    dict
        From each made id that is not safe to use to a sentence that says why.
    """
    raws: dict[str, set[str]] = {}
    made: dict[str, set[str]] = {}
    for raw, clean in pairs:
        key = clean.casefold()
        raws.setdefault(key, set()).add(unicodedata.normalize("NFC", raw))
        made.setdefault(key, set()).add(clean)
    found = {}
    for key, names in raws.items():
        if len(names) > 1:
            several = " and ".join(repr(shown(name, 60)) for name in sorted(names))
            for clean in made[key]:
                found[clean] = (
                    f"the ids {several} cannot be kept apart; give a pattern or a "
                    "roster that does"
                )
    return found
