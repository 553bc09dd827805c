"""Binary codes: from activations to bits, from bits to bytes, and their distances.

``a`` `(n, d)` holds the activations of d code units, ``bits`` `(n, d)` zeros and ones,
``codes`` `(n, d / 8)` the same bits, eight to a byte. A distance between codes is
always Hamming's: the number of bits in which they differ.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "as_columns",
    "balanced_thresholds",
    "hamming",
    "pack_bits",
    "scan",
    "to_bits",
    "unpack_bits",
]

Array = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Whole = NDArray[np.int64]


def balanced_thresholds(a: ArrayLike) -> Array:
    """Find the threshold of each bit that splits the data in half.

    A bit tells most where zero and one are equally frequent.

    Parameters
    ----------
    a : array of shape `(n, d)`
        Activations of the data that the codes are for.

    Returns
    -------
    array of shape `(d,)`
        The median of each column.

    Examples
    --------
    >>> balanced_thresholds([[0.1, -3], [0.2, 5], [0.9, 1]]).tolist()
    [0.2, 1.0]
    """
    return np.median(np.asarray(a, dtype=np.float64), axis=0)


def to_bits(a: ArrayLike, thresholds: ArrayLike) -> Bytes:
    """Set a bit where an activation lies above the threshold of its unit.

    Parameters
    ----------
    a : array of shape `(n, d)`
        Activations.
    thresholds : array of shape `(d,)`, or one number for all
        As `balanced_thresholds` gives them.

    Returns
    -------
    array of shape `(n, d)`
        uint8, 0 or 1.

    Examples
    --------
    >>> to_bits([[0.2, 1.7], [0.9, -2.0]], [0.5, 0.0]).tolist()
    [[0, 1], [1, 0]]
    """
    return (np.asarray(a) > np.asarray(thresholds)).astype(np.uint8)


def pack_bits(bits: ArrayLike) -> Bytes:
    """Store eight bits in a byte, the first in the highest place.

    Parameters
    ----------
    bits : array of shape `(n, d)`
        Zeros and ones (or booleans), d a multiple of 8.

    Returns
    -------
    array of shape `(n, d / 8)`
        uint8.

    Raises
    ------
    ValueError
        If d is not a multiple of 8: unpacking could not tell where a code ends.

    Examples
    --------
    >>> pack_bits([[0, 0, 0, 0, 0, 1, 0, 1]]).tolist()
    [[5]]
    """
    values = np.asarray(bits)
    if values.ndim != 2 or values.shape[1] % 8:
        raise ValueError(
            f"bits must be (n, d) with d a multiple of 8, not {values.shape}; add "
            "columns of zeros, which change no distance"
        )
    return np.packbits(values.astype(bool), axis=1)


def unpack_bits(codes: ArrayLike) -> Bytes:
    """Undo `pack_bits`.

    Parameters
    ----------
    codes : array of shape `(n, b)`
        uint8.

    Returns
    -------
    array of shape `(n, 8 b)`
        uint8, 0 or 1.
    """
    return np.unpackbits(np.asarray(codes, dtype=np.uint8), axis=1)


def hamming(queries: ArrayLike, codes: ArrayLike) -> Whole:
    """Count the bits in which each query differs from each code.

    Parameters
    ----------
    queries : array of shape `(m, b)`
        uint8, as `pack_bits` makes them.
    codes : array of shape `(n, b)`
        uint8.

    Returns
    -------
    array of shape `(m, n)`
        int64, from 0 to 8 b.

    Examples
    --------
    >>> hamming([[127, 255]], [[127, 240], [128, 0]]).tolist()
    [[4, 16]]
    """
    left = np.asarray(queries, dtype=np.uint8)
    right = np.asarray(codes, dtype=np.uint8)
    # One byte of all codes at a time: the three-dimensional array would not fit.
    total = np.zeros((len(left), len(right)), dtype=np.int64)
    for mine, theirs in zip(left.T, right.T, strict=True):
        total += np.bitwise_count(mine[:, None] ^ theirs)
    return total


def as_columns(codes: ArrayLike) -> NDArray[np.uint64]:
    """Lay codes out as columns of 64 bits, each of which lies in one piece in memory.

    Parameters
    ----------
    codes : array of shape `(n, b)`
        uint8, b a multiple of 8.

    Returns
    -------
    array of shape `(b / 8, n)`
        uint64.

    Raises
    ------
    ValueError
        If b is not a multiple of 8.
    """
    values = np.ascontiguousarray(codes, dtype=np.uint8)
    if values.ndim != 2 or values.shape[1] % 8:
        raise ValueError(
            f"codes must be (n, b) with b a multiple of 8, not {values.shape}"
        )
    return np.ascontiguousarray(values.view(np.uint64).T)


def scan(columns: NDArray[np.uint64], query: ArrayLike) -> NDArray[np.uint16]:
    """Compare one query with every code, 64 bits at a time.

    Parameters
    ----------
    columns : array of shape `(b / 8, n)`
        The database, as `as_columns` lays it out.
    query : array of shape `(b,)`
        uint8, one packed code.

    Returns
    -------
    array of shape `(n,)`
        uint16, the Hamming distances: exact up to codes of 65,535 bits.
    """
    words = np.ascontiguousarray(query, dtype=np.uint8).view(np.uint64)
    total = np.zeros(columns.shape[1], dtype=np.uint16)
    for column, word in zip(columns, words, strict=True):
        total += np.bitwise_count(column ^ word)
    return total
