"""Images of smooth curves with six degrees of freedom."""

from typing import Literal, overload

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.image_set import Images, to_unit
from cs5045ae.data.seeds import bit_generator, check_count

_SIDE = 28
# A parabola leaves the square of its points by at most an eighth of the square's
# side, here 2.4 pixels. So the stroke stays inside the frame of pixels 0 to 27.
_LOW, _HIGH = 4.0, 23.0
_HALF_WIDTH = 0.85
# Steps of at most 0.42 pixels along the fastest curve.
_STEPS = 256
_CHUNK = 1024


@overload
def make_curves(
    n_samples: int, *, seed: int, return_points: Literal[False] = False
) -> Images: ...


@overload
def make_curves(
    n_samples: int, *, seed: int, return_points: Literal[True]
) -> tuple[Images, NDArray[np.float64]]: ...


def make_curves(
    n_samples: int, *, seed: int, return_points: bool = False
) -> Images | tuple[Images, NDArray[np.float64]]:
    """Draw smooth curves through three random points each.

    An image depends on six numbers, the coordinates of its points: a code of six
    numbers can hold all there is to know about it.

    Parameters
    ----------
    n_samples : int
        Number of images.
    seed : int
        Seed of the random points. The images are the same on every machine, and the
        first ones do not depend on `n_samples`.
    return_points : bool
        Whether to return the points as well.

    Returns
    -------
    x : array of shape `(n_samples, 784)`
        float32 images of 28 x 28 pixels in [0, 1], a bright stroke 1.7 pixels wide on
        black; each pixel is a multiple of 1/255.
    points : array of shape `(n_samples, 3, 2)`
        Only with `return_points`: row and column of the three points in pixels, in
        the order in which the curve runs through them, uniform in [4, 23). The
        opposite order gives the same image.

    Raises
    ------
    ValueError
        If `n_samples` is less than 1 or the seed is negative.

    Notes
    -----
    The idea is that of Hinton and Salakhutdinov; the generator is not theirs. Ours
    draws the parabola that runs through the points at the times 0, 1/2 and 1.

    References
    ----------
    Hinton and Salakhutdinov (2006), Reducing the dimensionality of data with neural
    networks, doi:10.1126/science.1127647

    Examples
    --------
    >>> x = make_curves(100, seed=1)
    >>> x.shape
    (100, 784)
    """
    n_samples = check_count("n_samples", n_samples)
    bits = bit_generator(seed).random_raw(6 * n_samples).reshape(n_samples, 3, 2)
    # The upper 53 bits make a number in [0, 1) that float64 holds exactly.
    unit = (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53
    points = _LOW + (_HIGH - _LOW) * unit
    images = np.empty((n_samples, _SIDE * _SIDE), dtype=np.uint8)
    for start in range(0, n_samples, _CHUNK):
        part = slice(start, start + _CHUNK)
        images[part] = _draw(points[part])
    return (to_unit(images), points) if return_points else to_unit(images)


def _draw(points: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Draw one curve per row of points: `(n, 3, 2)` -> `(n, 784)`.

    Only additions, products and square roots of single numbers, which all machines
    round alike; no matrix product, whose order of summation may differ.
    """
    n = len(points)
    first, middle, last = points[:, 0], points[:, 1], points[:, 2]
    ink = np.zeros((n, _SIDE * _SIDE))
    image = np.arange(n)[:, None, None]
    window = np.arange(-1, 3)
    for step in range(_STEPS + 1):
        t = step / _STEPS
        at = (
            (1 - t) * (1 - 2 * t) * first
            + 4 * t * (1 - t) * middle
            + t * (2 * t - 1) * last
        )
        # The 4 x 4 pixels around the pen; its ink reaches no further.
        near = np.floor(at).astype(np.int64)[:, :, None] + window
        square = (near - at[:, :, None]) ** 2
        distance = np.sqrt(square[:, 0, :, None] + square[:, 1, None, :])
        dab = np.clip(_HALF_WIDTH + 0.5 - distance, 0, 1)
        pixel = near[:, 0, :, None] * _SIDE + near[:, 1, None, :]
        ink[image, pixel] = np.maximum(ink[image, pixel], dab)
    return np.rint(ink * 255).astype(np.uint8)
