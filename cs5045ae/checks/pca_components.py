"""The checks of exercise 01_pca on the directions: task 2.

A sign is free, so rows are compared up to it, and subspaces by the angle between them.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import pca

__all__ = [
    "check_component_order",
    "check_components",
    "check_components_edges",
    "cloud",
]

Function = Callable[..., Any]
DEGREES = 0.05  # an angle that float32 explains
ONLY_K = "Only the first k are due."
UNIT = "Orthonormal rows have length 1 and are at right angles to each other."
LARGEST = (
    "Subtract the mean of each column, and keep the k directions of largest variance."
)
SMALL = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 9.0]])


def cloud(rng: np.random.Generator, n: int, d: int, offset: float = 10.0) -> np.ndarray:
    """Make points `(n, d)` whose variances halve from one direction to the next."""
    rank = min(d, n - 1)
    scores = rng.normal(size=(n, rank))
    scores, _ = np.linalg.qr(scores - scores.mean(axis=0))
    directions, _ = np.linalg.qr(rng.normal(size=(d, rank)))
    spread = 3 * 0.7 ** np.arange(rank) * np.sqrt(n - 1)
    return scores * spread @ directions.T + offset * rng.normal(size=d)


@check(task="2")
def check_components(
    principal_components: Function, *, rng: np.random.Generator
) -> str:
    """Orthonormal rows that span the right subspace."""
    for x, k in [(SMALL, 1), (cloud(rng, 11, 6), 3), (cloud(rng, 30, 5), 2)]:
        _span(_parts(principal_components, x, k)[0], x, k)
    return "your components are orthonormal and span the right subspace"


@check(task="2")
def check_component_order(
    principal_components: Function, *, rng: np.random.Generator
) -> str:
    """Each row in its place, and the variance along it."""
    tall, wide = [cloud(rng, 12, 6), cloud(rng, 40, 5)], cloud(rng, 6, 9)
    for x, k in [(tall[0], 4), (tall[1], 3), (SMALL, 2), (wide, 3)]:
        components, variances = _parts(principal_components, x, k)
        want, spread = pca.principal_components(x, k)
        rows = _rows(components, x, k)
        variances.close(
            spread,
            mistakes=_wrong_variances(x, k),
            hint="The variance along a component is that of the numbers "
            "(x - mean) @ component, with divisor n - 1.",
            shapes={x.shape[1:]: ONLY_K, (min(x.shape),): ONLY_K},
            rtol=1e-4,
        )
        cosines = np.abs((rows * want).sum(axis=1))
        if (cosines < np.cos(np.radians(DEGREES))).any():
            at = int(cosines.argmin())
            turned = np.abs((rows[::-1] * want).sum(axis=1)).min() > 0.999
            raise CheckFailed(
                f"In {components.told}, row {at} of components is not the direction of "
                f"variance number {at}.",
                "The rows are in ascending order: the direction of largest variance "
                "comes first, as its variance does."
                if turned
                else "Sort directions and variances by the same order.",
            )
    return "each component stands in its place, with its variance (divisor n - 1)"


@check(task="2")
def check_components_edges(
    principal_components: Function, *, rng: np.random.Generator
) -> str:
    """Fewer points than dimensions, k = d, a constant column, a mean far away."""
    for x, k, hint in _edges(rng):
        components, variances = _parts(principal_components, x, k)
        variances.array(
            (k,),
            shapes={(min(x.shape),): ONLY_K, x.shape[1:]: ONLY_K},
            low=0,
            hint="A variance is never negative.",
        )
        _span(components, x, k, hint)
    return (
        "it also works with fewer points than dimensions, with k = d, with a constant "
        "column, far from the origin and in float32"
    )


def _edges(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, int, str]]:
    yield cloud(rng, 5, 8), 3, "Here are fewer points than dimensions."
    yield cloud(rng, 9, 4), 4, "Here k = d: all directions are due."
    constant = np.insert(cloud(rng, 12, 5), 2, 7.0, axis=1)
    yield constant, 4, "Here column 2 is constant, like a pixel that is always black."
    yield cloud(rng, 20, 6, offset=1000.0), 2, "Here the mean is far from the origin."
    yield cloud(rng, 15, 6).astype(np.float32), 3, "Here x is float32."


def _parts(function: Function, x: np.ndarray, k: int) -> tuple[Answer, Answer]:
    components, variances = call(function, x=x, k=k).parts("components", "variances")
    return components, variances


def _rows(components: Answer, x: np.ndarray, k: int, hint: str = "") -> np.ndarray:
    n, d = x.shape
    wrong_axis = (
        "These directions have n numbers, not d: with rows as points, the covariance "
        "matrix is (d, d), and numpy's `cov` takes rows as variables unless told "
        "`rowvar=False`; of the SVD, the rows of the third part are due."
    )
    shapes = {
        (d,): "Keep two axes, also for one component: (1, d).",
        (d, d): ONLY_K,
        (min(n, d), d): ONLY_K,
        (k, n): wrong_axis,
        (n, k): "This is the code, or U: n rows. The directions are due, (k, d).",
        (k,): "The order is components, variances.",
        (d, k): "One component a row: transpose the matrix.",
    }
    shapes.pop((k, d), None)
    rows = components.array((k, d), shapes=shapes)
    gap = np.abs(rows @ rows.T - np.eye(k))
    if gap.max() < 1e-4:
        return rows
    want, _ = pca.principal_components(x, k)
    told_of_signs = (
        "The sizes of the entries are right and their signs are not. A whole row may "
        "flip its sign, never single entries: `abs` makes another direction."
    )
    signs = np.allclose(np.abs(rows), np.abs(want), atol=1e-5)
    i, j = np.unravel_index(int(gap.argmax()), gap.shape)
    told = (
        f"row {i} of components has the length {np.linalg.norm(rows[i]):.6g}, not 1"
        if i == j
        else f"rows {i} and {j} of components are not at right angles"
    )
    why = told_of_signs if signs else components.coarse() or UNIT
    raise CheckFailed(f"In {components.told}, {told}.", f"{hint} {why}".strip())


def _span(components: Answer, x: np.ndarray, k: int, hint: str = "") -> None:
    """Complain unless the rows are orthonormal and span the right subspace."""
    rows = _rows(components, x, k, hint)
    want, _ = pca.principal_components(x, k)
    angle = pca.largest_angle(rows, want)
    if angle < DEGREES:
        return
    for sentence, wrong in _wrong_turns(x, k):
        if np.allclose(np.abs(rows), np.abs(wrong), atol=1e-4):
            hint = f"{hint} {sentence}".strip()
            break
    else:
        hint = f"{hint} {LARGEST}".strip()
    raise CheckFailed(
        f"In {components.told}, the rows of components are orthonormal, but they span "
        f"a subspace {angle:.3g} degrees away from the right one.",
        hint,
    )


def _wrong_turns(x: np.ndarray, k: int) -> Iterator[tuple[str, np.ndarray]]:
    """Name directions that students really give, signs aside."""
    centered, _ = pca.center(x)
    _, columns = np.linalg.eigh(centered.T @ centered)
    yield (
        "These are the components of the raw x, which point at its mean: subtract the "
        "mean of each column first.",
        _raw(x)[0][:k],
    )
    yield (
        "These are directions of the smallest variance: `eigh` sorts in ascending "
        "order, `eig` not at all.",
        columns.T[:k],
    )
    rows = "These are rows of the matrix of eigenvectors. Eigenvectors are its columns."
    for order in (columns, columns[::-1], columns[:, ::-1]):
        yield rows, order[:k]
    yield (
        "You divided each column by its standard deviation. Here all pixels share "
        "one unit: only subtract the mean.",
        _standardised(x)[0][:k],
    )
    yield (
        "You subtracted the mean of each row. The mean of each column is due: one "
        "number for each pixel.",
        np.linalg.svd(x - x.mean(axis=1, keepdims=True), full_matrices=False)[2][:k],
    )
    yield (
        "You subtracted one mean of all numbers. The mean of each column is due.",
        np.linalg.svd(x - x.mean(), full_matrices=False)[2][:k],
    )


def _wrong_variances(x: np.ndarray, k: int) -> dict[str, np.ndarray]:
    """Name what students really return for the variances."""
    n, spread = len(x), pca.principal_components(x, k)[1]
    return {
        "This is in ascending order: the largest variance comes first, and "
        "its direction with it.": spread[::-1],
        "This has the divisor n; the task asks for n - 1.": spread * (n - 1) / n,
        "These are standard deviations, the task asks for variances.": np.sqrt(spread),
        "These are the singular values s; a variance is s ** 2 / (n - 1).": (
            np.sqrt(spread * (n - 1))
        ),
        "This is s ** 2; divide it by n - 1.": spread * (n - 1),
        "These are shares of the total variance; the task asks for the "
        "variances.": spread / x.var(axis=0, ddof=1).sum(),
        "These are shares of the variance that is kept; the task asks for "
        "the variances.": spread / spread.sum(),
        "Subtract the mean of each column first.": _raw(x)[1][:k],
        "These are the smallest variances: `eigh` sorts in ascending order.": (
            _smallest(x, k)
        ),
        "These are the largest of the smallest: sort all variances first, "
        "then take k.": _smallest(x, k)[::-1],
        "Do not divide the columns by their standard deviation: only subtract "
        "the mean.": _standardised(x)[1][:k],
        "These are the variances of pixels, in their order; the variances "
        "along the components are due.": x.var(axis=0, ddof=1)[:k],
    }


def _standardised(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    spread = x.std(axis=0, ddof=1) if len(x) > 1 else np.ones(x.shape[1])
    return _raw((x - x.mean(axis=0)) / (spread + (spread == 0)))


def _smallest(x: np.ndarray, k: int) -> np.ndarray:
    return np.linalg.eigvalsh(np.cov(x, rowvar=False))[:k]


def _raw(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    _, s, rows = np.linalg.svd(x.astype(np.float64), full_matrices=False)
    return rows, s**2 / (len(x) - 1)
