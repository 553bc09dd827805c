"""Principal component analysis with numpy.

Images are rows: ``x`` is ``(n, d)``, and ``components`` ``(k, d)`` holds one direction
of unit length a row, that of largest variance first, with either sign. Whatever is not
a matrix where one is due raises ValueError.

References
----------
Jolliffe and Cadima (2016), Principal component analysis: a review and recent
developments, doi:10.1098/rsta.2015.0202
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "center",
    "components_needed",
    "largest_angle",
    "principal_components",
    "project",
    "reconstruct",
    "reconstruction_error",
]

Array = NDArray[np.float64]


def center(x: ArrayLike) -> tuple[Array, Array]:
    """Move the mean of the data to the origin.

    Parameters
    ----------
    x : array of shape `(n, d)`
        One point a row, n >= 1.

    Returns
    -------
    x_centered : array of shape `(n, d)`
        The points less their mean, in float64.
    mean : array of shape `(d,)`
        The mean of each column.

    Raises
    ------
    ValueError
        If there is no point.
    """
    x = _matrix("x", x)
    if len(x) == 0:
        raise ValueError("No points, no mean: pass one row or more.")
    mean = x.mean(axis=0)
    return x - mean, mean


def principal_components(
    x: ArrayLike, k: int, *, route: Literal["svd", "covariance", "gram"] = "svd"
) -> tuple[Array, Array]:
    """Find the k directions in which the data spread most.

    Parameters
    ----------
    x : array of shape `(n, d)`
        At least two points, not centred.
    k : int
        Number of components, from 1 to d.
    route : {"svd", "covariance", "gram"}
        All lead to the same directions. "svd" decomposes the centred data: the most
        accurate. "covariance" takes the eigenvectors of a `(d, d)` matrix: the
        fastest when n is much larger than d. "gram" takes those of an `(n, n)`
        matrix: the fastest when d is much larger than n. The last two square the
        data, and lose half of the digits of the smallest variances.

    Returns
    -------
    components : array of shape `(k, d)`
        Orthonormal rows.
    variances : array of shape `(k,)`
        Variance of the data along each, with divisor n - 1, in descending order.

    Raises
    ------
    ValueError
        If there are fewer than two points, k is out of its range, or the route is
        unknown or can't lead to k components.

    Examples
    --------
    >>> components, variances = principal_components([[1, 2], [3, 4], [5, 9]], 1)
    >>> abs(components).round(4), variances.round(4)
    (array([[0.4792, 0.8777]]), array([16.8217]))
    """
    x_centered, _ = center(x)
    n, d = x_centered.shape
    if n < 2:
        raise ValueError("One point does not spread: pass two rows or more.")
    if not 1 <= k <= d:
        raise ValueError(f"k must lie between 1 and d = {d}, not {k}.")
    if route == "svd":
        # Only full_matrices=True completes the directions when k > n.
        _, s, directions = np.linalg.svd(x_centered, full_matrices=k > n)
        variances = np.zeros(d)
        variances[: len(s)] = s**2 / (n - 1)
        return directions[:k], variances[:k]
    if route == "covariance":
        variances, columns = np.linalg.eigh(x_centered.T @ x_centered / (n - 1))
        # eigh sorts upwards; rounding may leave a zero variance just below zero.
        return columns.T[::-1][:k], variances[::-1][:k].clip(min=0)
    if route == "gram":
        variances, columns = np.linalg.eigh(x_centered @ x_centered.T / (n - 1))
        variances, columns = variances[::-1][:k], columns[:, ::-1][:, :k]
        if variances[-1] <= n * np.finfo(float).eps * variances[0]:  # always if k >= n
            raise ValueError(
                f"The data do not spread in {k} directions, and a direction of no "
                'variance can\'t come from the Gram matrix: use route="svd".'
            )
        rows = columns.T @ x_centered
        return rows / np.linalg.norm(rows, axis=1, keepdims=True), variances
    raise ValueError(f'route must be "svd", "covariance" or "gram", not {route!r}.')


def components_needed(variances: ArrayLike, share: float) -> int:
    """Count the components that carry at least a share of the total variance.

    Parameters
    ----------
    variances : array of shape `(d,)`
        The variances of all components, largest first. Their divisor cancels.
    share : float
        Above 0, up to 1.

    Returns
    -------
    int
        The smallest such k: of the variances 5, 3, 2, a share of 0.75 needs 2.

    Raises
    ------
    ValueError
        If the share is out of its range.
    """
    if not 0 < share <= 1:
        raise ValueError(f"share must lie above 0 and up to 1, not {share}.")
    sums = np.asarray(variances, dtype=np.float64).cumsum()
    return int(np.argmax(sums / sums[-1] >= share)) + 1


def project(x: ArrayLike, mean: ArrayLike, components: ArrayLike) -> Array:
    """Encode: give the coordinates of points along the components.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Points, not centred.
    mean : array of shape `(d,)`
        The mean of the data that the components come from.
    components : array of shape `(k, d)`
        Orthonormal rows.

    Returns
    -------
    array of shape `(n, k)`
        The code z.
    """
    return (_matrix("x", x) - np.asarray(mean)) @ _matrix("components", components).T


def reconstruct(z: ArrayLike, mean: ArrayLike, components: ArrayLike) -> Array:
    """Decode: add up the mean and each component as often as the code says.

    Parameters
    ----------
    z : array of shape `(n, k)`
        Codes.
    mean, components
        As in `project`.

    Returns
    -------
    array of shape `(n, d)`
        The reconstruction x_hat. Nothing keeps its pixels in [0, 1].
    """
    return _matrix("z", z) @ _matrix("components", components) + np.asarray(mean)


def reconstruction_error(x: ArrayLike, x_hat: ArrayLike) -> float:
    """Measure a reconstruction: squared error, summed over pixels, mean over images.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Originals and reconstructions.

    Returns
    -------
    float
        The measure of Hinton and Salakhutdinov (2006), doi:10.1126/science.1127647

    Raises
    ------
    ValueError
        If the shapes differ.
    """
    x, x_hat = _matrix("x", x), _matrix("x_hat", x_hat)
    if x.shape != x_hat.shape:
        raise ValueError(f"x has shape {x.shape}, but x_hat {x_hat.shape}.")
    return float(((x - x_hat) ** 2).sum(axis=1).mean())


def largest_angle(a: ArrayLike, b: ArrayLike) -> float:
    """Measure how far two subspaces are apart, by their largest principal angle.

    It is the largest angle of a direction of one with the other: 0 for equal spans.

    Parameters
    ----------
    a, b : array of shape `(k, d)`
        The rows of each span a subspace; they need not be orthogonal or of unit
        length, but must be linearly independent.

    Returns
    -------
    float
        Degrees, from 0 to 90. Below 1e-5 it is rounding.

    Raises
    ------
    ValueError
        If the shapes differ.

    References
    ----------
    Björck and Golub (1973), Numerical methods for computing angles between linear
    subspaces, doi:10.1090/S0025-5718-1973-0348991-3

    Examples
    --------
    >>> round(largest_angle([[1, 0, 0], [0, 1, 0]], [[1, 0, 0], [0, 1, 1]]), 4)
    45.0
    """
    a, b = _matrix("a", a), _matrix("b", b)
    if a.shape != b.shape:
        raise ValueError(f"a has shape {a.shape}, but b {b.shape}: make them equal.")
    basis_a, _ = np.linalg.qr(a.T)
    basis_b, _ = np.linalg.qr(b.T)
    cosines = np.linalg.svd(basis_a.T @ basis_b, compute_uv=False)
    return float(np.degrees(np.arccos(cosines.min().clip(0, 1))))


def _matrix(name: str, values: ArrayLike) -> Array:
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 2:
        raise ValueError(f"{name} must be a matrix, not of shape {array.shape}.")
    return array
