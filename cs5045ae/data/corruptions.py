"""Three ways to spoil an image, for denoising autoencoders.

All take images in [0, 1], leave them untouched and return a spoiled copy of the same
shape and type. Equal seeds spoil in the same way: give the training and the test
images different ones.
"""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data.seeds import bit_generator

Float = TypeVar("Float", np.float32, np.float64)


def mask(x: NDArray[Float], rate: float, *, seed: int) -> NDArray[Float]:
    """Set pixels to 0, each with the same chance and independently of the others.

    Unlike dropout, it leaves the other pixels as they are.

    Parameters
    ----------
    x : array of shape `(n, ...)`
        Images, float32 or float64 in [0, 1].
    rate : float
        Chance of a pixel to be hit, in [0, 1].
    seed : int
        Seed of the random numbers.

    Returns
    -------
    array of shape `(n, ...)`
        New array of the same type.

    Raises
    ------
    ValueError
        If an argument is out of its range or x is not such an array.

    References
    ----------
    Vincent, Larochelle, Bengio and Manzagol (2008), Extracting and composing robust
    features with denoising autoencoders, doi:10.1145/1390156.1390294
    """
    return _hit(x, rate, seed, become=(0,))


def add_gaussian(x: NDArray[Float], sigma: float, *, seed: int) -> NDArray[Float]:
    """Add normally distributed noise to every pixel and clip the result to [0, 1].

    Parameters
    ----------
    x : array of shape `(n, ...)`
        Images, float32 or float64 in [0, 1].
    sigma : float
        Standard deviation of the noise before clipping, 0 or more, in units of the
        pixel range.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    array of shape `(n, ...)`
        New array of the same type, in [0, 1].

    Raises
    ------
    ValueError
        If an argument is out of its range or x is not such an array.
    """
    _check_images(x)
    scale = _number("sigma", sigma)
    if not 0 <= scale < math.inf:
        raise ValueError(f"sigma must be a finite number of 0 or more, not {sigma}.")
    rng = np.random.Generator(bit_generator(seed))
    # float32 draws for either type, so that both are spoiled alike.
    noise = rng.standard_normal(x.shape, dtype=np.float32).astype(x.dtype, copy=False)
    noise *= x.dtype.type(scale)
    noise += x
    return np.clip(noise, 0, 1, out=noise)


def salt_and_pepper(x: NDArray[Float], rate: float, *, seed: int) -> NDArray[Float]:
    """Set pixels to 0 or to 1, with equal chance.

    Parameters
    ----------
    x : array of shape `(n, ...)`
        Images, float32 or float64 in [0, 1].
    rate : float
        Chance of a pixel to be hit, in [0, 1]; half of the hit ones become 0.
    seed : int
        Seed of the random numbers.

    Returns
    -------
    array of shape `(n, ...)`
        New array of the same type.

    Raises
    ------
    ValueError
        If an argument is out of its range or x is not such an array.
    """
    return _hit(x, rate, seed, become=(0, 1))


def _hit(
    x: NDArray[Float], rate: float, seed: int, become: tuple[int, ...]
) -> NDArray[Float]:
    """Set pixels, with the chance rate, to one of some values of equal chance."""
    _check_images(x)
    chance = _check_rate(rate)
    rng = np.random.Generator(bit_generator(seed))
    uniform = rng.random(x.shape, dtype=np.float32)
    spoiled = x.copy()
    # One draw decides it all: the lowest part of [0, chance) means the first value.
    for i in reversed(range(len(become))):
        spoiled[uniform < chance * (i + 1) / len(become)] = become[i]
    return spoiled


def _check_images(x: NDArray[Float]) -> None:
    if not isinstance(x, np.ndarray) or x.ndim == 0:
        raise ValueError(
            f"x must be a numpy array of images, not {type(x).__name__}: "
            "use numpy.asarray(x, dtype='float32')."
        )
    if x.dtype not in (np.float32, np.float64):
        raise ValueError(
            f"x must be float32 or float64 with values from 0 to 1, not {x.dtype}. "
            "Convert pixels from 0 to 255 with x.astype('float32') / 255."
        )
    if x.size and not (x.min() >= 0 and x.max() <= 1):
        raise ValueError(
            f"x must lie between 0 and 1, not between {x.min()} and {x.max()}. "
            "Divide pixels from 0 to 255 by 255."
        )


def _check_rate(rate: float) -> float:
    chance = _number("rate", rate)
    if not 0 <= chance <= 1:
        raise ValueError(f"rate must lie between 0 and 1, not {rate}.")
    return chance


def _number(name: str, value: float) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must be a number, not {value!r}.") from None
