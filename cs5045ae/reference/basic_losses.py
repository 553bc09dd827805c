"""The binary cross-entropy of images, and the floor that no reconstruction passes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["CLIP", "binary_crossentropy", "cross_entropy_floor"]

CLIP = 1e-7
"""How close to 0 and 1 a predicted pixel may come in a cross-entropy, as in Keras."""

Array = NDArray[np.float64]


def binary_crossentropy(x: ArrayLike, x_hat: ArrayLike) -> float:
    """Measure a reconstruction by the cross-entropy of its pixels.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Originals and reconstructions, in [0, 1].

    Returns
    -------
    float
        ``-(x log(x_hat) + (1 - x) log(1 - x_hat))`` in nats, the mean over pixels and
        images; x_hat is first clipped to `CLIP` and 1 - `CLIP`, so that no logarithm
        is infinite.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> round(binary_crossentropy([[0, 1, 0.5, 0.2]], [[0.1, 0.8, 0.5, 0.3]]), 6)
    0.386946
    """
    x = np.asarray(x, dtype=np.float64)
    x_hat = np.asarray(x_hat, dtype=np.float64)
    if x.shape != x_hat.shape:
        raise ValueError(f"x has shape {x.shape}, but x_hat {x_hat.shape}.")
    # In float64: in float32, 1 - 1e-7 is stored 20 % away from where it should be.
    x_hat = x_hat.clip(CLIP, 1 - CLIP)
    return float(-(x * np.log(x_hat) + (1 - x) * np.log1p(-x_hat)).mean())


def cross_entropy_floor(x: ArrayLike) -> float:
    """Return the lowest binary cross-entropy that any reconstruction of x can have.

    It is that of the perfect reconstruction ``x_hat = x``: the mean entropy of the
    pixels, taken as chances of being white.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images in [0, 1].

    Returns
    -------
    float
        In nats a pixel; 0 only if every pixel is black or white.

    Raises
    ------
    ValueError
        If a pixel lies outside [0, 1].

    Examples
    --------
    >>> round(cross_entropy_floor([[0, 1, 0.5, 0.5]]), 6)
    0.346574
    """
    x = np.asarray(x, dtype=np.float64)
    if x.size and not (x.min() >= 0 and x.max() <= 1):
        raise ValueError("Pixels must lie in [0, 1]: divide by 255 first.")
    return float((_minus_p_log_p(x) + _minus_p_log_p(1 - x)).mean())


def _minus_p_log_p(p: Array) -> Array:
    """Return -p log p, with its limit 0 at p = 0."""
    return -p * np.log(np.where(p > 0, p, 1.0))
