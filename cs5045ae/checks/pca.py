"""The checks of exercise 01_pca; those of tasks 2, 6 and 7 have their own rooms."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.pca_components import SMALL, cloud
from cs5045ae.reference import pca

__all__ = [
    "check_center",
    "check_components_needed",
    "check_project",
    "check_reconstruct",
]

Function = Callable[..., Any]


@check(task="1")
def check_center(center: Function, *, rng: np.random.Generator) -> str:
    """Centred points, and the mean of each column."""
    constant = np.insert(cloud(rng, 6, 3), 1, 4.0, axis=1)
    fresh = [cloud(rng, 9, 4), cloud(rng, 9, 4)[:1], constant, cloud(rng, 9, 4)]
    for x in [SMALL, *fresh, cloud(rng, 7, 5).astype(np.float32)]:
        n, d = x.shape
        centered, mean = call(center, x=x).parts("x_centered", "mean")
        centered.array((n, d), shapes={(d,): "The order is x_centered, mean."})
        if mean.numbers().shape == (1, d):
            flat = mean.numbers().reshape(d)
            mean = Answer(flat, mean.subject, mean.told)
        columns = "One number for each column is due: the mean along axis 0."
        mean.close(
            x.mean(axis=0, dtype=np.float64),
            mistakes={
                "This is the median of each column.": np.median(x, axis=0),
                "This is the mean of each row; give each column its own.": x.mean(
                    axis=1
                ),
                "This is the mean of all numbers; give each column its own.": np.full(
                    d, x.mean()
                ),
                "Divide the sum of a column by the number of points, n.": (
                    x.sum(axis=0) / max(n - 1, 1)
                ),
            },
            hint=columns,
            shown=x is SMALL,
            shapes={
                (n,): columns,
                (): columns,
                (n, 1): columns,
            },
            rtol=1e-4,
        )
        wanted = pca.center(x)[0]
        spread = x.std(axis=0) + (x.std(axis=0) == 0)
        centered.close(
            wanted,
            mistakes={
                "This is x itself: subtract the mean.": x,
                "Only subtract the mean: do not divide by the standard deviation.": (
                    wanted / spread
                ),
                "This is the mean less x; turn it round.": -wanted,
            },
            hint="Subtract from each column its mean, and do nothing else.",
            shown=x is SMALL,
            rtol=1e-4,
            atol=1e-5,
        )
    return "every column has mean 0, and mean holds one number for each column"


@check(task="3")
def check_components_needed(
    components_needed: Function, *, rng: np.random.Generator
) -> str:
    """Smallest number of components that carries the share."""
    halves = 2.0 ** -np.arange(12)
    steps = np.array([5.0, 1.0, 1.0, 1.0, 0.0])
    cases: list[tuple[np.ndarray, float, bool]] = [(halves, 0.9, False)]
    cases += [(steps, share, True) for share in (0.6, 0.7, 0.75, 0.875, 1.0)]
    cases += [(np.array([3.0]), 0.9, False), (steps.astype(np.float32), 0.875, False)]
    for d in (5, 9, 30):
        variances = np.sort(rng.uniform(0.1, 7, size=d))[::-1].copy()
        ends = np.concatenate([[0], variances.cumsum() / variances.sum()])
        for k in (1, int(rng.integers(2, d)), d):
            # Between two steps and near to either; rounding of floats has no say.
            for part in (0.5, 0.02, 0.98):
                share = ends[k - 1] + part * (ends[k] - ends[k - 1])
                cases.append((variances, float(share), False))
    for variances, share, shown in cases:
        want = pca.components_needed(variances, share)
        sums = variances.astype(np.float64).cumsum()
        strictly = min(int((sums / sums[-1] <= share).sum()) + 1, len(variances))
        answer = call(components_needed, variances=variances, share=share)
        answer.close(
            want,
            mistakes={
                "This is one too few: an index counts from 0, the components from 1.": (
                    want - 1
                ),
                "The share is reached exactly here, and the task says at least.": (
                    strictly
                ),
                "Take the variances as they are, without a square root.": (
                    pca.components_needed(np.sqrt(variances), share)
                ),
                "Take the variances as they are, without squaring.": (
                    pca.components_needed(variances**2, share)
                ),
                "This counts the components that are dropped.": len(variances) - want,
                "This counts the places where the share is reached; the first of them "
                "is due.": len(variances) - want + 1,
                "The variances come with the largest first: add them up from there.": (
                    pca.components_needed(variances[::-1], share)
                ),
                "This is one too many.": want + 1,
                "Divide the sums by the sum of all variances: the share runs to 1.": (
                    min(int((sums < share).sum()) + 1, len(variances))
                ),
            },
            hint="Add up the variances from the first on, divide by the sum of all, "
            "and find the first place where that reaches the share.",
            shown=shown,
            shapes={
                variances.shape: "One number is due: k.",
                (1,): "One number is due, not an array or tuple of one.",
            },
            whole=True,
        )
    return "k is the smallest number of components that reaches the share"


@check(task="4")
def check_project(project: Function, *, rng: np.random.Generator) -> str:
    """Codes of points, also of new ones."""
    for x, mean, components in _encoders(rng):
        n, d = x.shape
        k = len(components)
        turned = x - mean
        mistakes = {
            "Subtract the mean before you project.": x @ components.T,
            "Use the mean that is passed: new images are measured from the mean of the "
            "training images, not from their own.": (x - x.mean(axis=0)) @ components.T,
            "You added the mean; subtract it.": (x + mean) @ components.T,
            "This is the mean less x; turn it round.": -turned @ components.T,
            "Subtract from each pixel its own mean, not the mean of all pixels.": (
                (x - mean.mean()) @ components.T
            ),
            "A coordinate may be negative: leave out `abs`.": np.abs(
                turned @ components.T
            ),
        }
        if k == d:
            mistakes["Each row of components is a direction: transpose them."] = (
                turned @ components
            )
        call(project, x=x, mean=mean, components=components).close(
            pca.project(x, mean, components),
            mistakes=mistakes,
            hint="Subtract mean, then take the inner product with each component.",
            shapes={
                (k, n): "One code a row: transpose the result.",
                (n, d): "This is back in the space of pixels; the code has k numbers.",
                (k,): "Keep two axes, also for one image: (1, k).",
            },
            rtol=1e-4,
            atol=1e-5,
        )
    return "z holds the coordinates along the components, also for one new image"


@check(task="5")
def check_reconstruct(reconstruct: Function, *, rng: np.random.Generator) -> str:
    """Images from codes."""
    for x, mean, components in _encoders(rng):
        z = pca.project(x, mean, components).astype(x.dtype)
        n, d = x.shape
        want = pca.reconstruct(z, mean, components)
        mistakes = {
            "Add the mean at the end: the components start from it.": want - mean,
            "You subtracted the mean; add it.": want - 2 * mean,
            "Do not clip: a reconstruction may leave [0, 1], and these numbers are no "
            "pixels.": want.clip(0, 1),
            "You added the mean of z; add the argument mean.": want - mean + z.mean(),
            "Add to each pixel its own mean, not the mean of all pixels.": (
                want - mean + mean.mean()
            ),
            "Take z as it is: the codes are not centred again.": (
                want - z.mean(axis=0) @ components
            ),
        }
        if len(components) == d:
            mistakes["Add up rows of components: do not transpose them."] = (
                z @ components.T + mean
            )
        call(reconstruct, z=z, mean=mean, components=components).close(
            want,
            mistakes=mistakes,
            hint="A weighted sum of the components, with z as weights, and the mean.",
            shapes={
                (d, n): "One image a row: transpose the result.",
                (d,): "Keep two axes, also for one code: (1, d).",
            },
            rtol=1e-4,
            atol=1e-5,
        )
    return "x_hat is the mean and the components, weighted by the code"


def _encoders(
    rng: np.random.Generator,
) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield new points with the mean and components of other points."""
    for n, d, k in [(5, 7, 3), (1, 6, 2), (4, 8, 1), (6, 4, 4)]:
        mean = 3 * rng.normal(size=d)
        components = np.linalg.qr(rng.normal(size=(d, k)))[0].T.copy()
        yield 2 * rng.normal(size=(n, d)) + mean + 1, mean, components
        if n == 5:
            x = rng.uniform(size=(n, d)).astype(np.float32)
            yield x, mean.astype(np.float32), components.astype(np.float32)
