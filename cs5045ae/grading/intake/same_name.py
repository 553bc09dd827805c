"""One form of a name for comparison, whoever wrote it and on whatever system.

Moodle takes signs out of the names of files, Canvas all that is no letter or digit;
a Mac writes accents as signs of their own, a spreadsheet turns apostrophes. None of
that makes two people of one.
"""

import re
import unicodedata

from rapidfuzz.distance import OSA

__all__ = ["are_near", "orders", "same_name", "solid", "without_accents"]

APOSTROPHES = "'’‘‛`´ʼʹʻ′＇ˈ"
REMOVED = APOSTROPHES + '"“”„«»&<>:\\|/.,;'
HYPHENS = "‐‑‒–—―−﹣－⁃"
TURNED = str.maketrans(dict.fromkeys(HYPHENS, "-") | {"_": " "})
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)


def same_name(text: str) -> str:
    """Return a name in the form in which names are compared.

    Parameters
    ----------
    text : str
        A name, or an id.

    Examples
    --------
    >>> same_name("  Seán\\u00a0O’Neil "), same_name("Sean_ONeil")
    ('seán oneil', 'sean oneil')
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    # Once more: casefold can take a composed letter apart.
    text = unicodedata.normalize("NFKC", text).translate(TURNED)
    kept = (
        " " if sign.isspace() else sign
        for sign in text
        if sign.isspace()
        or (sign not in REMOVED and unicodedata.category(sign)[0] != "C")
    )
    text = re.sub(r" *- *", "-", "".join(kept))
    return " ".join(text.split()).strip("- ")


def orders(text: str) -> list[str]:
    """Return a name in all orders in which systems write its words.

    The first is the one in which it is read: ``Roy, Anna`` is Anna Roy.

    Examples
    --------
    >>> orders("Roy, Anna Maria")
    ['anna maria roy', 'maria roy anna', 'roy anna maria']
    """
    last, _, first = text.partition(",")
    words = same_name(f"{first} {last}").split()
    return [" ".join(words[n:] + words[:n]) for n in range(len(words))]


def solid(text: str) -> str:
    """Return a name as Canvas writes it: letters and digits, and nothing between.

    Examples
    --------
    >>> solid("Roy-Lim, Anna")
    'roylimanna'
    """
    return "".join(s for s in same_name(text) if unicodedata.category(s)[0] in "LMN")


def without_accents(text: str) -> str:
    """Return the form for comparison without accents.

    Examples
    --------
    >>> without_accents("José Łukasz")
    'jose lukasz'
    """
    apart = unicodedata.normalize("NFKD", same_name(text).translate(LETTERS))
    return "".join(sign for sign in apart if unicodedata.category(sign) != "Mn")


def are_near(a: str, b: str) -> bool:
    """Tell whether two names may be meant for one: accents, a slip, a part left out.

    Two ids that hold digits are never near: each number is somebody else's.

    Examples
    --------
    >>> are_near("Anna Roi", "Anna Roy"), are_near("Anna Roy", "Anna Maria Roy")
    (True, True)
    >>> are_near("s1001", "s1002"), are_near("Ben Ode", "Anna Roy")
    (False, False)
    """
    a, b = without_accents(a), without_accents(b)
    if not a or not b:
        return False
    if any(sign.isdigit() for sign in a + b):
        return a == b
    first, second = set(a.replace("-", " ").split()), set(b.replace("-", " ").split())
    if first <= second or second <= first:
        return True
    a, b = " ".join(sorted(first)), " ".join(sorted(second))
    shorter = min(len(a), len(b))
    slips = 0 if shorter < 3 else 1 if shorter < 9 else 2
    return OSA.distance(a, b, score_cutoff=slips) <= slips
