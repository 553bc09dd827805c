"""The errors that a trained network is held against: of the mean, and of PCA."""

import numpy as np

from cs5045ae.reference import pca

__all__ = ["mean_error", "pca_error"]


def mean_error(x: np.ndarray, x_test: np.ndarray) -> float:
    """Return the error of unseen rows `(m, d)` if each is taken for the mean of `x`."""
    mean = x.mean(axis=0, dtype=np.float64)
    return pca.reconstruction_error(x_test, np.tile(mean, (len(x_test), 1)))


def pca_error(x: np.ndarray, x_test: np.ndarray, k: int) -> float:
    """Return the error of unseen rows from k principal components of `x`, unclipped."""
    mean = x.mean(axis=0, dtype=np.float64)
    components, _ = pca.principal_components(x, k)
    flat = pca.reconstruct(pca.project(x_test, mean, components), mean, components)
    return pca.reconstruction_error(x_test, flat)
