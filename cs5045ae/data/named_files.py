"""Find the files of a data set in a folder, under the names that others give them.

The four idx files are published as ``train-images-idx3-ubyte.gz`` and so on. Some
programs unpack them, some write a dot for the hyphen (``train-images.idx3-ubyte``),
some put each file into a folder of its own name, and torchvision puts all of them into
``MNIST/raw``.
"""

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from cs5045ae.data.errors import damaged

__all__ = ["IDX_FILES", "WANTED", "idx_files", "places", "seen"]

IDX_FILES = {
    "x_train": "train-images-idx3-ubyte.gz",
    "y_train": "train-labels-idx1-ubyte.gz",
    "x_test": "t10k-images-idx3-ubyte.gz",
    "y_test": "t10k-labels-idx1-ubyte.gz",
}
"""The published names, by Keras' names of the arrays."""

WANTED = "the four files train-images-idx3-ubyte(.gz), train-labels-idx1-ubyte(.gz), "
WANTED += "t10k-images-idx3-ubyte(.gz) and t10k-labels-idx1-ubyte(.gz)"

NAME = re.compile(
    r"(?P<part>train|t10k|test)[-_. ](?P<what>images|labels)[-_. ]idx[13][-_. ]ubyte"
    r"(\.gz)?",
    re.IGNORECASE,
)
ARRAYS = {
    ("train", "images"): "x_train",
    ("train", "labels"): "y_train",
    ("t10k", "images"): "x_test",
    ("t10k", "labels"): "y_test",
}
DEPTH, MOST = 3, 5000
SHOWN = 6


def idx_files(folder: Path) -> dict[str, Path]:
    """Find the idx files in a folder, or each in a folder of its own name.

    Parameters
    ----------
    folder : pathlib.Path
        The folder; the folders inside are looked into if they are named like a file.

    Returns
    -------
    dict
        From Keras' names of the arrays to the files; what is not there is left out.

    Raises
    ------
    DataError
        If the folder can't be read.
    """
    found: dict[str, Path] = {}
    for path in _entries(folder):
        array = _array(path.name)
        if array is None:
            continue
        if path.is_dir():
            inside = [p for p in _entries(path) if _array(p.name) == array]
            path = inside[0] if inside else path
        if array not in found or path.name == IDX_FILES[array]:
            found[array] = path
    return found


def places(folder: Path, archives: Sequence[str], words: Sequence[str]) -> list[Path]:
    """List what may hold a data set in a folder and below it.

    Parameters
    ----------
    folder : pathlib.Path
        The folder that the user named.
    archives : sequence of str
        Names of the `.npz` files, in small letters.
    words : sequence of str
        A folder of idx files below `folder` is only taken if one of these words is in
        its path, so that MNIST and Fashion-MNIST can stand side by side.

    Returns
    -------
    list of pathlib.Path
        `.npz` files, then folders of idx files, the least deep first.

    Raises
    ------
    DataError
        If the folder can't be read.
    """
    files: list[Path] = []
    folders: list[Path] = []
    for path in _walk(folder):
        if path.name.casefold() in archives:
            files.append(path)
        elif path.is_dir() and _array(path.name) is None and idx_files(path):
            below = path.relative_to(folder.parent).as_posix()
            if any(word in re.sub(r"[^a-z]", "", below.casefold()) for word in words):
                folders.append(path)
    return [*files, *folders]


def seen(folder: Path) -> str:
    """Name some of the files in a folder and below it, for a message."""
    names = [
        path.relative_to(folder).as_posix() for path in _walk(folder) if path.is_file()
    ]
    if not names:
        return "no file"
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(sorted(names)[:SHOWN]) + more


def _array(name: str) -> str | None:
    match = NAME.fullmatch(name)
    if match is None:
        return None
    part = "train" if match["part"].casefold() == "train" else "t10k"
    return ARRAYS[part, match["what"].casefold()]


def _walk(folder: Path) -> Iterator[Path]:
    """Yield what is below a folder, level by level, up to a depth and a number."""
    level, left = [folder], MOST
    for _ in range(DEPTH):
        following: list[Path] = []
        for parent in level:
            entries = _entries(parent, strict=parent == folder)[: max(0, left)]
            left -= len(entries)
            yield from entries
            following += [path for path in entries if path.is_dir()]
        level = following


def _entries(folder: Path, *, strict: bool = True) -> list[Path]:
    try:
        return sorted(folder / name for name in os.listdir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        if not strict:
            return []
        raise damaged(folder, f"can't be read ({error.strerror or error})") from error
