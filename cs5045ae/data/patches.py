"""Small patches of natural images."""

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.errors import damaged
from cs5045ae.data.image_set import Images
from cs5045ae.data.seeds import bit_generator, check_count
from cs5045ae.data.shipped import shipped_file

_PHOTOGRAPHS = ("china.jpg", "flower.jpg")


def load_patches(
    n_samples: int, *, size: int = 8, seed: int, average: int = 2
) -> Images:
    """Cut square patches at random places out of two photographs.

    The photographs, a Chinese temple and a flower, are those of scikit-learn's
    `load_sample_images`, turned to grey. They are 427 x 640 pixels large and stored as
    JPEG, which leaves edges between its blocks of 8 x 8 pixels; averaging hides them.

    Parameters
    ----------
    n_samples : int
        Number of patches.
    size : int
        Side of a patch, in pixels after averaging.
    seed : int
        Seed of the places. The first patches do not depend on `n_samples`.
    average : int
        Side of the squares of pixels that are averaged first; 1 averages nothing.

    Returns
    -------
    array of shape `(n_samples, size * size)`
        float32 in [0, 1].

    Raises
    ------
    DataError
        If a photograph can't be read.
    DataNotFound
        If scikit-learn is not installed.
    ValueError
        If a number is too small, or the patch larger than a photograph.

    Examples
    --------
    >>> load_patches(1000, size=8, seed=1).shape
    (1000, 64)
    """
    n_samples = check_count("n_samples", n_samples)
    size = check_count("size", size)
    average = check_count("average", average)
    draws = bit_generator(seed).random_raw(3 * n_samples).reshape(n_samples, 3)
    photographs = np.stack([_photograph(name, average) for name in _PHOTOGRAPHS])
    height, width = photographs.shape[1:]
    if size > min(height, width):
        raise ValueError(
            f"size must be at most {min(height, width)}, the height of a photograph "
            f"with average={average}, not {size}."
        )
    limits = (len(photographs), height - size + 1, width - size + 1)
    index, row, column = (_below(draws[:, i], limit) for i, limit in enumerate(limits))
    side = np.arange(size)
    patches = photographs[
        index[:, None, None],
        row[:, None, None] + side[:, None],
        column[:, None, None] + side,
    ]
    return patches.reshape(n_samples, size * size)


def _photograph(name: str, average: int) -> Images:
    from PIL import Image

    path = shipped_file("sklearn", "datasets", "images", name)
    try:
        with Image.open(path) as image:
            grey = np.asarray(image.convert("L"), dtype=np.float64)
    except OSError as error:
        raise damaged(path, f"can't be read as a picture ({error})") from error
    height, width = (length // average for length in grey.shape)
    blocks = grey[: height * average, : width * average]
    blocks = blocks.reshape(height, average, width, average)
    return (blocks.mean(axis=(1, 3)) / 255).astype(np.float32)


def _below(bits: NDArray[np.uint64], limit: int) -> NDArray[np.int64]:
    """Turn 64 random bits into integers from 0 to limit - 1."""
    upper = bits >> np.uint64(32)
    return ((upper * np.uint64(limit)) >> np.uint64(32)).astype(np.int64)
