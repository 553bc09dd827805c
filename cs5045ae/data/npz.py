"""NumPy's .npz archives, read strictly and written all at once."""

import io
import os
import uuid
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.errors import damaged, what_it_is
from cs5045ae.file_kind import FileKind


def read_npz(path: Path, names: tuple[str, ...]) -> dict[str, NDArray[Any]]:
    """Read the named arrays of an .npz file, all of them or none.

    Parameters
    ----------
    path : pathlib.Path
        The file. Zip's checksums are verified while reading.
    names : tuple of str
        The arrays that must be in it; others are ignored.

    Returns
    -------
    dict
        Array by name.

    Raises
    ------
    DataError
        If the file can't be read, is no zip archive, lacks an array, or holds
        Python objects (which could run code when loaded, and are never loaded).
    """
    try:
        with path.open("rb") as file:
            if not zipfile.is_zipfile(file):
                what = what_it_is(path)
                if what in {"", str(FileKind.ZIP)}:
                    what = "cut off or no zip archive"
                raise damaged(path, f"is not an .npz file: it is {what}")
            file.seek(0)
            with np.load(file, allow_pickle=False) as archive:
                missing = [name for name in names if name not in archive]
                if missing:
                    raise damaged(path, f"lacks the array {' and '.join(missing)}")
                return {name: _one_array(path, archive, name) for name in names}
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise damaged(path, f"is a damaged zip archive ({error})") from error
    except OSError as error:
        raise damaged(path, f"can't be read ({error.strerror or error})") from error


def _one_array(path: Path, archive: Mapping[str, Any], name: str) -> NDArray[Any]:
    try:
        array = archive[name]
    except ValueError as error:
        raise damaged(path, f"has no plain array under {name} ({error})") from error
    if not isinstance(array, np.ndarray):
        raise damaged(path, f"has no array under {name}")
    return array


def write_npz(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays to an .npz file so that no one ever sees half of it.

    Parameters
    ----------
    path : pathlib.Path
        The file to make or to replace; its folder must exist.
    arrays : mapping
        Array by name.

    Raises
    ------
    OSError
        If the disk is full or the folder is not writable. Nothing is left behind
        then, and an older file of that name stays as it was.
    """
    # In memory first: a zip archive that fails half-way complains once more, on
    # stderr, when it is collected.
    buffer = io.BytesIO()
    np.savez(buffer, **dict(arrays))  # type: ignore[arg-type]
    temporary = path.with_name(f".{path.name}.{uuid.uuid4().hex}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(buffer.getbuffer())
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
