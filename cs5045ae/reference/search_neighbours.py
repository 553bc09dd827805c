"""Who is near, and how good that is: neighbours by distance, precision and recall.

``labels`` `(n,)` are the classes of the database, ``query_labels`` `(m,)` those of the
queries; ``neighbours`` `(m, k)` are ids, that is, rows of the database.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "nearest",
    "precision_at_k",
    "recall_at_k",
    "recall_over_radius",
    "squared_distances",
]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]


def squared_distances(queries: ArrayLike, x: ArrayLike) -> Array:
    """Compute the squared Euclidean distance of each query to each point.

    Parameters
    ----------
    queries : array of shape `(m, d)`
        Points.
    x : array of shape `(n, d)`
        The database.

    Returns
    -------
    array of shape `(m, n)`
        float64, never below 0; it ranks as the distance itself does.
    """
    left = np.asarray(queries, dtype=np.float64)
    right = np.asarray(x, dtype=np.float64)
    squares = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1)
    # Rounding may take the distance of a point to itself below 0.
    return np.maximum(squares - 2 * left @ right.T, 0)


def nearest(distances: ArrayLike, k: int, own: ArrayLike | None = None) -> Whole:
    """Find the k nearest for each query, equal distances in the order of their ids.

    Parameters
    ----------
    distances : array of shape `(m, n)`
        Of each query to each item of the database.
    k : int
        Neighbours wanted.
    own : array of shape `(m,)`, optional
        The id of each query where it stands in the database itself, which is left out;
        -1 where it does not.

    Returns
    -------
    array of shape `(m, k)`
        int64 ids, the nearest first.

    Raises
    ------
    ValueError
        If there are fewer than k items, or with `own` fewer than k others.

    Examples
    --------
    >>> nearest([[3, 1, 2, 1]], 3).tolist()
    [[1, 3, 2]]
    >>> nearest([[0, 5, 0]], 1, own=[0]).tolist()
    [[2]]
    """
    gaps = np.asarray(distances, dtype=np.float64)
    ids = np.full(len(gaps), -1) if own is None else np.asarray(own)
    if not 0 < k <= gaps.shape[1] - bool((ids >= 0).any()):
        raise ValueError(f"k = {k} neighbours of {gaps.shape[1]} items do not exist")
    inside = np.flatnonzero(ids >= 0)
    gaps = gaps.copy()
    gaps[inside, ids[inside]] = np.inf
    return np.argsort(gaps, axis=1, kind="stable")[:, :k].astype(np.int64)


def precision_at_k(
    neighbours: ArrayLike, labels: ArrayLike, query_labels: ArrayLike
) -> float:
    """Tell which share of the neighbours is of the query's class.

    Parameters
    ----------
    neighbours : array of shape `(m, k)`
        Ids.
    labels : array of shape `(n,)`
        Class of each item of the database.
    query_labels : array of shape `(m,)`
        Class of each query.

    Returns
    -------
    float
        From 0 to 1, the mean over all queries.

    Examples
    --------
    >>> precision_at_k([[0, 1], [2, 0]], [7, 7, 3], [7, 3])
    0.75
    """
    found = np.asarray(labels)[np.asarray(neighbours)]
    return float((found == np.asarray(query_labels)[:, None]).mean())


def recall_at_k(found: ArrayLike, exact: ArrayLike) -> float:
    """Tell which share of the exact neighbours an approximate search has found.

    Parameters
    ----------
    found : array of shape `(m, k)`
        Ids that an approximate index gave, in any order; -1 marks an empty place.
    exact : array of shape `(m, k)`
        Ids of the exact neighbours.

    Returns
    -------
    float
        From 0 to 1, the mean over all queries.

    Examples
    --------
    >>> round(recall_at_k([[0, 1, 2]], [[0, 2, 5]]), 3)
    0.667
    """
    given, wanted = np.asarray(found), np.asarray(exact)
    return float((wanted[:, :, None] == given[:, None, :]).any(axis=2).mean())


def recall_over_radius(
    distances: ArrayLike, same: ArrayLike, radii: ArrayLike
) -> tuple[Array, Array]:
    """Tell what lies within a radius: how much of the class, and how pure it is.

    Parameters
    ----------
    distances : array of shape `(m, n)`
        Of each query to each item.
    same : array of shape `(m, n)`
        Whether an item is of the query's class.
    radii : array of shape `(r,)`
        Radii; what lies exactly on one counts as inside.

    Returns
    -------
    recall : array of shape `(r,)`
        Share of all pairs of one class that lie within the radius.
    precision : array of shape `(r,)`
        Share of the pairs within the radius that are of one class; 1 if there is none.
    """
    gaps, match = np.asarray(distances), np.asarray(same, dtype=bool)
    ours, all_gaps = np.sort(gaps[match]), np.sort(gaps, axis=None)
    hits = np.searchsorted(ours, radii, side="right")
    inside = np.searchsorted(all_gaps, radii, side="right")
    return hits / max(len(ours), 1), np.where(inside, hits / np.maximum(inside, 1), 1.0)
