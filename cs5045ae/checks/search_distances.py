"""The checks of exercise 08_search on Hamming distances: task 4."""

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.search import Function
from cs5045ae.reference import search

__all__ = ["check_hamming", "check_hamming_long"]


@check(task="4")
def check_hamming(hamming: Function, *, rng: np.random.Generator) -> str:
    """Count the bits that differ, for each query and each code."""
    query = np.array([[127, 255]], dtype=np.uint8)
    codes = np.array([[127, 240], [128, 0]], dtype=np.uint8)
    _distances(hamming, query, codes, shown=True)
    for m, n, b in [(3, 5, 4), (2, 7, 1), (4, 4, 4), (5, 3, 9), (6, 40, 20), (3, 5, 4)]:
        left, right = _codes(rng, m, b), _codes(rng, n, b)
        right[0] = left[-1]
        _distances(hamming, left, right)
    return "the bits that differ are counted, for each query and each code"


@check(task="4")
def check_hamming_long(hamming: Function, *, rng: np.random.Generator) -> str:
    """Use codes of up to 2,400 bits, a single query, a single code."""
    for m, n, b in [(1, 6, 32), (1, 1, 40), (3, 1, 64), (2, 5, 300)]:
        left, right = _codes(rng, m, b), _codes(rng, n, b)
        right[-1] = 255 - left[0]  # differs in all bits
        if n > 1:
            right[0] = right[-1]
            right[0, 0] ^= 1  # in all but one
        _distances(hamming, left, right)
    return "distances above 255 and single queries are right too"


def _codes(rng: np.random.Generator, n: int, b: int) -> np.ndarray:
    return rng.integers(0, 256, size=(n, b)).astype(np.uint8)


def _distances(
    hamming: Function, left: np.ndarray, right: np.ndarray, shown: bool = False
) -> None:
    (m, b), n = left.shape, len(right)
    want = search.hamming(left, right)
    ours, theirs = left[:, None].astype(int), right.astype(int)
    gaps = ours - theirs
    answer = call(hamming, queries=left, codes=right)
    shapes = {
        (n, m): "One row for each query, one column for each code.",
        (n,): "One row for each query is due, also if there is only one.",
        (m,): "Each query is compared with every code, not with one of them.",
        (m, n, b): "Sum over the bytes of a code, the last axis.",
        (m, n, 8 * b): "Sum over the bits of a code, the last axis.",
        (): "One distance for each query and each code is due.",
    }
    ones = np.bitwise_count
    answer.close(
        want,
        mistakes={
            "This counts the bytes that differ; count the bits that do.": (
                (gaps != 0).sum(axis=2)
            ),
            "These are sums of XOR values. Count the ones of each first.": (
                (ours ^ theirs).sum(axis=2)
            ),
            "This is the fraction of bits that differ; times 8 b it is their number.": (
                want / (8 * b)
            ),
            "This is the fraction of bytes that differ; the number of bits is due.": (
                (gaps != 0).mean(axis=2)
            ),
            "This counts the bits that agree.": 8 * b - want,
            "A bit that differs counts twice here: divide by 2.": 2 * want,
            "A product of -1 and 1 gives the bits that agree less those that differ. "
            "With 8 b bits in all, (8 b - product) / 2 of them differ.": (
                8 * b - 2 * want
            ),
            "This compares how many ones two codes have. A bit differs at its own "
            "place: use ^ before you count.": np.abs(
                ones(left).sum(axis=1, dtype=int)[:, None]
                - ones(right).sum(axis=1, dtype=int)
            ),
            "This is an average over the bytes; their sum is due.": want / b,
            "This counts the bits set in both (&); those that differ are due (^).": (
                ones(ours & theirs).sum(axis=2)
            ),
            "This counts the bits set in either (|); those that differ are due (^).": (
                ones(ours | theirs).sum(axis=2)
            ),
            "A difference of numbers is not one of bits: use ^, not -.": (
                ones((gaps % 256).astype(np.uint8)).sum(axis=2)
            ),
            "A difference of numbers is not one of bits: use ^, without - and abs.": (
                ones(np.abs(gaps)).sum(axis=2)
            ),
            "These are differences of the bytes as numbers; their bits are due.": (
                np.abs(gaps).sum(axis=2)
            ),
            "This is a squared Euclidean distance of bytes; unpack the bits first.": (
                (gaps**2).sum(axis=2)
            ),
            "This is the Euclidean distance of bytes; the bits are to be compared.": (
                np.sqrt((gaps**2).sum(axis=2))
            ),
            "Between bits, the squared distance is their number: no root.": (
                np.sqrt(want)
            ),
            "Count the ones of each byte first, then add: not the other way round.": (
                ones((ours ^ theirs).sum(axis=2))
            ),
            "The sum starts again from 0 after 255: that is uint8. Sum in a wider "
            "type, such as `dtype=np.int64`.": want % 256,
            "Above 127 the numbers are negative: that is int8. Sum in a wider type, "
            "such as `dtype=np.int64`.": (want + 128) % 256 - 128,
            "Every query has the distances of the first one.": (
                np.broadcast_to(want[:1], want.shape)
            ),
        },
        hint="The ones of `queries[:, None, :] ^ codes`, summed over the last axis.",
        shown=shown,
        shapes=shapes,
        rtol=0,
        atol=1e-6,  # far below half a bit, and room for a mean in float32
    )
