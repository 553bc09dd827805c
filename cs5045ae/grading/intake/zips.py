"""Read a zip that strangers filled: looked through before a byte is unpacked.

Nothing is ever written under a name from the zip; names only tell whose a file is.
"""

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from typing import BinaryIO

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import LIMITS, MB, ArrivedFile, Limits, Refused
from cs5045ae.grading.intake.times import localized
from cs5045ae.grading.intake.zip_names import entry_name

__all__ = ["read_inner_zip", "read_zip"]

END, END64, AT64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
CHUNK = 1 << 16
ENCRYPTED = 0x1
UNPACKED = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
)


def read_zip(
    path: Path, zone: tzinfo | None = None, limits: Limits = LIMITS
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    """List the files in a zip.

    Parameters
    ----------
    path : pathlib.Path
        The zip file.
    zone : datetime.tzinfo, optional
        Where its clock stood: most zips keep local times. This machine's by default.
    limits : Limits
        What is too many or too much.

    Returns
    -------
    files : list of ArrivedFile
        In the order of the zip.
    refused : list of (str, str)
        A name and why it is not taken: a name that leads elsewhere, a link, a password,
        too much in too few bytes. One student's file does not stop the others.

    Raises
    ------
    CourseError
        If it is no zip that can be read, or has too many entries.
    """
    with path.open("rb") as stream:
        _look_at_the_end(stream, path.name, limits)
    archive = _opened(path, path.name)  # stays open for the readers of its files
    files, refused = [], []
    for number, name in _entries(archive, path.name, limits):
        entry = archive.infolist()[number]
        if isinstance(name, Refused):
            refused.append((entry_name(entry), str(name)))
        else:
            files.append(_arrived(archive, entry, name, zone))
    return files, refused


def read_inner_zip(
    outer: ArrivedFile, limits: Limits = LIMITS
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    """List the files in a zip that somebody handed in, under its name.

    Their time is that of the zip: what stands inside, the student's machine wrote.

    Parameters
    ----------
    outer : ArrivedFile
        The zip.
    limits : Limits
        The same as for a zip with a class in it.

    Raises
    ------
    Refused
        If it is no zip that can be read, or holds too much.
    """

    def opened() -> zipfile.ZipFile:
        data = outer.read(limits.file_bytes)
        _look_at_the_end(io.BytesIO(data), outer.name, limits)
        return _opened(io.BytesIO(data), outer.name)

    def reader(number: int) -> Callable[[int], bytes]:
        # Opened anew for each file: only one zip at a time is held in memory.
        return lambda most: _unpacked(again := opened(), again.infolist()[number], most)

    files, refused = [], []
    try:
        archive = opened()
        for number, name in _entries(archive, outer.name, limits):
            entry = archive.infolist()[number]
            if isinstance(name, Refused):
                refused.append((f"{outer.path}/{entry_name(entry)}", str(name)))
                continue
            file = replace(outer, path=f"{outer.path}/{name}", size=entry.file_size)
            files.append(replace(file, reader=reader(number)))
    except CourseError as problem:
        raise Refused(str(problem).rstrip(".")) from None
    return files, refused


def _opened(source: Path | BinaryIO, title: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(source)
    except BROKEN as error:
        raise CourseError(f"{title} is no zip that can be read: {error}.") from None


def _entries(
    archive: zipfile.ZipFile, title: str, limits: Limits
) -> Iterator[tuple[int, str | Refused]]:
    """Yield the place of each file with its checked name, or why it is not taken."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise CourseError(f"{title} holds over {limits.entries} entries.")
    for number, entry in enumerate(entries):
        if entry.is_dir() and not _not_plain(entry):
            continue
        try:
            _look_at(entry, limits)
            yield number, _checked_name(entry_name(entry), limits)
        except Refused as reason:
            yield number, reason


def _look_at_the_end(stream: BinaryIO, title: str, limits: Limits) -> None:
    """Refuse a zip whose table of contents alone would fill the memory."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - (1 << 16) - 100))
    tail = stream.read()
    start = tail.rfind(END)
    if start < 0 or len(tail) < start + 22:
        raise CourseError(f"{title} is no zip, or not a whole one.")
    count, table = struct.unpack("<HL", tail[start + 10 : start + 16])
    if tail[max(0, start - 20) : start][:4] == AT64:
        (at,) = struct.unpack("<Q", tail[start - 12 : start - 4])
        stream.seek(min(at, size))
        record = stream.read(56)
        if record[:4] == END64 and len(record) == 56:
            count, table = struct.unpack("<QQ", record[32:48])
    if count > limits.entries or table > limits.directory_bytes:
        raise CourseError(
            f"{title} holds {count} entries, more than a class hands in "
            f"({limits.entries}), or a table of contents of {table / MB:.0f} MB."
        )


def _look_at(entry: zipfile.ZipInfo, limits: Limits) -> None:
    if problem := _not_plain(entry):
        raise Refused(problem)
    if entry.flag_bits & ENCRYPTED:
        raise Refused("it is locked with a password")
    if entry.compress_type not in UNPACKED:
        raise Refused("it is packed in a way that is not unpacked here")
    if entry.file_size > limits.file_bytes:
        raise Refused(f"it is larger than {limits.file_bytes / MB:g} MB")
    if entry.file_size > MB and entry.file_size > limits.ratio * entry.compress_size:
        raise Refused(f"it unpacks to over {limits.ratio} times its size")


def _not_plain(entry: zipfile.ZipInfo) -> str:
    """Say what an entry is, if Unix wrote its kind and it is no file or folder."""
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "it is a link, and links are not followed"
    return "" if kind in {0, stat.S_IFREG, stat.S_IFDIR} else "it is not a regular file"


def _checked_name(name: str, limits: Limits) -> str:
    """Return a name, ``/`` between its parts, or refuse one that leads elsewhere."""
    if "\0" in name:
        raise Refused("its name holds a NUL")
    name = name.replace("\\", "/")
    if name.startswith("/") or re.match(r"[A-Za-z]:", name):
        raise Refused("its name is an absolute path")
    parts = [part for part in name.split("/") if part not in {"", "."}]
    if ".." in parts or not parts:
        raise Refused("its name leads out of the zip")
    if len(parts) > limits.depth or len(name) > 4096:
        raise Refused("its folders lie too deep in each other")
    return "/".join(parts)


def _arrived(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, zone: tzinfo | None
) -> ArrivedFile:
    exact = _unix_time(entry.extra)
    return ArrivedFile(
        name,
        entry.file_size,
        exact or _dos_time(entry, zone),
        exact is not None,
        lambda most: _unpacked(archive, entry, most),
    )


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    taken = bytearray()
    try:
        with archive.open(entry) as stream:
            # The sizes in a zip are only said; these bytes have come.
            while chunk := stream.read(CHUNK):
                taken += chunk
                if len(taken) > most:
                    raise Refused(f"it is larger than {most / MB:g} MB")
    except BROKEN as error:
        raise Refused(f"it is damaged in the zip ({error})") from None
    return bytes(taken)


def _dos_time(entry: zipfile.ZipInfo, zone: tzinfo | None) -> datetime | None:
    try:
        return localized(datetime(*entry.date_time), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _unix_time(extra: bytes) -> datetime | None:
    """Return the time of change in UTC, which some programs keep beside the local."""
    while len(extra) >= 4:
        kind, size = struct.unpack("<HH", extra[:4])
        body, extra = extra[4 : 4 + size], extra[4 + size :]
        if kind == 0x5455 and len(body) >= 5 and body[0] & 1:
            return datetime.fromtimestamp(struct.unpack("<l", body[1:5])[0], UTC)
    return None
