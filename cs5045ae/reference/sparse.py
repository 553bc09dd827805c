"""The sparse autoencoder: penalties on the code, and codes with k active nodes.

``h`` `(n, code_size)` holds the activations of the code's nodes for n inputs, ``rho``
is the mean activity that every node should have, and ``rho_hat`` `(code_size,)` the one
it has. Networks are trained in `sparse_networks`.

References
----------
Ng (2011), Sparse autoencoder, lecture notes of CS294A, Stanford University

Makhzani and Frey (2013), k-sparse autoencoders, arXiv:1312.5663
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import rel_entr

__all__ = [
    "TINY",
    "active_shares",
    "k_sparse",
    "k_sparse_backward",
    "kl_gradient",
    "kl_penalty",
    "l1_penalty",
    "mean_activity",
]

Array = NDArray[np.float64]

TINY = 1e-7
"""How near to 0 and 1 the KL divergence looks at a mean activity."""


def mean_activity(h: ArrayLike) -> Array:
    """Return the mean activation of each node over the inputs.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations.

    Returns
    -------
    array of shape `(code_size,)`
        ``rho_hat``.

    Examples
    --------
    >>> mean_activity([[0.1, 0.9], [0.3, 0.5]])
    array([0.2, 0.7])
    """
    return np.asarray(h, dtype=np.float64).mean(axis=0)


def active_shares(h: ArrayLike, threshold: float) -> tuple[Array, Array]:
    """Count active nodes, image by image and node by node.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations.
    threshold : float
        What the magnitude of an active node exceeds. With 0 every node is active that
        is not exactly 0.

    Returns
    -------
    population : array of shape `(n,)`
        The share of the nodes that are active for each input.
    lifetime : array of shape `(code_size,)`
        The share of the inputs for which each node is active.

    Examples
    --------
    >>> active_shares([[0.0, 0.9, -0.4, 0.1], [0.0, 0.3, 0.0, 0.0]], 0.2)
    (array([0.5 , 0.25]), array([0. , 1. , 0.5, 0. ]))
    """
    active = np.abs(np.asarray(h, dtype=np.float64)) > threshold
    return active.mean(axis=1), active.mean(axis=0)


def kl_penalty(h: ArrayLike, rho: float) -> float:
    """Sum over the nodes how far their mean activity is from its target.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations in [0, 1], as of sigmoid nodes.
    rho : float
        Target in [0, 1].

    Returns
    -------
    float
        The sum over the nodes of ``KL(rho || rho_hat)``, between two Bernoulli
        distributions, in nats. A mean activity below `TINY` or above ``1 - TINY`` is
        moved there first, so that a dead node costs much but not infinitely.

    Raises
    ------
    ValueError
        If an activation or rho is outside [0, 1].

    Examples
    --------
    >>> round(kl_penalty([[0.1, 0.9], [0.3, 0.5]], 0.1), 6)
    0.83085
    """
    rho_hat = _rho_hat(h, rho)
    # rel_entr(p, q) = p log(p / q) with 0 log 0 = 0, as the divergence asks for.
    return float((rel_entr(rho, rho_hat) + rel_entr(1 - rho, 1 - rho_hat)).sum())


def kl_gradient(h: ArrayLike, rho: float) -> Array:
    """Return the gradient of `kl_penalty` by every activation.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations in [0, 1].
    rho : float
        Target in [0, 1].

    Returns
    -------
    array of shape `(n, code_size)`
        ``((1 - rho) / (1 - rho_hat) - rho / rho_hat) / n``, the same for all inputs;
        below 0 where a node is less active than it should be. At a mean activity of 0
        or 1 it has the value at `TINY` or ``1 - TINY``: a dead node is still called.

    Raises
    ------
    ValueError
        If an activation or rho is outside [0, 1].

    Examples
    --------
    >>> kl_gradient([[0.1, 0.9], [0.3, 0.5]], 0.1).round(6)
    array([[0.3125  , 1.428571],
           [0.3125  , 1.428571]])
    """
    rho_hat, shape = _rho_hat(h, rho), np.shape(h)
    slope = (1 - rho) / (1 - rho_hat) - rho / rho_hat
    return np.tile(slope / shape[0], (shape[0], 1))


def l1_penalty(h: ArrayLike, lam: float) -> tuple[Array, float]:
    """Return the L1 penalty of each input's code, and that of the batch.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations of any sign.
    lam : float
        Weight of the penalty.

    Returns
    -------
    each : array of shape `(n,)`
        ``lam`` times the sum of the absolute activations of each input.
    batch : float
        Their mean, which does not depend on the size of the batch. Keras 3 adds this
        for ``activity_regularizer=keras.regularizers.L1(lam)``.

    Examples
    --------
    >>> l1_penalty([[1.0, -2.0], [0.0, 0.5]], 0.5)
    (array([1.5 , 0.25]), 0.875)
    """
    each = lam * np.abs(np.asarray(h, dtype=np.float64)).sum(axis=1)
    return each, float(each.mean())


def k_sparse(h: ArrayLike, k: int) -> Array:
    """Keep the k largest activations of each input, and set all others to 0.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations. The largest values are kept, not the largest magnitudes.
    k : int
        From 1 to code_size.

    Returns
    -------
    array of shape `(n, code_size)`
        Exactly k nodes a row are kept; of equal values those further left.

    Raises
    ------
    ValueError
        If k is not from 1 to code_size.

    Examples
    --------
    >>> k_sparse([[0.1, 0.9, 0.4, 0.7], [-0.5, -0.2, -0.6, -0.2]], 2)
    array([[ 0. ,  0.9,  0. ,  0.7],
           [ 0. , -0.2,  0. , -0.2]])
    """
    h = np.asarray(h, dtype=np.float64)
    return np.where(_kept(h, k), h, 0.0)


def k_sparse_backward(h: ArrayLike, k: int, g: ArrayLike) -> Array:
    """Send a gradient back through `k_sparse`.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        What `k_sparse` was given.
    k : int
        How many nodes it kept in each row.
    g : array of shape `(n, code_size)`
        The gradient of the loss by the output of `k_sparse`.

    Returns
    -------
    array of shape `(n, code_size)`
        The gradient by h: that of kept nodes as it is, 0 for the others.

    Raises
    ------
    ValueError
        If k is not from 1 to code_size, or the shapes differ.

    Examples
    --------
    >>> k_sparse_backward([[0.1, 0.9, 0.4, 0.7]], 2, [[1.0, 2.0, 3.0, 4.0]])
    array([[0., 2., 0., 4.]])
    """
    h, g = np.asarray(h, dtype=np.float64), np.asarray(g, dtype=np.float64)
    if h.shape != g.shape:
        raise ValueError(f"h has shape {h.shape}, but g {g.shape}.")
    return np.where(_kept(h, k), g, 0.0)


def _rho_hat(h: ArrayLike, rho: float) -> Array:
    """Return the mean activities, moved away from 0 and 1."""
    h = np.asarray(h, dtype=np.float64)
    if not ((h >= 0) & (h <= 1)).all():
        raise ValueError("The activations must lie in [0, 1]: use sigmoid nodes.")
    if not 0 <= rho <= 1:
        raise ValueError(f"rho must be from 0 to 1, not {rho}.")
    return mean_activity(h).clip(TINY, 1 - TINY)


def _kept(h: Array, k: int) -> NDArray[np.bool_]:
    """Return a mask that is true at the k largest values of each row."""
    if not 1 <= k <= h.shape[1]:
        raise ValueError(f"k must be from 1 to {h.shape[1]}, not {k}.")
    # A stable order of the negated values leaves equal ones from left to right.
    largest = np.argsort(-h, axis=1, kind="stable")[:, :k]
    kept = np.zeros(h.shape, dtype=bool)
    np.put_along_axis(kept, largest, True, axis=1)
    return kept
