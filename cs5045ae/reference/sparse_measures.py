"""How sparse a code is, without a threshold; see also `sparse.active_shares`.

References
----------
Vinje and Gallant (2000), Sparse coding and decorrelation in primary visual cortex
during natural vision, doi:10.1126/science.287.5456.1273
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["lifetime_sparseness", "population_sparseness"]

Array = NDArray[np.float64]


def lifetime_sparseness(h: ArrayLike) -> Array:
    """Tell of each node how few inputs its activity is spread over.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations for n > 1 inputs; a negative one counts by its magnitude.

    Returns
    -------
    array of shape `(code_size,)`
        ``(1 - mean(|h|)**2 / mean(h**2)) / (1 - 1/n)``, means over the inputs: 0 for a
        node that does the same for all of them, 1 for one that answers a single input,
        NaN for a dead one.

    Raises
    ------
    ValueError
        If h is not a table, or has one row only.

    References
    ----------
    Vinje and Gallant (2000), after Rolls and Tovee (1995)

    Examples
    --------
    >>> lifetime_sparseness([[1.0, 0.0], [1.0, 2.0], [1.0, 0.0]])
    array([0., 1.])
    """
    return _sparseness(h, axis=0)


def population_sparseness(h: ArrayLike) -> Array:
    """Tell of each input how few nodes its activity is spread over.

    Parameters
    ----------
    h : array of shape `(n, code_size)`
        Activations of more than one node.

    Returns
    -------
    array of shape `(n,)`
        As `lifetime_sparseness`, with means over the nodes: 1 if a single node is
        active, NaN if none is.

    Raises
    ------
    ValueError
        If h is not a table, or has one column only.

    Examples
    --------
    >>> population_sparseness([[1.0, 1.0, 1.0], [0.0, 2.0, 0.0]])
    array([0., 1.])
    """
    return _sparseness(h, axis=1)


def _sparseness(h: ArrayLike, axis: int) -> Array:
    h = np.abs(np.asarray(h, dtype=np.float64))
    if h.ndim != 2 or h.shape[axis] < 2:
        raise ValueError(
            f"expected a table (n, code_size) with two inputs and two nodes or more, "
            f"got shape {h.shape}"
        )
    power = (h**2).mean(axis=axis)
    ratio = np.full_like(power, np.nan)
    np.divide(h.mean(axis=axis) ** 2, power, out=ratio, where=power > 0)
    return (1 - ratio) / (1 - 1 / h.shape[axis])
