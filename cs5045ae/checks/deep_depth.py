"""The checks of exercise 03_deep on the choice of a depth: task 7."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import deep

__all__ = ["check_smallest_depth", "check_smallest_depth_hard"]

Function = Callable[..., Any]


@check(task="7")
def check_smallest_depth(smallest_depth: Function, *, rng: np.random.Generator) -> str:
    """Choose the smallest depth within one standard error of the best."""
    shown = np.array([[9.0, 9.2], [7.2, 7.4], [6.8, 7.4], [8.0, 8.2]])
    _choose(smallest_depth, np.array([1, 2, 3, 4]), shown, rng, shown=True)
    for m, r in [(4, 3), (6, 5), (5, 4)]:
        level = np.sort(rng.uniform(5, 9, size=m))[::-1] + 0.3
        level[-2:] = level[-3] - np.array([0.6, 0.62])
        test = level[:, None] + rng.normal(0, 0.05, size=(m, r))
        _choose(smallest_depth, np.arange(m) + 1, test, rng)
    return "you choose the smallest depth that is as good as the best, within its doubt"


@check(task="7")
def check_smallest_depth_hard(
    smallest_depth: Function, *, rng: np.random.Generator
) -> str:
    """Ties, noise, depths in any order, and training errors that mislead."""
    cases = [
        [[6.8] * 3, [6.5] * 3, [6.4] * 3, [5.0, 7, 6], [9.0] * 3],  # bound 6.58
        [[6.3, 6.4, 6.2], [9.0, 2.0, 7.0], [5.9, 9.9, 5.9]],
        [[6.0] * 4, [2.0, 6, 6, 6], [5.5] * 4],  # 5 + 1 is 6, unrounded
        [[6.5] * 3, [6.0] * 3, [6.0] * 3],
        [[7.0, 7.2, 7.1], [5.0, 9.0, 7.9], [6.8, 6.8, 6.9]],
        [[9.0, 9.1], [6.0, 6.1], [6.4, 6.6], [7.0, 7.2]],
        [[6.2] * 3, [7.5] * 3, [6.4] * 3, [5.0, 7, 6]],  # a bad one in between
        [[6.04] * 3, [6.0] * 3, [6.3] * 3],  # not rounded
        [[5.0, 5.2]],
    ]
    for case in cases:
        test = np.array(case)
        depths = 2 * np.arange(len(test)) + 3
        _choose(smallest_depth, depths, test, rng)
        for order in (np.roll(np.arange(len(test)), -2), rng.permutation(len(test))):
            _choose(smallest_depth, depths[order], test[order], rng)
    return "ties, noisy seeds, any order and a misleading training error are no trap"


def _choose(
    function: Function,
    depths: np.ndarray,
    test: np.ndarray,
    rng: np.random.Generator,
    *,
    shown: bool = False,
) -> None:
    """Compare one choice; the training errors fall with the depth, whatever it is."""
    train = 4 - 3 * depths[:, None] / depths.max() + rng.uniform(0, 0.1, test.shape)

    def rule(errors: np.ndarray, spread: np.ndarray) -> int:
        best = int(errors.argmin())
        return int(depths[errors <= errors[best] + spread[best] + 1e-12].min())

    means, r = test.mean(axis=1), test.shape[1]
    sd = test.std(axis=1, ddof=1)
    se = sd / np.sqrt(r)
    best = int(means.argmin())
    of_train = train.mean(axis=1)
    order = np.argsort(depths)
    good = means[order] <= means[best] + se[best] + 1e-12
    place = int(np.flatnonzero(order == best)[0])
    while place and good[place - 1]:
        place -= 1
    strict = depths[means < means[best] + se[best] - 1e-12]
    call(function, depths=depths, train_errors=train, test_errors=test).close(
        deep.smallest_depth(depths, train, test),
        mistakes={
            "The training errors have no say: a deeper network always fits the "
            "training images better.": depths[of_train.argmin()],
            "At most one standard error above: `<=`, so that a depth that ties with "
            "the best counts too.": strict.min() if len(strict) else depths[best],
            "This is the best depth itself; look for a smaller one that is within its "
            "standard error.": depths[best],
            "Look at all depths: between the best and a smaller one that is good "
            "enough, there may be one that is not.": depths[order[place]],
            "The standard error of the best, not that of each candidate.": depths[
                means <= means[best] + se + 1e-12
            ].min(),
            "The first one in the list need not be the smallest.": depths[
                np.flatnonzero(means <= means[best] + se[best] + 1e-12)[0]
            ],
            "The standard error is the standard deviation divided by the square root "
            "of the number of seeds.": rule(means, sd),
            "The standard deviation over the seeds takes ddof=1.": rule(
                means, test.std(axis=1) / np.sqrt(r)
            ),
            "Average over the seeds first; a single lucky seed decides nothing.": (
                depths[test.min(axis=1).argmin()]
            ),
            "This is a place in the list; return the depth that stands there.": int(
                np.flatnonzero(depths == deep.smallest_depth(depths, train, test))[0]
            ),
        },
        hint="Means over the seeds; the best of them; its standard error; the smallest "
        "depth whose mean is at most best + standard error.",
        shown=shown,
        whole=True,
        rtol=0,
        atol=0,
    )
