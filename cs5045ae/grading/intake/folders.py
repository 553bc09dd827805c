"""Read a folder that strangers filled: only regular files, and never through a link."""

import errno
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import LIMITS, ArrivedFile, Limits, Refused

__all__ = ["read_folder"]

# O_NONBLOCK: opening a FIFO must not wait for someone to write into it.
FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
FOLDER = FLAGS | getattr(os, "O_DIRECTORY", 0)
CHUNK = 1 << 20


def read_folder(
    folder: Path, limits: Limits = LIMITS
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    """List the regular files below a folder.

    Parameters
    ----------
    folder : pathlib.Path
        The folder itself may be a link: the instructor named it.
    limits : Limits
        What is too many or too much.

    Returns
    -------
    files : list of ArrivedFile
        In the order of their paths.
    refused : list of (str, str)
        A path and why it is not taken: links, sockets, pipes, devices.

    Raises
    ------
    CourseError
        If there are too many entries, or the system cannot open files safely.
    """
    if os.open not in os.supports_dir_fd:
        raise CourseError(
            "On this system links in a folder cannot be kept out for certain. Put the "
            "folder into a zip file and collect that."
        )
    files: list[ArrivedFile] = []
    refused: list[tuple[str, str]] = []
    top = folder.resolve()
    for parts, status in _walk(top, limits):
        path = "/".join(os.fsencode(part).decode("utf-8", "replace") for part in parts)
        if isinstance(status, str):
            refused.append((path, status))
        elif problem := _not_regular(status.st_mode):
            refused.append((path, problem))
        else:
            files.append(_arrived(top, parts, path, status))
    return sorted(files, key=lambda file: file.path), sorted(refused)


def _walk(
    top: Path, limits: Limits
) -> Iterator[tuple[tuple[str, ...], os.stat_result | str]]:
    """Yield each entry that is not a folder, with its status or why it has none."""
    waiting: list[tuple[str, ...]] = [()]
    seen = 0
    while waiting:
        parts = waiting.pop()
        try:
            handle = _open_below(top, parts, FOLDER)
        except OSError as error:
            yield parts, _reason(error)
            continue
        try:
            names = os.listdir(handle)
            if (seen := seen + len(names)) > limits.entries:
                raise CourseError(f"{top.name} holds over {limits.entries} entries.")
            for name in names:
                below = (*parts, name)
                status = os.stat(name, dir_fd=handle, follow_symlinks=False)
                if not stat.S_ISDIR(status.st_mode):
                    yield below, status
                elif len(below) > limits.depth:
                    yield below, "its folders lie too deep in each other"
                else:
                    waiting.append(below)
        except OSError as error:
            yield parts, _reason(error)
        finally:
            os.close(handle)


def _open_below(top: Path, parts: tuple[str, ...], flags: int) -> int:
    """Open a path below `top` one part at a time, so that no part can be a link."""
    handle = os.open(top, FOLDER)
    for position, part in enumerate(parts, start=1):
        try:
            following = os.open(
                part, flags if position == len(parts) else FOLDER, dir_fd=handle
            )
        finally:
            os.close(handle)
        handle = following
    return handle


def _arrived(
    top: Path, parts: tuple[str, ...], path: str, status: os.stat_result
) -> ArrivedFile:
    def read(most: int) -> bytes:
        try:
            handle = _open_below(top, parts, FLAGS)
        except OSError as error:
            raise Refused(_reason(error)) from None
        with open(handle, "rb", buffering=0) as stream:
            # Looked at again on the open file: it may have been exchanged meanwhile.
            if problem := _not_regular(os.fstat(handle).st_mode):
                raise Refused(problem)
            return _at_most(stream.read, most)

    try:
        claimed = datetime.fromtimestamp(status.st_mtime, UTC)
    except (ValueError, OverflowError, OSError):
        claimed = None
    return ArrivedFile(path, status.st_size, claimed, True, read)


def _at_most(read: object, most: int) -> bytes:
    taken = bytearray()
    try:
        while chunk := read(CHUNK):  # type: ignore[operator]
            taken += chunk
            if len(taken) > most:
                raise Refused(f"it is larger than {most / 1e6:g} MB")
    except OSError as error:
        raise Refused(_reason(error)) from None
    return bytes(taken)


def _not_regular(mode: int) -> str:
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "it is a link, and links are not followed"
    return "it is not a regular file"


def _reason(error: OSError) -> str:
    if error.errno in {errno.ELOOP, errno.ENOTDIR}:
        return "it is a link, and links are not followed"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return "it may not be read"
    return f"it cannot be read ({os.strerror(error.errno or 0)})"
