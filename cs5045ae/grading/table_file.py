"""Read a table of text as spreadsheets and learning systems save it."""

import codecs
import csv
import io
import re
from pathlib import Path

from cs5045ae.file_kind import FileKind, file_kind

__all__ = ["read_table"]

MARKS = ",;\t|"
TEXTS = {FileKind.TEXT, FileKind.PYTHON, FileKind.JSON}
BYTE_ORDERS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
KEPT_AS_TEXT = re.compile(r'="(.*)"', re.DOTALL)


def read_table(path: Path) -> tuple[list[tuple[int, list[str]]], list[str]]:
    """Read the cells of a CSV file, whatever parts them and however it is encoded.

    Parameters
    ----------
    path : pathlib.Path
        Parted by commas, semicolons, tabs or bars; UTF-8, UTF-16 or Windows-1252.

    Returns
    -------
    lines : list of (int, list of str)
        For each line that is not empty its number in the file and its cells, without
        spaces around them. Excel's ``="007"`` is ``007``; its first line ``sep=;`` is
        left out.
    notes : list of str
        What a person should know about how it was read, a sentence each.

    Raises
    ------
    ValueError
        If it is no text at all; the message says what it is and what to do.
    OSError
        If it cannot be read.
    """
    data = path.read_bytes()
    kind = file_kind(data)
    if kind is FileKind.EMPTY:
        raise ValueError(f"{path.name} is empty.")
    if kind not in TEXTS:
        raise ValueError(
            f"{path.name} is {kind}, not a table. Open it in a spreadsheet and save it "
            "as CSV UTF-8."
        )
    text, notes = _decoded(data, path.name)
    mark, skipped = None, 0
    if match := re.match(r'"?sep=(.)"?[ \t]*(\r\n|\r|\n)', text, re.IGNORECASE):
        mark, skipped, text = match[1], 1, text[match.end() :]
    mark = mark or _mark(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        lines = [
            (reader.line_num + skipped, [_cell(cell) for cell in cells])
            for cells in reader
            if any(cell.strip() for cell in cells)
        ]
    except csv.Error as error:
        where = f"{path.name}, line {reader.line_num + skipped}"
        raise ValueError(f"{where}, cannot be read as CSV: {error}.") from None
    return lines, notes


def _decoded(data: bytes, name: str) -> tuple[str, list[str]]:
    for mark, encoding in BYTE_ORDERS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), []
    if b"\0" in data[:200]:  # UTF-16 without its mark
        order = "utf-16-be" if data[:1] == b"\0" else "utf-16-le"
        return data.decode(order, errors="replace"), []
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise ValueError(f"{name} is not UTF-8. Save it as CSV UTF-8.") from None
    note = (
        f"{name} is not UTF-8 and was read as Windows-1252. If names look wrong, save "
        "it as CSV UTF-8."
    )
    return text, [note]


def _mark(text: str) -> str:
    """Return the sign that parts the cells of the first line into the most."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(MARKS, key=lambda mark: len(next(csv.reader([first], delimiter=mark))))


def _cell(text: str) -> str:
    text = text.strip()
    kept = KEPT_AS_TEXT.fullmatch(text)
    return kept[1].strip() if kept else text
