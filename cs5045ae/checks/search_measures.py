"""The checks of exercise 08_search on measures of a search: tasks 6 and 7."""

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.search import Function
from cs5045ae.reference import search_neighbours

__all__ = [
    "check_precision_at_k",
    "check_precision_at_k_edges",
    "check_recall_at_k",
    "check_recall_at_k_edges",
]

RANGE = (
    "A share lies between 0 and 1: divide by the number of neighbours, m times k, and "
    "do not turn it into percent."
)


@check(task="6")
def check_precision_at_k(precision_at_k: Function, *, rng: np.random.Generator) -> str:
    """Take the share of neighbours with the query's class, over all queries."""
    shown = np.array([[0, 1], [2, 0]]), np.array([7, 7, 3]), np.array([7, 3])
    # In the first case hardly two mistakes give the same number.
    for m, n, k, classes in [
        (11, 50, 7, 4),
        (3, 25, 10, 2),
        (9, 60, 4, 10),
        (11, 50, 7, 4),
    ]:
        labels = rng.integers(0, classes, size=n)
        wanted = rng.integers(0, classes, size=m)
        _precision(precision_at_k, _ids(rng, m, n, k), labels, wanted)
    _precision(precision_at_k, *shown, shown=True)
    return "the share is that of neighbours with their query's class"


@check(task="6")
def check_precision_at_k_edges(
    precision_at_k: Function, *, rng: np.random.Generator
) -> str:
    """Use m = k, a single query, k = 1, odd names of classes, all or nothing right."""
    labels = rng.permutation(np.repeat([4, 17, 90], 8))
    for m, k in [(11, 11), (1, 6), (7, 1), (1, 1)]:
        wanted = rng.choice([4, 17, 90], size=m)
        _precision(precision_at_k, _ids(rng, m, 24, k), labels, wanted)
    ids = _ids(rng, 3, 24, 4)
    _precision(precision_at_k, ids, np.full(24, 5), np.full(3, 5))
    _precision(precision_at_k, ids, np.full(24, 5), np.full(3, 6))
    return "single queries, k = 1, and all or nothing right are settled too"


def _ids(rng: np.random.Generator, m: int, n: int, k: int) -> np.ndarray:
    return np.array([rng.permutation(n)[:k] for _ in range(m)])


def _one_share(answer: Answer, m: int, k: int, table: str) -> None:
    """Ask for one number from 0 to 1; `table` is said of an array of shape (m, k)."""
    mean = "One number for all queries is due: take the mean of these."
    answer.array(
        (), low=0, high=1, hint=RANGE, shapes={(m,): mean, (k,): mean, (m, k): table}
    )


def _precision(
    precision_at_k: Function,
    neighbours: np.ndarray,
    labels: np.ndarray,
    query_labels: np.ndarray,
    shown: bool = False,
) -> None:
    m, k = neighbours.shape
    found = labels[neighbours]
    hits = found == query_labels[:, None]
    want = search_neighbours.precision_at_k(neighbours, labels, query_labels)
    in_class = (labels == query_labels[:, None]).sum(axis=1)
    votes = [np.bincount(row).argmax() for row in found]
    answer = call(
        precision_at_k,
        neighbours=neighbours,
        labels=labels,
        query_labels=query_labels,
    )
    _one_share(answer, m, k, "These are hits and misses; take the mean of them all.")
    answer.close(
        want,
        mistakes={
            "The classes of the queries run along the rows here; they need the shape "
            "(m, 1).": (found == query_labels).mean() if m == k else -1.0,
            "Ids are compared with classes. Look up the neighbours' classes first: "
            "`labels[neighbours]`.": (neighbours == query_labels[:, None]).mean(),
            "This looks at the nearest alone; all k count.": hits[:, 0].mean(),
            "This asks whether any neighbour is a hit; count how many are.": (
                hits.any(axis=1).mean()
            ),
            "This asks whether all neighbours are hits, or rounds down by `//`: count "
            "how many are, and divide by `/`.": (hits.all(axis=1).mean()),
            "This is the share of misses.": 1 - want,
            "The neighbours' majority may be right or wrong; here each one counts.": (
                np.mean(votes == query_labels)
            ),
            "This is the share of the class that was found, which is recall. Divide by "
            "k.": np.mean(hits.sum(axis=1) / np.maximum(in_class, 1)),
            "All queries are compared with the class of the first one.": (
                (found == query_labels[0]).mean()
            ),
            "Divide by the number k of neighbours, not by that of the images.": (
                hits.sum() / m / len(labels)
            ),
        },
        hint="Compare `labels[neighbours]` (m, k) with the queries' classes (m, 1); "
        "take the mean.",
        shown=shown,
    )


@check(task="7")
def check_recall_at_k(recall_at_k: Function, *, rng: np.random.Generator) -> str:
    """Take the share of exact neighbours that were found, in any order."""
    for m, n, k in [(12, 30, 7), (6, 12, 5), (20, 200, 10)]:
        _recall(recall_at_k, *_search(rng, m, n, k))
    _recall(recall_at_k, np.array([[0, 1, 2]]), np.array([[0, 2, 5]]), shown=True)
    ids = _ids(rng, 5, 30, 6)
    _recall(recall_at_k, ids[:, ::-1], ids)
    return "the share is that of exact neighbours found, in any order"


@check(task="7")
def check_recall_at_k_edges(recall_at_k: Function, *, rng: np.random.Generator) -> str:
    """Use empty places, nothing found, a single query, k = 1, m = k."""
    found, exact = _search(rng, 12, 30, 7)
    found[1] = -1
    for row in range(4, 12):  # nothing but what was hit, and not all of that
        hits = [i for i in found[row] if i in exact[row]][:5]
        found[row] = hits + [-1] * (7 - len(hits))
    _recall(recall_at_k, found, exact)
    short = found.copy()
    short[:, 0] = -1  # every row has an empty place, and not at its end
    _recall(recall_at_k, short, exact)
    for m, k in [(1, 5), (7, 1), (1, 1), (4, 4)]:
        _recall(recall_at_k, *_search(rng, m, 12, k))
    _recall(recall_at_k, np.full((3, 4), -1), _ids(rng, 3, 9, 4))
    return "empty places, k = 1 and single queries are settled too"


def _search(
    rng: np.random.Generator, m: int, n: int, k: int
) -> tuple[np.ndarray, np.ndarray]:
    """Draw exact ids, and found ones of which a random number is among them.

    Of several rows the first has all, in another order, and the second has none. No
    id stands twice in a row. What one row misses, another has.
    """
    exact = _ids(rng, m, n, k)
    hits = rng.integers(0, k, size=m) if m > 1 else np.array([k // 2])
    hits[: min(2, m - 1)] = [k, 0][: min(2, m - 1)]
    found = np.empty_like(exact)
    for row, (ids, count) in enumerate(zip(exact, hits, strict=True)):
        others = rng.permutation(np.setdiff1d(np.arange(n), ids))
        mixed = [*rng.permutation(ids)[:count], *others[: k - count]]
        found[row] = rng.permutation(mixed)
    return found, exact


def _recall(
    recall_at_k: Function, found: np.ndarray, exact: np.ndarray, shown: bool = False
) -> None:
    m, k = exact.shape
    want = search_neighbours.recall_at_k(found, exact)
    counts = (exact[:, :, None] == found[:, None]).any(axis=2).sum(axis=1)
    given = (found >= 0).sum(axis=1)
    answer = call(recall_at_k, found=found, exact=exact)
    _one_share(answer, m, k, "These say what was found; take the mean of them all.")
    answer.close(
        want,
        mistakes={
            "This compares place by place. The order within a row does not count: is "
            "the id anywhere in the row?": (found == exact).mean(),
            "This compares all rows with one another: each query has its own row.": (
                np.isin(exact, found).mean()
            ),
            "This asks in how many rows everything was found; count the ids.": (
                (counts == k).mean()
            ),
            "This asks in how many rows anything was found; count the ids.": (
                (counts > 0).mean()
            ),
            "Empty places do not make k smaller: divide by the number of exact "
            "neighbours.": counts.sum() / max(given.sum(), 1),
            "Empty places do not make k smaller: divide each row by the number of "
            "its exact neighbours.": np.mean(counts / np.maximum(given, 1)),
            "This is what both have over all that either has. Divide by k.": np.mean(
                counts / np.maximum(given + k - counts, 1)
            ),
            "This is the share that was missed.": 1 - want,
            "Divide by the number k of neighbours, not by that of the queries.": (
                counts.sum() / m / m
            ),
            "-1 says that nothing was found: it is no hit.": np.mean(counts + k - given)
            / k,
            "Queries of which nothing was found count too, with 0.": (
                counts.sum() / k / max((given > 0).sum(), 1)
            ),
            "`found` has places that are empty in all rows. Divide by the number of "
            "exact neighbours.": counts.sum() / m / max(given.max(), 1),
            "This looks at the nearest alone; all k count.": (
                (found[:, 0] == exact[:, 0]).mean()
            ),
            "Is the nearest one found? All k exact neighbours count.": (
                (found == exact[:, :1]).any(axis=1).mean()
            ),
        },
        hint="For each query: how many ids of its row of `exact` are in its row of "
        "`found`? Divide by k, take the mean.",
        shown=shown,
    )
