"""Cells of a CSV that do no harm in a spreadsheet, and files written whole."""

import csv
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

__all__ = ["key", "number", "text", "write_table"]

FORMULA = "=+-@＝＋－＠"
CALLS = "(|!"  # of a function, another program, another file


def text(value: str) -> str:
    """Return a text that no spreadsheet takes for a formula, on one line.

    A spreadsheet runs what starts with ``=``, ``+``, ``-`` or ``@``, also behind a tab
    or a line break; an apostrophe in front keeps it text.

    Examples
    --------
    >>> text('=HYPERLINK("x")')
    '\\'=HYPERLINK("x")'
    >>> text("Doe, Jane")
    'Doe, Jane'
    """
    clean = _on_one_line(value)
    # Signs without a width would hide a formula from us but not from a spreadsheet.
    seen = clean.lstrip("\u200b\u200c\u200d\u2060\ufeff\u00ad\u202a\u202d\u202e \u00a0")
    return f"'{clean}" if seen[:1] and seen[0] in FORMULA else clean


def key(value: str) -> str:
    """Return what a system knows a student by, for a table that it imports.

    It has to be the same to the letter, so that `=1+2` or `-anna` stays as it is: a
    spreadsheet would work it out, and do no harm. What calls something is no id, and
    gets its apostrophe.

    Examples
    --------
    >>> key("=1+2"), key("007"), key('=HYPERLINK("x")')
    ('=1+2', '007', '\\'=HYPERLINK("x")')
    """
    return text(value) if set(CALLS) & set(value) else _on_one_line(value)


def _on_one_line(value: str) -> str:
    return "".join(
        " " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign
        for sign in value
    ).strip()


def number(value: float | None) -> str:
    """Return a number with at most four decimals, empty for None.

    Examples
    --------
    >>> number(2.50), number(1 / 3), number(None)
    ('2.5', '0.3333', '')
    """
    if value is None:
        return ""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def write_table(
    path: Path,
    header: Sequence[str],
    lines: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8-sig",
) -> None:
    """Write a CSV, whole or not at all.

    A table for people begins with a byte-order mark, by which Excel knows UTF-8. To a
    program that expects none, the mark belongs to the name of the first column: let
    that be one that nobody looks up.

    Parameters
    ----------
    path : pathlib.Path
        Its folder is made.
    header : sequence of str
        Names of the columns.
    lines : iterable of sequence of str
        Cells that went through `text`, `key` or `number`.
    encoding : str
        ``utf-8`` for a table that another system imports.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, scratch = tempfile.mkstemp(prefix=".new-", dir=path.parent)
    try:
        with open(handle, "w", encoding=encoding, newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(header)
            writer.writerows(lines)
        os.chmod(scratch, 0o644)
        os.replace(scratch, path)
    except BaseException:
        os.unlink(scratch)
        raise
