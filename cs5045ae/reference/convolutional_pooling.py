"""Max pooling with stored locations, and unpooling, in numpy.

Images are `x` `(n, height, width, channels)`. A location is TensorFlow's flat index
into one image, ``(y * width + x) * channels + c``: it starts again with every image.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["location_bits", "max_pool_with_locations", "unpool"]

Array = NDArray[np.float64]


def max_pool_with_locations(
    x: ArrayLike, pool_size: int = 2, padding: str = "valid"
) -> tuple[Array, NDArray[np.int64]]:
    """Take the maximum of every window, and store where it was.

    Parameters
    ----------
    x : array of shape `(n, height, width, channels)`
        Images or feature maps; values of any sign.
    pool_size : int
        Height and width of a window. Windows stand side by side.
    padding : {"valid", "same"}
        "valid" leaves out rows and columns that fill no window. "same" shares them
        out to the windows at both edges, the odd one at the far edge, as TensorFlow
        does.

    Returns
    -------
    pooled : array of shape `(n, pooled height, pooled width, channels)`
        The maxima.
    locations : int64 array of the same shape
        Flat index of each maximum in its own image, counted in the true width. Of
        several equal maxima it is the first in reading order.

    Raises
    ------
    ValueError
        If `x` has not four axes, or the window or the padding is not as above.

    References
    ----------
    Zeiler and Fergus, arXiv:1311.2901, section 2.1 ("switches"); the index is that of
    ``tf.nn.max_pool_with_argmax`` with ``include_batch_in_index=False``.

    Examples
    --------
    >>> pooled, locations = max_pool_with_locations([[[[1], [3]], [[4], [2]]]])
    >>> pooled.ravel().tolist(), locations.ravel().tolist()
    ([4.0], [2])
    """
    x = np.asarray(x, dtype=np.float64)
    if x.ndim != 4:
        raise ValueError(f"x must be (n, height, width, channels), got {x.shape}.")
    if pool_size < 1 or padding not in ("valid", "same"):
        raise ValueError(
            f'pool_size {pool_size} must be 1 or more, padding {padding!r} "valid" or '
            '"same".'
        )
    _, height, width, channels = x.shape
    index = np.arange(height * width * channels).reshape(1, height, width, channels)
    places, edges = [slice(None)], [(0, 0)]
    for size in (height, width):
        rest = size % pool_size
        lacking = (pool_size - rest) % pool_size if padding == "same" else 0
        places.append(slice(0, size if padding == "same" else size - rest))
        edges.append((lacking // 2, lacking - lacking // 2))
    edges.append((0, 0))
    # What is added is never the maximum: minus infinity, not zero.
    padded = np.pad(x[tuple(places)], edges, constant_values=-np.inf)
    windows = _windows(padded, pool_size)
    indices = _windows(np.pad(index[tuple(places)], edges), pool_size)
    first = windows.argmax(axis=-1)[..., None]
    pooled = np.take_along_axis(windows, first, axis=-1)[..., 0]
    indices = np.broadcast_to(indices, windows.shape)
    return pooled, np.take_along_axis(indices, first, axis=-1)[..., 0]


def unpool(pooled: ArrayLike, locations: ArrayLike, height: int, width: int) -> Array:
    """Put pooled values back at their locations, with zeros everywhere else.

    Parameters
    ----------
    pooled : array of shape `(n, pooled height, pooled width, channels)`
        The values.
    locations : int array of the same shape
        As `max_pool_with_locations` returns them.
    height, width : int
        Of the images before pooling.

    Returns
    -------
    array of shape `(n, height, width, channels)`
        ``max_pool_with_locations`` of it gives non-negative values back as they were.

    Raises
    ------
    ValueError
        If the shapes differ, or a location lies outside an image.

    Examples
    --------
    >>> unpool([[[[4.0]]]], [[[[2]]]], height=2, width=2)[0, ..., 0].tolist()
    [[0.0, 0.0], [4.0, 0.0]]
    """
    pooled = np.asarray(pooled, dtype=np.float64)
    locations = np.asarray(locations)
    if pooled.ndim != 4 or pooled.shape != locations.shape:
        raise ValueError(
            "pooled and locations must both be (n, height, width, channels), got "
            f"{pooled.shape} and {locations.shape}."
        )
    n, channels = len(pooled), pooled.shape[-1]
    pixels = height * width * channels
    if locations.size and not (locations.min() >= 0 and locations.max() < pixels):
        raise ValueError(
            f"A location lies outside 0 to {pixels - 1}: it is counted in one image of "
            f"{height} x {width} x {channels}, and starts again with every image."
        )
    flat = np.zeros((n, pixels))
    image = np.arange(n)[:, None]
    flat[image, locations.reshape(n, -1)] = pooled.reshape(n, -1)
    return flat.reshape(n, height, width, channels)


def location_bits(height: int, width: int, channels: int, pool_size: int = 2) -> float:
    """Return how many bits the locations of one pooled image take.

    Parameters
    ----------
    height, width, channels : int
        Of the image or feature map before pooling.
    pool_size : int
        Height and width of a window; those that are not full are left out.

    Returns
    -------
    float
        ``log2(pool_size ** 2)`` for each window and channel.

    Examples
    --------
    >>> location_bits(28, 28, 1) / 8
    49.0
    """
    windows = (height // pool_size) * (width // pool_size) * channels
    return float(windows * np.log2(pool_size**2))


def _windows(x: np.ndarray, size: int) -> np.ndarray:
    """View `(n, h, w, c)` as `(n, h / size, w / size, c, size * size)`."""
    n, height, width, channels = x.shape
    blocks = x.reshape(n, height // size, size, width // size, size, channels)
    return blocks.transpose(0, 1, 3, 5, 2, 4).reshape(
        n, height // size, width // size, channels, size * size
    )
