"""What the best denoiser knows: the score of points with Gaussian noise."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["mixture_score"]

Array = NDArray[np.float64]


def mixture_score(x: ArrayLike, centers: ArrayLike, sigma: float) -> Array:
    """Return the gradient of the log density of points with Gaussian noise.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Where to look.
    centers : array of shape `(m, d)`
        The clean points, all with the same chance. With noise they have the density
        of a mixture of m Gaussians.
    sigma : float
        Standard deviation of the noise in every direction.

    Returns
    -------
    array of shape `(n, d)`
        ``(E[clean | x] - x) / sigma**2``: the best denoiser moves a point along the
        gradient (Miyasawa, Tweedie).

    References
    ----------
    Miyasawa (1961), An empirical Bayes estimator of the mean of a normal population,
    Bull. Inst. Internat. Statist. 38:181-188; Robbins (1956), who credits Tweedie.

    Alain and Bengio (2014), What regularized auto-encoders learn from the
    data-generating distribution, arXiv:1211.4246

    Examples
    --------
    >>> mixture_score([[1.0, 0.0]], [[0.0, 0.0]], 0.5)
    array([[-4.,  0.]])
    """
    x, centers = np.asarray(x, dtype=np.float64), np.asarray(centers, dtype=np.float64)
    square = ((x[:, None] - centers) ** 2).sum(axis=2)
    # The nearest center's exponent is 0, so that far away not all weights vanish.
    square -= square.min(axis=1, keepdims=True)
    weights = np.exp(-square / (2 * sigma**2))
    weights /= weights.sum(axis=1, keepdims=True)
    return (weights @ centers - x) / sigma**2
