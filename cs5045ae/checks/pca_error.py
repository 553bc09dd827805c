"""The check of task 6 of exercise 01_pca: the error of a reconstruction."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import pca

__all__ = ["check_reconstruction_error"]

Function = Callable[..., Any]


@check(task="6")
def check_reconstruction_error(
    reconstruction_error: Function, *, rng: np.random.Generator
) -> str:
    """Squared error, summed over pixels, averaged over images."""
    shown = (
        np.array([[2.0, 0.0, 1.0], [1.0, 1.0, 0.0]]),
        np.array([[0.0, 1.0, 0.0], [1.0, 1.0, 2.0]]),
    )
    cases = [shown, (shown[0], shown[0])]
    for n, d in [(5, 3), (1, 6), (4, 1), (3, 784)]:
        cases.append((rng.normal(size=(n, d)), 3 * rng.normal(size=(n, d)) + 1))
    x, x_hat = rng.uniform(size=(2, 6, 9)).astype(np.float32)
    cases.append((x, x_hat))
    for x, x_hat in cases:
        n, d = x.shape
        gap = x.astype(np.float64) - x_hat
        want = pca.reconstruction_error(x, x_hat)
        each = (gap**2).sum(axis=1)
        call(reconstruction_error, x=x, x_hat=x_hat).close(
            want,
            mistakes={
                "This is the mean over pixels and images; sum over the pixels.": want
                / d,
                "This is the sum over the images; divide it by their number n.": want
                * n,
                "You summed over the images and averaged over the pixels: the axes are "
                "the other way round.": want * n / d,
                "Square the differences; absolute values are not due.": (
                    np.abs(gap).sum(axis=1).mean()
                ),
                "Square the differences before you add them up, or they cancel.": (
                    gap.sum(axis=1).mean()
                ),
                "Square each difference, then add: not the other way round.": (
                    (gap.sum(axis=1) ** 2).mean()
                ),
                "No square root is due.": np.sqrt(want),
                "No square root is due, of no image.": np.sqrt(each).mean(),
                "No factor 1/2 is due.": want / 2,
                "The number of pixels is that of x, not always 784.": want / d * 784,
                "This is the variance of the differences: keep their mean.": (
                    gap.var(axis=0).sum()
                ),
            },
            hint="Square the differences, sum over axis 1, take the mean.",
            shown=x is shown[0],
            shapes={
                (n,): "One number for all images is due: take the mean of these.",
                (d,): "Sum over the pixels of an image, which is axis 1.",
                (n, d): "Sum over the pixels, then take the mean over the images.",
            },
        )
    return "the error is summed over the pixels and averaged over the images"
