"""Natural patches made ready for a sparse code, and how its filters are tuned.

Patches and filters are rows of `size * size` pixels.

References
----------
Olshausen and Field (1996), Emergence of simple-cell receptive field properties by
learning a sparse code for natural images, doi:10.1038/381607a0
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["tuning", "whiten"]

Array = NDArray[np.float64]

SIDE = 64
"""Frequencies an axis of the spectrum; filters are padded with zeros to this side."""


def whiten(patches: ArrayLike, eps: float = 0.1) -> tuple[Array, Array]:
    """Take brightness and contrast out of patches, then their correlations (ZCA).

    Parameters
    ----------
    patches : array of shape `(n, d)`
        Grey values in [0, 1].
    eps : float
        Added to each eigenvalue of the covariance, so that directions with hardly any
        variance, which are mostly noise, are not blown up.

    Returns
    -------
    white : array of shape `(n, d)`
        Each patch minus its mean and divided by its standard deviation (a hundredth
        of the grey scale is added in quadrature, for flat ones), times `matrix`.
    matrix : array of shape `(d, d)`
        The symmetric square root of ``inverse(covariance + eps)``. Of all matrices that
        whiten, it changes the patches least; hence "zero-phase".

    References
    ----------
    Bell and Sejnowski (1997), The independent components of natural scenes are edge
    filters, doi:10.1016/S0042-6989(97)00121-1

    Examples
    --------
    >>> white, matrix = whiten(np.random.default_rng(0).random((500, 16)))
    >>> white.shape, matrix.shape
    ((500, 16), (16, 16))
    """
    x = np.asarray(patches, dtype=np.float64)
    x = x - x.mean(axis=1, keepdims=True)
    x /= np.sqrt((x**2).mean(axis=1, keepdims=True) + 0.01**2)
    values, axes = np.linalg.eigh(np.cov(x, rowvar=False, bias=True))
    matrix = axes / np.sqrt(values.clip(0) + eps) @ axes.T
    return (x - x.mean(axis=0)) @ matrix, matrix


def tuning(filters: ArrayLike) -> tuple[Array, Array, Array]:
    """Measure which stripes each filter answers best, and how clearly.

    Parameters
    ----------
    filters : array of shape `(m, size * size)`
        One filter a row; none constant.

    Returns
    -------
    orientation : array of shape `(m,)`
        Direction *along* the stripes in degrees from 0 to 180: 0 for horizontal ones,
        45 for stripes that rise to the right.
    frequency : array of shape `(m,)`
        Cycles a pixel, at the peak of the power spectrum.
    selectivity : array of shape `(m,)`
        ``|sum P exp(2 i angle)| / sum P`` over the power P at each frequency's angle:
        1 if all power lies in one direction, 0 if it is spread evenly.

    Notes
    -----
    The selectivity is one minus the circular variance of Ringach and colleagues
    (2002, doi:10.1523/JNEUROSCI.22-13-05639.2002), with power in place of a cell's
    responses.

    Raises
    ------
    ValueError
        If the rows are not square, or one is constant.
    """
    w = np.asarray(filters, dtype=np.float64)
    side = round(w.shape[1] ** 0.5)
    if side * side != w.shape[1]:
        raise ValueError(f"rows of {w.shape[1]} weights are not square filters")
    w = w - w.mean(axis=1, keepdims=True)
    if not w.any(axis=1).all():
        raise ValueError("a constant filter has no orientation")
    power = np.abs(np.fft.fft2(w.reshape(-1, side, side), s=(SIDE, SIDE))) ** 2
    down, right = np.meshgrid(*2 * [np.fft.fftfreq(SIDE)], indexing="ij")
    # Rows count downwards, angles upwards; 2 i makes opposite directions equal.
    around = np.exp(2j * np.arctan2(-down, right)) * (np.hypot(down, right) > 0)
    vector = (power * around).sum(axis=(1, 2)) / power.sum(axis=(1, 2))
    peak = power.reshape(len(w), -1).argmax(axis=1)
    # Stripes run across the direction in which they alternate.
    orientation = (np.degrees(np.angle(vector)) / 2 + 90) % 180
    return orientation, np.hypot(down, right).ravel()[peak], np.abs(vector)
