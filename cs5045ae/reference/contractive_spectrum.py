"""What a contracted code still sees: the Jacobian's singular values and directions.

Images are rows of ``x`` `(n, d)`, kernels are `(d, k)`, and the encoder is one layer of
sigmoids, as in `cs5045ae.reference.contractive`. Its Jacobian at an image is a diagonal
matrix of slopes times the transposed kernel, so one QR decomposition of the kernel
serves all images: what remains to decompose is `(k, k)` in place of `(k, d)`.

References
----------
Rifai, Vincent, Muller, Glorot and Bengio (2011), Contractive auto-encoders: explicit
invariance during feature extraction, Proceedings of ICML, 833-840
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

__all__ = [
    "code_spread",
    "effective_directions",
    "gain",
    "saturated_share",
    "sensitive_directions",
    "singular_values",
]

Array = NDArray[np.float64]


def singular_values(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    """Return the singular values of the encoder's Jacobian at each image.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernel, bias : arrays of shape `(d, k)` and `(k,)`
        The encoder.

    Returns
    -------
    array of shape `(n, min(d, k))`
        In descending order. Their squares add up to the contractive penalty.

    Examples
    --------
    >>> singular_values([[0.0, 0.0]], [[4.0, 0.0], [0.0, 8.0]], [0.0, 0.0])
    array([[2., 1.]])
    """
    triangle = np.linalg.qr(np.asarray(kernel, dtype=np.float64), mode="r")
    slopes = _slopes(x, kernel, bias)
    # Image by image, or the matrices of all would fill the memory. They are small: a
    # second thread gains nothing, and loses much where the processors are busy.
    with threadpool_limits(limits=1):
        return np.array([np.linalg.svd(triangle * s, compute_uv=False) for s in slopes])


def sensitive_directions(
    image: ArrayLike, kernel: ArrayLike, bias: ArrayLike, count: int
) -> tuple[Array, Array]:
    """Return the directions in which one image moves its code the most.

    Parameters
    ----------
    image : array of shape `(d,)`
        Where the Jacobian is taken.
    kernel, bias : arrays of shape `(d, k)` and `(k,)`
        The encoder.
    count : int
        How many directions, from 1 to the smaller of d and k.

    Returns
    -------
    directions : array of shape `(count, d)`
        Right singular vectors: orthonormal rows, each with either sign.
    values : array of shape `(count,)`
        Their singular values, largest first: how far a step of length 1 moves the
        code, while the step is small.

    Raises
    ------
    ValueError
        If `count` is out of its range.
    """
    kernel = np.asarray(kernel, dtype=np.float64)
    if not 1 <= count <= min(kernel.shape):
        raise ValueError(f"count must lie in 1 to {min(kernel.shape)}, not {count}.")
    slopes = _slopes(np.asarray(image)[None], kernel, bias)[0]
    with threadpool_limits(limits=1):
        basis, triangle = np.linalg.qr(kernel)
        inner, values, _ = np.linalg.svd(triangle * slopes)
    return (basis @ inner[:, :count]).T, values[:count]


def effective_directions(values: ArrayLike) -> Array:
    """Count how many directions carry the squared norm (the participation ratio).

    Parameters
    ----------
    values : array of shape `(n, m)`
        Singular values, a row for each image, not all of them 0.

    Returns
    -------
    array of shape `(n,)`
        ``(sum s^2)^2 / sum s^4``: m equal values give m, one large among small ones
        gives about 1.

    Examples
    --------
    >>> effective_directions([[3.0, 3.0, 3.0, 0.0], [5.0, 0.0, 0.0, 0.0]])
    array([3., 1.])
    """
    squares = np.asarray(values, dtype=np.float64) ** 2
    return squares.sum(axis=1) ** 2 / (squares**2).sum(axis=1)


def gain(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike, steps: ArrayLike) -> Array:
    """Measure how much a small step moves the code, for each image its own step.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernel, bias : arrays of shape `(d, k)` and `(k,)`
        The encoder.
    steps : array of shape `(n, d)`
        A direction for each image, of any length but 0.

    Returns
    -------
    array of shape `(n,)`
        ``||J u||`` with u the step at length 1. Over random directions its mean square
        is ``||J||_F^2 / d``.

    Examples
    --------
    >>> gain([[0.0, 0.0]], [[4.0, 0.0], [0.0, 8.0]], [0.0, 0.0], [[5.0, 0.0]])
    array([1.])
    """
    steps = np.asarray(steps, dtype=np.float64)
    units = steps / np.linalg.norm(steps, axis=1, keepdims=True)
    moved = units @ np.asarray(kernel, dtype=np.float64)
    return np.asarray(np.linalg.norm(moved * _slopes(x, kernel, bias), axis=1))


def code_spread(h: ArrayLike) -> float:
    """Measure how far codes lie apart, as one standard deviation.

    Parameters
    ----------
    h : array of shape `(n, k)`
        Codes.

    Returns
    -------
    float
        The root of the sum of the units' variances. Codes scaled by c have c times the
        spread and c times the Jacobian, so that the ratio of both does not change.

    Examples
    --------
    >>> code_spread([[0.0, 1.0], [6.0, 9.0]])
    5.0
    """
    return float(np.sqrt(np.asarray(h, dtype=np.float64).var(axis=0).sum()))


def saturated_share(h: ArrayLike, margin: float = 0.05) -> float:
    """Return the share of activations that lie at an end of the sigmoid.

    Parameters
    ----------
    h : array of shape `(n, k)`
        Codes in [0, 1].
    margin : float
        What counts as an end: below it, or above 1 less it; 0.05 in the paper.

    Returns
    -------
    float
        From 0 to 1.

    Examples
    --------
    >>> saturated_share([[0.01, 0.5], [0.96, 0.05]])
    0.5
    """
    h = np.asarray(h, dtype=np.float64)
    return float(((h < margin) | (h > 1 - margin)).mean())


def _slopes(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    """Return the slope of each sigmoid at each image, `(n, k)`."""
    x, kernel, bias = (np.asarray(part, dtype=np.float64) for part in (x, kernel, bias))
    h = expit(x @ kernel + bias)
    return h * (1 - h)
