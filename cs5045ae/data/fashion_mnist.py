"""Fashion-MNIST: small pictures of clothes, a harder set of MNIST's format."""

import gzip
import hashlib
import zlib
from pathlib import Path

from cs5045ae.data.cache import cache_folder
from cs5045ae.data.download import download, scratch_folder
from cs5045ae.data.errors import DataNotFound, DownloadError
from cs5045ae.data.image_set import (
    ImageSet,
    Split,
    check_shape,
    data_folder,
    to_split,
)
from cs5045ae.data.named_files import IDX_FILES, WANTED, places, seen
from cs5045ae.data.npz import write_npz

FULL = ImageSet(
    "Fashion-MNIST",
    (6000,) * 10,
    (1000,) * 10,
    sha256={
        "x_train": "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
        "y_train": "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
        "x_test": "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
        "y_test": "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
    fetch="cs5045ae.data.fetch_fashion_mnist()",
)

_DEBIAN_FOLDER = Path("/usr/share/datasets/fashion-mnist")

# The address that keras.datasets.fashion_mnist uses.
_URL = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"


def load_fashion_mnist(*, shape: tuple[int, ...] = (784,)) -> Split:
    """Load 70,000 pictures of clothes, offline.

    The classes are 0 T-shirt or top, 1 trousers, 2 pullover, 3 dress, 4 coat,
    5 sandal, 6 shirt, 7 sneaker, 8 bag, 9 ankle boot.

    Parameters
    ----------
    shape : tuple of int
        Shape of one image: `(784,)`, `(28, 28)` or `(28, 28, 1)`.

    Returns
    -------
    tuple
        `(x_train, y_train), (x_test, y_test)` with 60,000 and 10,000 images: x float32
        in [0, 1] of shape `(n, *shape)`, y the class as int64 of shape `(n,)`.

    Raises
    ------
    DataNotFound
        If the set is not on this machine.
    DataError
        If a file is damaged or not Fashion-MNIST.
    ValueError
        If the shape has not 784 pixels.

    Notes
    -----
    Looked for, in this order: in the folder that `CS5045AE_DATA` names
    (`fashion_mnist.npz` with Keras' array names, or the four idx files, packed or not,
    in a folder whose path holds the word fashion), where the Debian package
    dataset-fashion-mnist puts it, in the cache. It is known by its bytes.

    References
    ----------
    Xiao, Rasul and Vollgraf (2017), Fashion-MNIST: a novel image dataset for
    benchmarking machine learning algorithms, arXiv:1708.07747

    Examples
    --------
    >>> (x_train, y_train), (x_test, y_test) = load_fashion_mnist(shape=(28, 28))
    >>> x_train.shape
    (60000, 28, 28)
    """
    shape = check_shape(shape)
    folder = data_folder()
    found: list[Path] = []
    if folder:
        found = [folder / "fashion_mnist.npz", folder / "fashion-mnist"]
        found += places(folder, ["fashion_mnist.npz", "fashion-mnist.npz"], ["fashion"])
        if "fashion" in folder.name.casefold():
            found.append(folder)
    found += [_DEBIAN_FOLDER, cache_folder() / "fashion_mnist.npz"]
    arrays = FULL.read_first(found)
    if arrays is None:
        named = f"{folder} (CS5045AE_DATA; it holds {seen(folder)}), " if folder else ""
        raise DataNotFound(
            f"Fashion-MNIST is not on this machine: looked in {named}{_DEBIAN_FOLDER} "
            f"and {cache_folder()} for fashion_mnist.npz or a folder whose name holds "
            f"fashion, with {WANTED}. On Debian and Ubuntu: apt install "
            f"dataset-fashion-mnist. Elsewhere: call {FULL.fetch} to download it."
        )
    return to_split(arrays, shape)


def fetch_fashion_mnist(*, progress: bool = True) -> Path:
    """Download Fashion-MNIST to the cache, unless it is there already.

    Parameters
    ----------
    progress : bool
        Whether to show a bar for each of the four files (31 MB in all).

    Returns
    -------
    pathlib.Path
        The file in the cache: one .npz with Keras' array names.

    Raises
    ------
    DownloadError
        If there is no network, a file is not the expected one, or the cache can't
        be written.
    """
    target = cache_folder() / "fashion_mnist.npz"
    if FULL.is_in(target):
        return target
    try:
        with scratch_folder() as folder:
            for array, name in IDX_FILES.items():
                path = download(_URL + name, folder, sha256=None, progress=progress)
                _verify(path, FULL.sha256[array])
            write_npz(target, FULL.read_idx(folder))
    except OSError as error:
        raise DownloadError(
            f"{error}\nOn Debian and Ubuntu the set is also a package: apt install "
            "dataset-fashion-mnist. To use a copy from elsewhere, put the four files "
            "into a folder named fashion-mnist and set CS5045AE_DATA to the folder "
            "above it."
        ) from None
    return target


def _verify(path: Path, expected: str) -> None:
    try:
        digest = hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest()
    except (gzip.BadGzipFile, EOFError, zlib.error):
        digest = ""
    if digest != expected:
        raise DownloadError(
            f"The download of {_URL}{path.name} gave another file than the published "
            "one (its SHA-256 differs). Try again later."
        )
