"""The checks of exercise 08_search on activations and thresholds: tasks 1 and 2."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import RTOL, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import search

__all__ = [
    "check_balanced_thresholds",
    "check_balanced_thresholds_edges",
    "check_to_bits",
    "check_to_bits_edges",
]

Function = Callable[..., Any]


@check(task="1")
def check_to_bits(to_bits: Function, *, rng: np.random.Generator) -> str:
    """Zeros and ones, each unit with its own threshold.

    No activation equals its threshold here: that is asked for with the edges.
    """
    shown = np.array([[0.2, 1.7], [0.9, -2.0]]), np.array([0.5, 0.0])
    _bits(to_bits, *shown, shown=True)
    _bits(to_bits, rng.random((40, 6)), rng.uniform(0.3, 0.7, 6))
    _bits(to_bits, *_scaled(rng, 50, 7))
    return "a bit is 1 exactly where the activation is above its unit's threshold"


@check(task="1")
def check_to_bits_edges(to_bits: Function, *, rng: np.random.Generator) -> str:
    """Use one image, one unit, n = d, float32, large, negative and equal numbers."""
    for n, d in [(8, 8), (1, 12), (9, 1), (1, 1)]:
        _bits(to_bits, *_scaled(rng, n, d))
    for _ in range(2):  # the same shape again: nothing may be kept between calls
        a, thresholds = _scaled(rng, 30, 16)
        _bits(to_bits, a, thresholds)
    _bits(to_bits, a.astype(np.float32), thresholds.astype(np.float32))
    _bits(to_bits, 1e6 * a, 1e6 * thresholds)
    _bits(to_bits, -1 - rng.random((12, 5)), np.full(5, -1.5))
    # Whole numbers, so that an activation and its threshold are equal in any type.
    level = rng.integers(-2, 3, size=(25, 4)).astype(np.float64)
    _bits(to_bits, level, np.array([0.0, 1.0, -1.0, 0.0]))
    return "one image, one unit, large, negative and equal numbers are right too"


def _scaled(rng: np.random.Generator, n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw activations of very different units, with thresholds amid them."""
    scales, shifts = rng.uniform(0.5, 20, d), rng.uniform(-30, 30, d)
    a = rng.normal(size=(n, d)) * scales + shifts
    return a, shifts + scales * rng.uniform(-0.6, 0.6, d)


def _bits(
    to_bits: Function, a: np.ndarray, thresholds: np.ndarray, shown: bool = False
) -> None:
    n, d = a.shape
    want = search.to_bits(a, thresholds)
    answer = call(to_bits, a=a, thresholds=thresholds)
    answer.array(
        (n, d),
        whole=True,
        low=0,
        high=1,
        hint="A bit is 0 or 1: compare, `a > thresholds`.",
        shapes={
            (n * d,): "Keep the rows: one for each image.",
            (n,): "Each image has d bits, not one.",
            (n, -(-d // 8)): "One number for each bit: they are not packed into bytes "
            "here.",
        },
    )
    mistakes = {
        "The bits are the other way round: 1 above the threshold, 0 below.": 1 - want,
        "An activation equal to its threshold is not above it: `>`, and not `>=`.": (
            a >= thresholds
        ),
        "Each unit has a threshold of its own, not 0.5 for all.": (a > 0.5),
        "Each unit has a threshold of its own, not 0 for all.": a > 0,
        "A threshold belongs to a unit, which is a column, and not to an image.": (
            a > thresholds[:, None] if n == d else 2 + want
        ),
        "Each unit has a threshold of its own, not that of the first.": (
            a > thresholds[0]
        ),
        "Each unit has a threshold of its own, not the mean of all.": (
            a > thresholds.mean()
        ),
        "The thresholds are given; do not compute others from a.": (
            a > np.median(a, axis=0)
        ),
        "The thresholds are given; do not compute others from a, not means either.": (
            a > a.mean(axis=0)
        ),
        "All bits are 0. A conversion to whole numbers cuts off what lies between 0 "
        "and 1: compare instead.": 0 * want,
        "All bits are 1, as a conversion makes of whatever is not 0: compare before "
        "you convert.": 0 * want + 1,
    }
    answer.close(
        want,
        mistakes=mistakes,
        hint="1 where a > thresholds, else 0.",
        shown=shown,
    )


@check(task="2")
def check_balanced_thresholds(
    balanced_thresholds: Function, *, rng: np.random.Generator
) -> str:
    """Look for half of the data on either side, whatever the range of a unit."""
    _half(balanced_thresholds, np.array([[0.1, -3.0], [0.2, 5.0], [0.9, 1.0]]))
    for n, d in [(101, 5), (60, 8)]:
        skewed = rng.exponential(size=(n, d)) * rng.uniform(0.5, 40, d)
        _half(balanced_thresholds, skewed + rng.uniform(-30, 30, d))
    _half(balanced_thresholds, rng.beta(0.4, 2.0, size=(75, 6)))
    return "each threshold has half of its unit's activations on either side"


@check(task="2")
def check_balanced_thresholds_edges(
    balanced_thresholds: Function, *, rng: np.random.Generator
) -> str:
    """Use few images, n = d, far outliers, units that are mostly or always the same."""
    for n, d in [(1, 4), (2, 5), (7, 7), (3, 1), (1, 1), (7, 7)]:
        _half(balanced_thresholds, rng.exponential(size=(n, d)) * 5 - 9)
    outliers = rng.normal(size=(21, 4))
    outliers[3] = 1e5
    _half(balanced_thresholds, outliers)
    quiet = np.maximum(rng.normal(size=(40, 5)) - 1.5, 0).astype(np.float32)
    quiet[:, 2] = 3.25
    _half(balanced_thresholds, quiet)
    return "few images, outliers and units that are always the same are right too"


def _half(balanced_thresholds: Function, a: np.ndarray) -> None:
    """Complain unless each threshold is a median: any between the middle two is."""
    n, d = a.shape
    answer = call(balanced_thresholds, a=a)
    got = answer.array(
        (d,),
        shapes={
            (n,): "One threshold for each unit is due, not for each image: axis 0.",
            (): "Each unit has a threshold of its own: the median along axis 0.",
            (n, d): "These are as many as there are activations. One for each unit.",
            (1, d): "An array (d,) is due: do not keep the axis of the images.",
        },
    )
    slack = RTOL * np.maximum(1.0, np.abs(got))
    above, below = (a > got + slack).sum(axis=0), (a < got - slack).sum(axis=0)
    wrong = (above > n / 2) | (below > n / 2)
    if not wrong.any():
        return
    known = {
        "This is the mean. Far values pull it away from the middle; sort instead.": (
            a.mean(axis=0)
        ),
        "This is the median of all activations; each unit has its own.": (
            np.full(d, np.median(a))
        ),
        "0 splits a unit in half only if it lies around 0: look at the data.": (
            np.zeros(d)
        ),
        "0.5 suits a sigmoid's unit at best: look at the data.": np.full(d, 0.5),
        "This is halfway between the smallest and the largest: sort instead, and take "
        "the one in the middle.": (a.min(axis=0) + a.max(axis=0)) / 2,
        "This is the row in the middle, but the columns are not sorted.": a[n // 2],
        "These are the medians of the images; the axis is the other one.": (
            np.median(a, axis=1) if n == d else got + 1
        ),
        "Not the median alone: nothing is to be added or taken away.": np.median(
            a - a.mean(axis=0), axis=0
        ),
    }
    hint = answer.coarse() or (
        "The median of each column: `np.median` with the axis of the images."
    )
    for sentence, value in known.items():
        if np.allclose(got, value, rtol=1e-4, atol=1e-5):
            hint = sentence
            break
    unit = int(np.argmax(wrong))
    raise CheckFailed(
        f"{answer.subject} a threshold for unit {unit} with {above[unit]} of {n} "
        f"activations above it and {below[unit]} below.",
        hint,
    )
