"""The checks of exercise 03_deep on numbers: tasks 1 and 2."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import deep

__all__ = [
    "check_count_parameters",
    "check_count_parameters_tied",
    "check_paper_error",
    "check_standard_error",
]

Function = Callable[..., Any]
PAPER = [784, 1000, 500, 250, 30]
SIZES = [PAPER, [784, 400, 200, 100, 50, 25, 6], [3, 2], [7, 3, 5, 2], [5, 4, 9]]
SIZES += [[5, 8, 5, 3, 3, 3]]


@check(task="1")
def check_count_parameters(
    count_parameters: Function, *, rng: np.random.Generator
) -> str:
    """Count both halves of mirrored networks, each with kernels of its own."""
    for sizes in [*SIZES, _sizes(rng)]:
        _count(count_parameters, sizes, tied=False)
    return "the paper's network has 2,837,314 parameters, and others theirs"


@check(task="1")
def check_count_parameters_tied(
    count_parameters: Function, *, rng: np.random.Generator
) -> str:
    """Count each shared kernel once, and every bias."""
    for sizes in [*SIZES, _sizes(rng)]:
        _count(count_parameters, sizes, tied=True)
    return "with tied weights the paper's network has 1,420,814 parameters"


def _sizes(rng: np.random.Generator) -> list[int]:
    return [int(n) for n in rng.integers(2, 60, size=rng.integers(3, 6))]


def _count(function: Function, sizes: Sequence[int], *, tied: bool) -> None:
    kernels = sum(a * b for a, b in pairwise(sizes))
    want = deep.count_parameters(sizes, tied)
    once = sum(sizes[1:])
    other = deep.count_parameters(sizes, not tied)
    call(function, encoder_sizes=list(sizes), tied=tied).close(
        want,
        mistakes={
            "Biases are never shared: the decoder has its own, one for each of its "
            "nodes, the pixels among them.": (1 if tied else 2) * kernels + once,
            "This is the encoder alone; the decoder is its mirror image.": kernels
            + once,
            "With tied=True the decoder uses the encoder's kernels: count each once."
            if tied
            else "Without tied=True the decoder has kernels of its own.": other,
            "The biases are missing.": (1 if tied else 2) * kernels,
            "The decoder's last layer has one bias for each pixel, its first none for "
            "the code: biases belong to the layer that they feed into.": (
                1 if tied else 2
            )
            * kernels
            + 2 * once,
            "The input has no biases.": (1 if tied else 2) * kernels
            + 2 * sum(sizes)
            - sizes[-1],
        },
        hint="A kernel has nodes before x nodes weights, and every layer after the "
        "input, in both halves, has one bias for each of its nodes."
        if len(set(sizes)) == len(sizes)
        else "Layers may have equally many nodes: go by their places in the list, not "
        "by their sizes.",
        shown=list(sizes) == PAPER,
        whole=True,
        rtol=0,
        atol=0,
    )


@check(task="2")
def check_paper_error(paper_error: Function, *, rng: np.random.Generator) -> str:
    """Square, sum over the pixels, average over the images; rows or squares."""
    for x, x_hat in _image_pairs(rng):
        answer = call(paper_error, x=x, x_hat=x_hat)
        error, _ = answer.parts("error", "standard_error")
        gap = (x.astype(np.float64) - x_hat).reshape(len(x), -1)
        square, d = gap**2, gap.shape[1]
        error.close(
            deep.paper_error(x, x_hat)[0],
            mistakes={
                "The order is error, standard_error.": deep.paper_error(x, x_hat)[1],
                "Sum over the pixels, do not average: Keras' `mse` is as many times "
                "smaller as there are pixels.": square.mean(),
                "Average over the images in the end; this is the sum over all.": (
                    square.sum()
                ),
                "Average over the images, not over the pixels: the axes are "
                "exchanged.": square.sum() / d,
                "No root is due: the squared error.": np.sqrt(square.sum(1)).mean(),
                "No root is due, and no mean over the pixels.": np.sqrt(square.mean()),
                "Square the differences; these are absolute values.": np.abs(gap)
                .sum(1)
                .mean(),
                "Square the differences before you sum them: here they cancel.": (
                    gap.sum(1) ** 2
                ).mean(),
                "There is no factor of 1/2 in the paper's measure.": square.sum(
                    1
                ).mean()
                / 2,
                "Take x_hat as it is, without clipping.": (
                    (x - np.clip(x_hat, 0, 1)) ** 2
                )
                .reshape(len(x), -1)
                .sum(1)
                .mean(),
                "An image may have two axes: sum over all axes but the first.": (
                    ((x - x_hat) ** 2).sum(axis=1).mean()
                ),
            },
            hint="For each image the sum of its squared differences; then the mean of "
            "these sums.",
            shapes={
                (len(x),): "Average over the images: one number for all is due.",
            },
        )
    return "errors are summed over the pixels and averaged over the images"


@check(task="2")
def check_standard_error(paper_error: Function, *, rng: np.random.Generator) -> str:
    """Take the standard deviation over the images, by the root of their number."""
    for x, x_hat in _image_pairs(rng):
        _, doubt = call(paper_error, x=x, x_hat=x_hat).parts("error", "standard_error")
        each = ((x.astype(np.float64) - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
        n = len(each)
        doubt.close(
            deep.paper_error(x, x_hat)[1],
            mistakes={
                "This is the spread of single images. That of their mean is smaller: "
                "divide by the square root of n.": each.std(ddof=1),
                "Divide by the square root of n, not by n.": each.std(ddof=1) / n,
                "The divisor of the variance is n - 1 here: `ddof=1`.": each.std()
                / np.sqrt(n),
                "This is a variance; its square root is due.": each.var(ddof=1) / n,
                "Sum over the pixels of an image, do not average.": (
                    each.std(ddof=1) / np.sqrt(n) / (x.size / n)
                ),
                "The order is error, standard_error.": each.mean(),
                "This is the spread over all pixels. First sum each image's, then "
                "take the standard deviation over the images.": (
                    (x.astype(np.float64) - x_hat) ** 2
                ).std(ddof=1)
                / np.sqrt(n),
            },
            hint="Standard deviation over the images (ddof=1), divided by the square "
            "root of their number.",
        )
    return "the standard error is that of a mean over n images"


def _image_pairs(rng: np.random.Generator) -> list[tuple[np.ndarray, np.ndarray]]:
    """Images as rows and as squares, of both float types, with values outside [0, 1].

    Some reconstructions leave [0, 1], as those of PCA do.
    """
    pairs = []
    shapes = [(5, 7), (2, 9), (4, 3, 6), (3, 5, 4, 1), (60, 196)]
    for shape in shapes:
        x = rng.random(shape)
        pairs.append((x, x + rng.normal(0, 0.5, size=shape)))
    pairs.append((pairs[0][0].astype(np.float32), pairs[0][1].astype(np.float32)))
    x = rng.random((4, 6))
    pairs.append((x, x + 0.5))  # all images equally wrong: no doubt at all
    return pairs
