"""The names in a zip, as they were meant by the program that packed it.

A zip says of each name whether it is UTF-8. Where it does not, Python reads the
code page of 1981, and an umlaut becomes a line of boxes.
"""

import struct
import zipfile
import zlib

__all__ = ["entry_name"]

UTF8 = 0x800
UNICODE_PATH = 0x7075


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Return the name of an entry: by its own mark, Info-ZIP's field, or its bytes.

    Parameters
    ----------
    entry : zipfile.ZipInfo
        From the table of contents.
    """
    name = entry.orig_filename
    if entry.flag_bits & UTF8 or name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    if (better := _unicode_path(entry.extra, raw)) is not None:
        return better
    try:
        return raw.decode("utf-8")  # a Mac writes UTF-8 and does not say so
    except UnicodeDecodeError:
        return name


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """Return the name in Info-ZIP's field, if it is of this very name."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind != UNICODE_PATH or len(body) < 6 or body[0] != 1:
            continue
        if struct.unpack("<L", body[1:5])[0] == zlib.crc32(raw):
            try:
                return body[5:].decode("utf-8")
            except UnicodeDecodeError:
                return None
    return None
