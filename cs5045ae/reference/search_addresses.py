"""Semantic hashing: a short code is an address, and near codes are near addresses.

Salakhutdinov and Hinton (2009), Semantic hashing, doi:10.1016/j.ijar.2008.11.006
"""

from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Buckets", "ball", "expected_hits", "to_addresses"]

Whole = NDArray[np.int64]


def expected_hits(n: int, d: int, radius: int) -> float:
    """Compute how many of n codes lie in a Hamming ball, if all addresses are as full.

    Parameters
    ----------
    n : int
        Codes in the database.
    d : int
        Bits of an address.
    radius : int
        Bits that may differ.

    Returns
    -------
    float
        ``n / 2**d * sum of C(d, i) for i = 0 ... radius``.

    Examples
    --------
    >>> round(expected_hits(4_000, 12, 1), 1)
    12.7
    """
    return n / 2**d * sum(comb(d, i) for i in range(radius + 1))


def to_addresses(bits: ArrayLike) -> Whole:
    """Read each row of bits as one whole number, the first bit in the highest place.

    Parameters
    ----------
    bits : array of shape `(n, d)`
        Zeros and ones, d at most 62.

    Returns
    -------
    array of shape `(n,)`
        int64, from 0 to ``2**d - 1``.

    Examples
    --------
    >>> to_addresses([[0, 1, 1], [1, 0, 0]]).tolist()
    [3, 4]
    """
    values = np.asarray(bits, dtype=np.int64)
    return values @ (1 << np.arange(values.shape[1] - 1, -1, -1))


def ball(d: int, radius: int) -> Whole:
    """List what is to be XORed to an address to reach all within a radius.

    Parameters
    ----------
    d : int
        Bits of an address.
    radius : int
        Bits that may differ.

    Returns
    -------
    array of shape `(sum of C(d, i),)`
        int64, the address itself (0) first, then by distance.

    Examples
    --------
    >>> ball(3, 1).tolist()
    [0, 1, 2, 4]
    """
    flips = [
        sum(1 << place for place in places)
        for i in range(radius + 1)
        for places in combinations(range(d), i)
    ]
    return np.array(flips, dtype=np.int64)


class Buckets:
    """The ids of all codes, sorted by address, and where each address begins.

    Parameters
    ----------
    addresses : array of shape `(n,)`
        From `to_addresses`.
    d : int
        Bits of an address; the table has ``2**d + 1`` entries.

    Examples
    --------
    >>> buckets = Buckets([3, 4, 3], 3)
    >>> buckets.look_up(3, radius=0).tolist(), buckets.look_up(2, radius=1).tolist()
    ([0, 2], [0, 2])
    """

    def __init__(self, addresses: ArrayLike, d: int) -> None:
        found = np.asarray(addresses, dtype=np.int64)
        self.d = d
        self.ids = np.argsort(found, kind="stable")
        self.starts = np.searchsorted(found[self.ids], np.arange(2**d + 1))

    def look_up(self, address: int, radius: int) -> Whole:
        """Return the ids of the codes within a radius, nearest addresses first.

        No code is compared: the time depends on the number of addresses visited and
        of ids found, not on the size of the database.

        Parameters
        ----------
        address : int
            The query's.
        radius : int
            Bits that may differ.

        Returns
        -------
        array of shape `(hits,)`
            int64 ids.
        """
        visited = address ^ ball(self.d, radius)
        parts = [self.ids[self.starts[a] : self.starts[a + 1]] for a in visited]
        return np.concatenate(parts)
