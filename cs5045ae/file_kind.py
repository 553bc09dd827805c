"""What a file is, told from its bytes, whatever its name says."""

import codecs
import re
from enum import StrEnum

__all__ = ["FileKind", "file_kind"]

TEXT_BYTES = 1 << 20
BYTE_ORDERS = [
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
]
WEB = re.compile(r"<(!doctype\s+html|html|head|body|script|meta|title)\b", re.I)
CONFLICT = re.compile(r"^(<{7}|>{7})( .*)?$", re.MULTILINE)
PYTHON = re.compile(
    r"^(#!.*\bpython|# %%|# In\[|import \w|from [\w.]+ import |"
    r"(async )?def \w+\(|class \w+[:(])",
    re.MULTILINE,
)
LINK = re.compile(r"\[InternetShortcut\]|\[Desktop Entry\]", re.I)


class FileKind(StrEnum):
    """A kind of file; its text goes into a sentence such as "it is ..."."""

    EMPTY = "an empty file"
    LFS_POINTER = "a Git LFS pointer in place of the file"
    ANNEX_POINTER = "a git-annex pointer in place of the file"
    WEB_PAGE = "a web page (HTML)"
    CONFLICT = "text with the marks of a Git merge conflict"
    GZIP = "gzip data"
    ZIP = "a zip archive"
    RAR = "a RAR archive"
    SEVEN_ZIP = "a 7z archive"
    TAR = "a tar archive"
    BZIP2 = "bzip2 data"
    XZ = "xz data"
    ZSTD = "zstd data"
    PDF = "a PDF document"
    OFFICE = "a Word, Excel or PowerPoint document"
    RTF = "a document in Rich Text Format"
    IMAGE = "a picture"
    MEDIA = "a sound or a video"
    NUMPY = "a NumPy array (.npy)"
    HDF5 = "an HDF5 file"
    SQLITE = "an SQLite database"
    PROGRAM = "a program"
    MAC_FORK = "what a Mac keeps beside a file (._name)"
    SHORTCUT = "a shortcut to something elsewhere"
    NOTEBOOK = "a Jupyter notebook"
    JSON = "JSON"
    XML = "XML"
    PYTHON = "Python source"
    TEXT = "plain text"
    BINARY = "binary data"

    @property
    def is_archive(self) -> bool:
        """Whether other files are packed in it."""
        return self in ARCHIVES


ARCHIVES = {
    *(FileKind.GZIP, FileKind.ZIP, FileKind.RAR, FileKind.SEVEN_ZIP, FileKind.TAR),
    *(FileKind.BZIP2, FileKind.XZ, FileKind.ZSTD),
}
STARTS = [
    (b"\x1f\x8b", FileKind.GZIP),
    (b"Rar!\x1a\x07", FileKind.RAR),
    (b"7z\xbc\xaf\x27\x1c", FileKind.SEVEN_ZIP),
    (b"BZh", FileKind.BZIP2),
    (b"\xfd7zXZ\0", FileKind.XZ),
    (b"\x28\xb5\x2f\xfd", FileKind.ZSTD),
    (b"%PDF-", FileKind.PDF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileKind.OFFICE),
    (b"{\\rtf", FileKind.RTF),
    (b"\x89PNG\r\n\x1a\n", FileKind.IMAGE),
    (b"\xff\xd8\xff", FileKind.IMAGE),
    (b"GIF87a", FileKind.IMAGE),
    (b"GIF89a", FileKind.IMAGE),
    (b"II*\0", FileKind.IMAGE),
    (b"MM\0*", FileKind.IMAGE),
    (b"ID3", FileKind.MEDIA),
    (b"OggS", FileKind.MEDIA),
    (b"\x1aE\xdf\xa3", FileKind.MEDIA),
    (b"\x93NUMPY", FileKind.NUMPY),
    (b"\x89HDF\r\n\x1a\n", FileKind.HDF5),
    (b"SQLite format 3\0", FileKind.SQLITE),
    (b"\x7fELF", FileKind.PROGRAM),
    (b"\xcf\xfa\xed\xfe", FileKind.PROGRAM),
    (b"\0\x05\x16\x07", FileKind.MAC_FORK),
    (b"\0\x05\x16\0", FileKind.MAC_FORK),
    (b"L\0\0\0\x01\x14\x02\0", FileKind.SHORTCUT),
]


def file_kind(data: bytes) -> FileKind:
    """Tell what a file is by what is in it.

    Parameters
    ----------
    data : bytes
        The file, or its beginning; 64 kB are enough for all but conflict marks.

    Examples
    --------
    >>> file_kind(b"<!DOCTYPE html><html>Sign in</html>").value
    'a web page (HTML)'
    >>> file_kind(b"version https://git-lfs.github.com/spec/v1").name
    'LFS_POINTER'
    """
    if not data.strip(b" \t\r\n\0"):
        return FileKind.EMPTY
    for start, kind in STARTS:
        if data.startswith(start):
            return kind
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return FileKind.OFFICE if _is_document(data) else FileKind.ZIP
    if data[257:262] == b"ustar":
        return FileKind.TAR
    if data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] != b"WEBP"):
        is_picture = data[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
        return FileKind.IMAGE if is_picture else FileKind.MEDIA
    if data[:4] == b"RIFF":
        return FileKind.IMAGE
    if data.startswith(b"MZ") and b"\0" in data[:64]:
        return FileKind.PROGRAM
    text = _text(data[:TEXT_BYTES])
    return FileKind.BINARY if text is None else _kind_of_text(text)


def _is_document(data: bytes) -> bool:
    """Tell an Office document from other zips by the names of its first parts."""
    start = data[:8192]
    known = (b"[Content_Types].xml", b"word/", b"xl/", b"ppt/")
    return any(name in start for name in known) or (
        b"mimetypeapplication/vnd.oasis" in start
    )


def _text(data: bytes) -> str | None:
    """Return the text of a file in any usual encoding, None if it is no text."""
    for mark, encoding in BYTE_ORDERS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace")
    start = data[:512]
    if b"\0" in start:
        even, odd = start[::2].count(0), start[1::2].count(0)
        if max(even, odd) < 0.4 * len(start) / 2 or min(even, odd):
            return None
        return data.decode("utf-16-be" if even else "utf-16-le", errors="replace")
    control = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in start)
    if control > 0.05 * len(start):
        return None
    try:
        # Not final: the end may be cut in the middle of a sign.
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        odd = sum(byte > 126 for byte in start)
        return data.decode("cp1252", "replace") if odd < 0.5 * len(start) else None


def _kind_of_text(text: str) -> FileKind:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    start = text.lstrip()[:4096]
    if start.startswith("version https://git-lfs.github.com/spec/"):
        return FileKind.LFS_POINTER
    if start.startswith("/annex/objects/") or ".git/annex/objects/" in start[:256]:
        return FileKind.ANNEX_POINTER
    if CONFLICT.search(text):
        return FileKind.CONFLICT
    if start.startswith("<"):
        if re.match(r"(<\?xml.*?\?>\s*)?(<!--.*?-->\s*)*<(!doctype )?svg", start, re.S):
            return FileKind.IMAGE
        return FileKind.WEB_PAGE if WEB.search(start) else FileKind.XML
    if LINK.match(start):
        return FileKind.SHORTCUT
    if start.startswith(("{", "[")) and re.match(r"[{\[]\s*[\"{\[\]}\d\-tfn]", start):
        cells = '"cells"' in text or '"worksheets"' in text
        marked = cells and ('"nbformat"' in text or '"cell_type"' in text)
        return FileKind.NOTEBOOK if marked else FileKind.JSON
    return FileKind.PYTHON if PYTHON.search(text) else FileKind.TEXT
