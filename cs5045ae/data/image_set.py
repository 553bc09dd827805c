"""Labelled 28x28 images in a training and a test part: MNIST and its kin."""

import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.errors import DataError, DataNotFound, damaged
from cs5045ae.data.idx import idx_sha256, read_idx
from cs5045ae.data.named_files import IDX_FILES, idx_files
from cs5045ae.data.npz import read_npz

Images = NDArray[np.float32]
Labels = NDArray[np.int64]
Split = tuple[tuple[Images, Labels], tuple[Images, Labels]]

ARRAY_NAMES = ("x_train", "y_train", "x_test", "y_test")


@dataclass(frozen=True)
class ImageSet:
    """What a data set must look like, and how to read it.

    Parameters
    ----------
    title : str
        Its name, for messages.
    train_counts, test_counts : tuple of int
        Images per class.
    sha256 : mapping, optional
        From Keras' array names to the SHA-256 of the array's unpacked idx file. It
        tells sets apart that have the same names, sizes and counts, such as
        Fashion-MNIST and Kuzushiji-MNIST.
    fetch : str, optional
        The function that downloads a fresh copy, for messages.
    """

    title: str
    train_counts: tuple[int, ...]
    test_counts: tuple[int, ...]
    sha256: Mapping[str, str] = field(default_factory=dict)
    fetch: str = ""

    def read_npz(self, path: Path) -> dict[str, NDArray[Any]]:
        """Read an .npz file with Keras' array names; DataError if it is not right."""
        arrays = read_npz(path, ARRAY_NAMES)
        self._check(path, arrays)
        return arrays

    def is_in(self, path: Path) -> bool:
        """Tell whether a sound .npz file of this set is there."""
        try:
            self.read_npz(path)
        except DataError:
            return False
        return True

    def read_idx(self, folder: Path) -> dict[str, NDArray[Any]]:
        """Read four idx files from a folder; DataError if one is not right."""
        files = idx_files(folder)
        arrays = {}
        for name, shape in self._shapes().items():
            path = files.get(name, folder / IDX_FILES[name])
            arrays[name] = read_idx(path, shape)
        self._check(folder, arrays)
        return arrays

    def read_first(self, places: Sequence[Path]) -> dict[str, NDArray[Any]] | None:
        """Read the first place that holds the set.

        Parameters
        ----------
        places : sequence of pathlib.Path
            `.npz` files and folders of idx files, in order of preference.

        Returns
        -------
        dict or None
            uint8 arrays by Keras' names; None if all places are empty.

        Raises
        ------
        DataError
            If a place holds the set, but damaged or in part. The next place is not
            tried then: a file that someone put there is meant to be used.
        """
        try:
            for place in places:
                if place.suffix == ".npz":
                    if _exists(place):
                        return self.read_npz(place)
                elif _exists(place) and idx_files(place):
                    return self.read_idx(place)
        except DataError as error:
            raise DataError(
                f"{error} {self.fetch} downloads one and returns its path."
            ) from error
        return None

    def _shapes(self) -> dict[str, tuple[int, ...]]:
        n_train, n_test = sum(self.train_counts), sum(self.test_counts)
        return {
            "x_train": (n_train, 28, 28),
            "y_train": (n_train,),
            "x_test": (n_test, 28, 28),
            "y_test": (n_test,),
        }

    def _check(self, path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
        for name, shape in self._shapes().items():
            array = arrays[name]
            if array.shape != shape:
                raise damaged(
                    path, f"has {name} of shape {array.shape}, {self.title} has {shape}"
                )
            if array.dtype != np.uint8:
                raise damaged(
                    path, f"has {name} of type {array.dtype}, {self.title} has uint8"
                )
        for part, counts in (("train", self.train_counts), ("test", self.test_counts)):
            found = np.bincount(arrays[f"y_{part}"], minlength=len(counts))
            if tuple(found) != counts:
                raise damaged(
                    path,
                    f"is not {self.title}: its y_{part} has other numbers of images "
                    f"per class ({', '.join(map(str, found[:10]))})",
                )
            brightest = arrays[f"x_{part}"].max()
            if brightest <= 1:
                raise damaged(
                    path, f"has x_{part} from 0 to {brightest}, not from 0 to 255"
                )
        for name, expected in self.sha256.items():
            if idx_sha256(arrays[name]) != expected:
                raise damaged(
                    path,
                    f"is not {self.title}: its {name} has the right size, but not the "
                    "bytes of the published set",
                )


def _exists(path: Path) -> bool:
    """Tell whether something is there, even if it can't be read."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise damaged(path, f"can't be read ({error.strerror or error})") from error
    return True


def data_folder() -> Path | None:
    """Name the folder that the user wants to be looked at first.

    Returns
    -------
    pathlib.Path or None
        The environment variable `CS5045AE_DATA`; None where it is not set.

    Raises
    ------
    DataNotFound
        If it names no folder.
    """
    chosen = os.environ.get("CS5045AE_DATA")
    if not chosen:
        return None
    folder = Path(chosen).expanduser()
    if not os.path.isdir(folder):
        raise DataNotFound(
            f"CS5045AE_DATA names {folder}, which is not a folder that can be read. "
            "Correct the environment variable, or unset it."
        )
    return folder


def check_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    """Return the shape of one image, or raise ValueError if it has not 784 pixels."""
    if (
        not isinstance(shape, tuple | list)
        or not all(isinstance(length, int) and length > 0 for length in shape)
        or math.prod(shape) != 784
    ):
        raise ValueError(
            "shape must be a tuple with a product of 784, such as (784,), (28, 28) "
            f"or (28, 28, 1), not {shape!r}."
        )
    return tuple(shape)


def to_unit(images: NDArray[np.uint8]) -> Images:
    """Turn bytes into float32 from 0 to 1, in the same shape."""
    unit = images.astype(np.float32)
    unit /= np.float32(255)
    return unit


def to_split(arrays: Mapping[str, NDArray[Any]], shape: tuple[int, ...]) -> Split:
    """Turn the arrays of a file into what the loaders return.

    Parameters
    ----------
    arrays : mapping
        uint8 arrays by Keras' names, images of shape `(n, 28, 28)`.
    shape : tuple of int
        Shape of one image in the result.

    Returns
    -------
    tuple
        `(x_train, y_train), (x_test, y_test)` with x float32 in [0, 1] of shape
        `(n, *shape)` and y int64 of shape `(n,)`.
    """
    x_train, y_train, x_test, y_test = (arrays[name] for name in ARRAY_NAMES)
    return (
        (to_unit(x_train).reshape(-1, *shape), y_train.astype(np.int64)),
        (to_unit(x_test).reshape(-1, *shape), y_test.astype(np.int64)),
    )
