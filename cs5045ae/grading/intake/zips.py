"""Read a zip that strangers filled: looked through before a byte is unpacked.

Nothing is ever written under a name from the zip; names only tell whose a file is.
"""

import re
import stat
import struct
import zipfile
import zlib
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import LIMITS, MB, ArrivedFile, Limits, Refused
from cs5045ae.grading.intake.times import localized

__all__ = ["read_zip"]

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
    _look_at_the_end(path, limits)
    try:
        archive = zipfile.ZipFile(path)  # stays open for the readers of its files
    except BROKEN as error:
        raise CourseError(f"{path.name} is no zip that can be read: {error}.") from None
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise CourseError(f"{path.name} holds over {limits.entries} entries.")
    files, refused = [], []
    for entry in entries:
        if entry.is_dir() and not _not_plain(entry):
            continue
        try:
            _look_at(entry, limits)
            name = _checked_name(entry.orig_filename, limits)
        except Refused as reason:
            refused.append((entry.orig_filename, str(reason)))
            continue
        files.append(_arrived(archive, entry, name, zone))
    return files, refused


def _look_at_the_end(path: Path, limits: Limits) -> None:
    """Refuse a zip whose table of contents alone would fill the memory."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - (1 << 16) - 100))
        tail = stream.read()
        start = tail.rfind(END)
        if start < 0 or len(tail) < start + 22:
            raise CourseError(f"{path.name} is no zip, or not a whole one.")
        count, table = struct.unpack("<HL", tail[start + 10 : start + 16])
        if tail[max(0, start - 20) : start][:4] == AT64:
            (at,) = struct.unpack("<Q", tail[start - 12 : start - 4])
            stream.seek(min(at, size))
            record = stream.read(56)
            if record[:4] == END64 and len(record) == 56:
                count, table = struct.unpack("<QQ", record[32:48])
    if count > limits.entries or table > limits.directory_bytes:
        raise CourseError(
            f"{path.name} holds {count} entries, more than a class hands in "
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
    def read(most: int) -> bytes:
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

    exact = _unix_time(entry.extra)
    return ArrivedFile(
        name, entry.file_size, exact or _dos_time(entry, zone), exact is not None, read
    )


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
