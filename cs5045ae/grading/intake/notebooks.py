"""Read the cells of a notebook from any bytes, without trusting one of them.

nbformat's own reader refuses what is a little wrong; a student's answers should not be
lost to a byte order mark or to a cell id that occurs twice. So only what is needed is
taken from the JSON: the kind, the text and the ids of each cell.
"""

import codecs
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cs5045ae.file_kind import FileKind, file_kind
from cs5045ae.grading.intake.files import LIMITS, MB, Refused

__all__ = ["Cell", "Submission", "read_notebook"]

MOST_CELLS = 1_500
MOST_TEXT = 5_000_000
MOST_BRACKETS = 2_000_000
MOST_COMMAS = 10_000_000
NEWEST = 4
INSTEAD = {
    FileKind.LFS_POINTER: "get the file itself with git lfs pull",
    FileKind.ANNEX_POINTER: "get the file itself with git annex get",
    FileKind.WEB_PAGE: "download the notebook, not the page that shows it",
    FileKind.CONFLICT: "the two versions must be merged first",
    FileKind.SHORTCUT: "hand in the notebook itself",
    FileKind.ZIP: "name it .zip, and it is opened",
    FileKind.RAR: "unpack it, and collect what was in it",
    FileKind.SEVEN_ZIP: "unpack it, and collect what was in it",
    FileKind.TAR: "unpack it, and collect what was in it",
    FileKind.PYTHON: "hand in the .ipynb, not the code exported from it",
    FileKind.MAC_FORK: "hand in the notebook itself",
}
TEXTS = {FileKind.TEXT, FileKind.JSON, FileKind.NOTEBOOK}
BYTE_ORDER = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]


@dataclass(frozen=True)
class Cell:
    """What is kept of a student's cell.

    Parameters
    ----------
    kind : str
        ``code``, ``markdown`` or ``raw``.
    source : str
        Its text, lines ended by ``\\n``.
    grade_id : str
        nbgrader's id, empty if it has none.
    flags : tuple of bool
        nbgrader's ``grade``, ``solution`` and ``locked``, as they were handed in.
    id : str
        The cell's own id, empty if it has none.
    attachments : mapping
        Of a markdown cell, as it stood there.
    """

    kind: str
    source: str
    grade_id: str = ""
    flags: tuple[bool, bool, bool] = (False, False, False)
    id: str = ""
    attachments: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Submission:
    """The cells of a student's notebook, and what was odd about its file."""

    cells: list[Cell]
    notes: list[str]


def read_notebook(data: bytes) -> Submission:
    """Read a notebook of any format version and encoding.

    Parameters
    ----------
    data : bytes
        The file.

    Raises
    ------
    Refused
        If no cells can be found in it; the message says why.
    """
    notes: list[str] = []
    kind = file_kind(data)
    if kind is FileKind.GZIP:
        data = _unpacked(data)
        kind = file_kind(data)
        notes.append("It was packed with gzip.")
    if kind is FileKind.EMPTY:
        raise Refused("the file is empty")
    if kind not in TEXTS and not (kind is FileKind.CONFLICT and _is_json(data)):
        advice = INSTEAD.get(kind)
        raise Refused(f"it is {kind}, not a notebook{f': {advice}' if advice else ''}")
    root = _json(_text(data, notes))
    if not isinstance(root, dict):
        raise Refused("it is JSON, but no notebook")
    raw = _raw_cells(root)
    if raw is None:
        raise Refused("it is JSON, but no notebook: it has no cells")
    version = root.get("nbformat")
    if isinstance(version, int) and not isinstance(version, bool):
        if version > NEWEST:
            notes.append(f"Its format, {version}, is newer than this course knows.")
        elif version < NEWEST:
            notes.append(f"It has the old notebook format {version}.")
    cells = [_cell(item) for item in raw if isinstance(item, dict)]
    if len(cells) < len(raw):
        notes.append(f"{len(raw) - len(cells)} entries in it are no cells.")
    if not cells:
        raise Refused("the notebook has no cells")
    if len(cells) > MOST_CELLS:
        raise Refused(f"it has {len(cells)} cells; up to {MOST_CELLS} are read")
    if sum(len(cell.source) for cell in cells) > MOST_TEXT:
        raise Refused(
            f"its cells hold over {MOST_TEXT // 1_000_000} million characters"
        )
    return Submission(cells, notes)


def _text(data: bytes, notes: list[str]) -> str:
    for mark, encoding in BYTE_ORDER:
        if data.startswith(mark):
            if encoding != "utf-8":
                notes.append(f"It was saved as {encoding.upper()}.")
            return data[len(mark) :].decode(encoding, errors="replace")
    start = data[:4]
    if start[1:2] == b"\0" or start[:1] == b"\0":  # JSON starts with an ASCII sign
        wide = start.count(0) == 3
        order = "be" if start[:1] == b"\0" else "le"
        encoding = f"utf-{32 if wide else 16}-{order}"
        notes.append(f"It was saved as {encoding.upper()}.")
        return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        notes.append("It was not saved as UTF-8; some letters may be wrong.")
        return data.decode("cp1252", errors="replace")


def _unpacked(data: bytes) -> bytes:
    try:
        unpacker = zlib.decompressobj(wbits=31)
        unpacked = unpacker.decompress(data, LIMITS.file_bytes)
    except zlib.error as error:
        raise Refused(f"it is gzip data, and damaged ({error})") from None
    if unpacker.unconsumed_tail:
        raise Refused(f"it is gzip data of over {LIMITS.file_bytes / MB:g} MB")
    return unpacked


def _is_json(data: bytes) -> bool:
    """Tell whether marks of a conflict stand in the text of cells alone."""
    try:
        json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        return False
    return True


def _json(text: str) -> Any:
    # Each bracket becomes an object in memory, many times its size in the file.
    brackets = text.count("{") + text.count("[")
    if brackets > MOST_BRACKETS or text.count(",") > MOST_COMMAS:
        raise Refused("its JSON has too many parts to be a notebook")
    try:
        return json.loads(text, parse_int=_int, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        if "Unterminated" in error.msg or error.pos >= len(text.rstrip()):
            line = text.rstrip().count("\n") + 1
            raise Refused(
                f"it breaks off in line {line}, as after an interrupted upload"
            ) from None
        raise Refused(f"it is not JSON (line {error.lineno}: {error.msg})") from None
    except RecursionError:
        raise Refused("its JSON is nested too deeply") from None
    except (ValueError, MemoryError):
        raise Refused("it is not JSON that can be read") from None


def _int(digits: str) -> int | None:
    return int(digits) if len(digits) < 20 else None


def _raw_cells(root: dict[str, Any]) -> list[Any] | None:
    if isinstance(root.get("cells"), list):
        return root["cells"]
    sheets = root.get("worksheets")
    if not isinstance(sheets, list):
        return None
    found = [s["cells"] for s in sheets if isinstance(s, dict) and "cells" in s]
    return [cell for cells in found if isinstance(cells, list) for cell in cells]


def _cell(item: dict[str, Any]) -> Cell:
    kind = item.get("cell_type")
    source = _joined(item.get("source", item.get("input", item.get("text"))))
    if kind == "heading":  # of formats 2 and 3
        level = item.get("level")
        sharps = "#" * (level if isinstance(level, int) and 1 <= level <= 6 else 1)
        source = f"{sharps} {source}"
    metadata = item.get("metadata")
    marks = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    marks = marks if isinstance(marks, dict) else {}
    grade_id, cell_id = marks.get("grade_id"), item.get("id")
    attachments = item.get("attachments")
    return Cell(
        kind if kind == "code" or kind == "raw" else "markdown",
        source,
        grade_id if isinstance(grade_id, str) else "",
        tuple(marks.get(f) is True for f in ("grade", "solution", "locked")),  # type: ignore[arg-type]
        cell_id if isinstance(cell_id, str) else "",
        attachments if isinstance(attachments, dict) else {},
    )


def _joined(source: object) -> str:
    """Return a source that stands as text, a list of lines, or something else."""
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    elif isinstance(source, (int, float)) and not isinstance(source, bool):
        source = str(source)
    text = source if isinstance(source, str) else ""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[\ud800-\udfff]", "\ufffd", text)  # halves that UTF-8 cannot write
