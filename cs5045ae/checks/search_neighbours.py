"""The checks of exercise 08_search on exact neighbours: task 5.

Pixels are whole numbers, and images so small that squared distances stay below 2**24.
So a distance is exact whatever the formula, in float32 too, and equal ones are equal.
"""

from collections.abc import Mapping

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.search import Function
from cs5045ae.reference import search_neighbours

__all__ = ["check_nearest", "check_nearest_own", "check_nearest_ties"]

SHOWN = np.array([[0, 200], [0, 190], [30, 200], [0, 210]], dtype=np.uint8)


@check(task="5")
def check_nearest(nearest: Function, *, rng: np.random.Generator) -> str:
    """Find the ids by Euclidean distance, the nearest first; no two distances equal."""
    for m, n, d, k in [(4, 30, 49, 6), (1, 12, 20, 3), (5, 5, 16, 5), (3, 40, 36, 1)]:
        queries, x = _apart(rng, m, n, d)
        _neighbours(nearest, queries, x, k, np.full(m, -1))
    return "the ids are those of the nearest images, the nearest first"


@check(task="5")
def check_nearest_ties(nearest: Function, *, rng: np.random.Generator) -> str:
    """Let many distances be equal.

    Differences of 90 and 180 do not keep their order when they wrap at 256. With more
    than two pixels there are two levels only, so that distances stay equal in every
    formula, for pixels divided by 255 too.
    """
    for m, n, d, k in [(3, 90, 4, 40), (2, 200, 3, 25), (1, 60, 2, 60)]:
        queries, x = (
            (rng.choice([0, 90, 180] if d == 2 else [0, 180], size=(size, d))).astype(
                np.uint8
            )
            for size in (m, n)
        )
        if d == 2:  # from a corner all levels of distance are there
            queries[0] = 0
        _neighbours(nearest, queries, x, k, np.full(m, -1), ties=True)
    same = np.full((50, 5), 7, dtype=np.uint8)
    _neighbours(nearest, same[:2], same, 30, np.full(2, -1), ties=True)
    return "equal distances come in the order of their ids"


@check(task="5")
def check_nearest_own(nearest: Function, *, rng: np.random.Generator) -> str:
    """Leave the query itself out, and keep its twins and the last row."""
    for n, d, k in [(20, 9, 5), (7, 25, 6), (40, 16, 3)]:
        x = _apart(rng, 1, n, d)[1]
        x[2], x[-1] = x[4], x[1]  # twins, one before and one behind, the last row too
        own = np.array([4, 2, -1, n - 1, 1, -1, 3])
        queries = x[np.where(own < 0, 1, own)]
        queries[5] = x[-2]
        _neighbours(nearest, queries, x, k, own)
    # Last, since with so few images many mistakes look alike.
    for k, mine in [(2, 0), (2, -1), (3, 0)]:
        _neighbours(nearest, SHOWN[:1], SHOWN, k, np.array([mine]), shown=k == 2)
    return "the query itself is left out, and a twin is found"


def _apart(
    rng: np.random.Generator, m: int, n: int, d: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw queries and images such that no query has two equal distances."""
    while True:
        queries, x = (
            rng.integers(0, 256, size=(size, d)).astype(np.uint8) for size in (m, n)
        )
        gaps = search_neighbours.squared_distances(queries, x)
        if all(len(set(row)) == n for row in gaps.tolist()):
            return queries, x


def _neighbours(
    nearest: Function,
    queries: np.ndarray,
    x: np.ndarray,
    k: int,
    own: np.ndarray,
    shown: bool = False,
    ties: bool = False,
) -> None:
    m, n = len(queries), len(x)
    gaps = search_neighbours.squared_distances(queries, x)
    want = search_neighbours.nearest(gaps, k, own)
    answer = call(nearest, queries=queries, x=x, k=k, own=own)
    got = answer.array(
        (m, k),
        whole=True,
        low=0,
        high=n - 1,
        hint="Ids are row numbers of x, from 0 to n - 1; no distances are due.",
        shapes={
            (k, m): "One row for each query: transpose it.",
            (m, n): "Keep the first k of each row: `[:, :k]`.",
            (m, k + 1): "k neighbours are due, no more.",
            (m, k - 1): "k neighbours are due: where one is left out, another follows.",
            (k,): "One row for each query is due, also if there is only one.",
            (m,): "k neighbours of each query are due.",
        },
    )
    left = gaps.copy()
    inside = np.flatnonzero(own >= 0)
    left[inside, own[inside]] = np.inf
    there, due = (np.take_along_axis(left, ids, axis=1) for ids in (got, want))
    # Beside the check of ties any order of equal distances will do, but no id twice.
    twice = any(len(set(row)) < k for row in got.tolist())
    wrong = got != want if ties or twice else there != due
    if not wrong.any():
        return
    hint = (
        "Sort by the Euclidean distance, computed from floats; of equal distances the "
        "smaller id comes first."
    )
    for sentence, ids in _mistakes(queries, x, gaps, k, own, want).items():
        if np.array_equal(got, ids):
            hint = sentence
            break
    else:
        if np.isinf(there).any():
            hint = "Here the query finds itself: leave out the row that `own` names."
        elif twice:
            hint = "An id stands twice in a row."
        elif np.array_equal(there, due):
            hint = (
                "Of equal distances the smaller id comes first. A stable sort leaves "
                'them in their order: `kind="stable"`.'
            )
        elif np.array_equal(np.sort(there), due):
            hint = "These are the nearest, but a row begins with the very nearest."
    row, at = np.argwhere(wrong)[0]
    right = f"; the right one is {want[row, at]}" if shown else ""
    raise CheckFailed(
        f"{answer.subject} id {got[row, at]} at index [{row}, {at}], which is not the "
        f"neighbour due there{right}.",
        hint,
    )


def _mistakes(
    queries: np.ndarray,
    x: np.ndarray,
    gaps: np.ndarray,
    k: int,
    own: np.ndarray,
    want: np.ndarray,
) -> Mapping[str, np.ndarray]:
    """Sort by what students sort by, with the rows left out that they leave out."""

    def first(by: np.ndarray, leave: np.ndarray = own) -> np.ndarray:
        by = by.astype(float)
        inside = np.flatnonzero(leave >= 0)
        by[inside, leave[inside]] = np.inf
        return np.argsort(by, axis=1, kind="stable")[:, :k]

    wrapped = queries[:, None] - x
    wide = queries[:, None].astype(float) - x
    everything = np.argsort(gaps, axis=1, kind="stable")
    last = np.where(own < 0, len(x) - 1, own)
    skipped = everything[:, 1 : k + 1]
    positive = np.where(gaps > 0, gaps, np.inf)
    kept = np.where((gaps == 0) & (own[:, None] >= 0), np.inf, gaps)
    alone = gaps.copy()
    alone[:, own[own >= 0]] = np.inf
    moved = everything - ((own[:, None] >= 0) & (everything > own[:, None]))
    there = [
        row[ids != mine] for row, ids, mine in zip(moved, everything, own, strict=True)
    ]
    shifted = np.array([row[:k] for row in there])
    products = queries.astype(float) @ x.T.astype(float)
    wrapped_squares = (queries[:, None].astype(np.int16) - x) ** 2
    mistakes = {
        "Differences of `uint8` start again from 255 below 0: convert to float before "
        "you subtract.": first((wrapped.astype(float) ** 2).sum(axis=2)),
        "Differences and squares of `uint8` wrap at 256: convert to float before you "
        "subtract.": first((wrapped * wrapped).sum(axis=2)),
        "Differences of `uint8` wrap at 256, and their absolute value comes too late: "
        "convert to float first.": first(wrapped.astype(float).sum(axis=2)),
        "These are the farthest: sort from the smallest distance on.": first(-gaps),
        "The query is among its own neighbours: leave out the row that `own` names.": (
            everything[:, :k]
        ),
        "-1 says that the query is not in x; as an index it is the last row, which "
        "must not be left out.": first(gaps, last),
        "The first hit need not be the query itself: leave out the row that `own` "
        "names, and only that.": skipped,
        "A twin of the query is a find, though its distance is 0.": first(positive),
        "A twin of the query is a find, though its distance is 0, too: leave out the "
        "row that `own` names alone.": first(kept),
        "A row is left out for its own query alone, not for all of them.": first(alone),
        "Ids are row numbers of x as it is. Where a row is deleted first, those behind "
        "it have moved up by one.": shifted,
        "A square of up to 65,025 does not fit into int16: convert to float.": first(
            wrapped_squares.sum(axis=2)
        ),
        "A product of `uint8` starts again from 0 after 255: convert both to float "
        "first.": first(gaps + 2 * products - 2.0 * (queries @ x.T)),
        "The product is missing its factor: (a - b)² is a² - 2 a b + b².": first(
            gaps + products
        ),
        "This is sorted by the sum of absolute differences; square them.": first(
            np.abs(wide).sum(axis=2)
        ),
        "Square the differences before you add them up, or they cancel.": first(
            np.abs(wide.sum(axis=2))
        ),
        "The product is large for bright images, however far they are.": first(
            -(queries.astype(float) @ x.T.astype(float))
        ),
        "This is sorted by the largest difference of a pixel; add up all squares.": (
            first(np.abs(wide).max(axis=2))
        ),
        "This is the rank of each image; `np.argsort` once gives the ids.": (
            np.argsort(np.argsort(gaps, axis=1), axis=1)[:, :k]
        ),
        "Every query has the neighbours of the first one.": (
            np.broadcast_to(want[:1], want.shape)
        ),
    }
    return {text: ids for text, ids in mistakes.items() if ids.shape == want.shape}
