"""Codes in one byte a number, and back."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["dequantize", "quantize"]

Array = NDArray[np.float64]


def quantize(z: ArrayLike) -> tuple[NDArray[np.uint8], float, float]:
    """Store codes in one byte a number: 256 levels, evenly spaced over their range.

    Parameters
    ----------
    z : array of shape `(n, k)`
        Codes.

    Returns
    -------
    codes : array of shape `(n, k)`
        uint8, the number of the nearest level.
    low : float
        The smallest number in z, level 0.
    step : float
        The distance of two levels, ``(max - min) / 255``. It is 0 if all numbers are
        equal, and codes then are 0.

    Examples
    --------
    >>> codes, low, step = quantize([[-1.0, 0.02], [0.98, 1.55]])
    >>> codes.tolist(), low, round(step, 6)
    ([[0, 102], [198, 255]], -1.0, 0.01)
    """
    z = np.asarray(z, dtype=np.float64)
    low = float(z.min())
    step = (float(z.max()) - low) / 255
    levels = (z - low) / step if step > 0 else np.zeros_like(z)
    return np.rint(levels).astype(np.uint8), low, step


def dequantize(codes: ArrayLike, low: float, step: float) -> Array:
    """Turn the bytes of `quantize` into numbers again.

    Parameters
    ----------
    codes : array of shape `(n, k)`
        uint8.
    low, step : float
        As `quantize` returned them.

    Returns
    -------
    array of shape `(n, k)`
        ``low + codes * step``, at most half a step away from the numbers stored.
    """
    return low + np.asarray(codes, dtype=np.float64) * step
