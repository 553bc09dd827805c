"""The checks of exercise 02_basic on functions of numbers: tasks 1, 3 and 4."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import basic

__all__ = [
    "check_binary_crossentropy",
    "check_binary_crossentropy_edges",
    "check_count_parameters",
    "check_cross_entropy_floor",
    "check_cross_entropy_floor_edges",
]

Function = Callable[..., Any]
X = np.array([[0.0, 1.0, 0.5], [0.2, 0.9, 1.0]])
X_HAT = np.array([[0.1, 0.8, 0.5], [0.3, 0.9, 0.7]])


@check(task="1")
def check_count_parameters(
    count_parameters: Function, *, rng: np.random.Generator
) -> str:
    """Count weights and biases of dense networks of any depth."""
    shown = [[784, 128, 32, 128, 784], [3, 2]]
    fresh = [rng.integers(2, 60, size=n).tolist() for n in (2, 3, 6)]
    for sizes in [*shown, *fresh]:
        weights = sum(a * b for a, b in pairwise(sizes))
        call(count_parameters, sizes=sizes).close(
            basic.count_parameters(sizes),
            mistakes={
                "These are the weights alone; every node after the input has a bias "
                "as well.": weights,
                "The nodes of the input have no bias: they are given, not computed.": (
                    weights + sum(sizes)
                ),
                "These are the nodes, or the biases. Each node also has one weight for "
                "every node of the layer before.": sum(sizes),
                "These are the nodes after the input: one bias each. Each also has one "
                "weight for every node of the layer before.": sum(sizes[1:]),
                "This has one bias for each layer; every node has its own.": (
                    weights + len(sizes) - 1
                ),
                "This has the biases of the layer before: a layer with b nodes has b "
                "biases.": weights + sum(sizes[:-1]),
                "This gives the nodes between two layers two biases each; every node "
                "has one.": weights + sum(sizes[:-1]) + sum(sizes[1:]),
                "This is the first pair of layers alone: does the loop return too "
                "early?": (sizes[0] + 1) * sizes[1],
                "The last pair of layers is missing.": basic.count_parameters(
                    sizes[:-1]
                )
                if len(sizes) > 2
                else 0,
            },
            hint="Between neighbouring layers of a and b nodes lie a * b weights, and "
            "b biases. Add this up over all neighbours.",
            shown=sizes in shown,
            shapes={
                (len(sizes) - 1,): "These are the parameters of each layer: add them "
                "up."
            },
            rtol=0,
            atol=0,
        )
    return "weights and biases are counted for networks of any depth"


@check(task="3")
def check_binary_crossentropy(
    binary_crossentropy: Function, *, rng: np.random.Generator
) -> str:
    """Look at the mean over pixels and images of grey targets."""
    fresh = [rng.uniform(0.02, 0.98, size=(2, *shape)) for shape in ((3, 7), (5, 4))]
    large = rng.uniform(0.05, 0.95, size=(2, 40, 196)).astype(np.float32)
    pairs: list[Any] = [(X, X_HAT), *fresh, large, fresh[0][:, :1]]
    for x, x_hat in pairs:
        want = basic.binary_crossentropy(x, x_hat)
        on = -(x * np.log(x_hat)).astype(float)
        call(binary_crossentropy, x=x, x_hat=x_hat).close(
            want,
            mistakes={
                "The sign is turned: a cross-entropy is never negative here.": -want,
                "This is summed over pixels; the task asks for the mean over pixels "
                "and images.": want * x.shape[1],
                "This is the sum; the task asks for the mean over pixels and images.": (
                    want * x.size
                ),
                "This is summed over images; take the mean over images too.": (
                    want * len(x)
                ),
                "This is in bits: use the natural logarithm, np.log.": want / np.log(2),
                "This has logarithms of base 10: use the natural one, np.log.": (
                    want / np.log(10)
                ),
                "The part of the dark pixels, (1 - x) log(1 - x_hat), is missing.": (
                    on.mean()
                ),
                "This is the cross-entropy of classes, one choice a row. Pixels are no "
                "classes: each has a part of its own.": (on.sum(axis=1).mean()),
                "The two are exchanged: the logarithm is taken of the "
                "reconstruction.": basic.binary_crossentropy(x_hat, x),
                "This is the mean squared error. The formula of the task has "
                "logarithms.": ((x - x_hat) ** 2).mean(),
                "The two parts are subtracted from each other: both belong to the sum, "
                "under one minus sign.": 2 * on.mean() - want,
                "This takes x_hat for logits. It has gone through the sigmoid "
                "already.": basic.binary_crossentropy(x, 1 / (1 + np.exp(-x_hat))),
                "This rounds the grey pixels of x to 0 or 1 first. They stay as they "
                "are.": basic.binary_crossentropy(x.round(), x_hat),
                "This takes the floor away from the cross-entropy, and is a KL "
                "divergence. The task asks for the cross-entropy itself.": (
                    want - basic.cross_entropy_floor(x)
                ),
            },
            hint="For each pixel -(x log(x_hat) + (1 - x) log(1 - x_hat)), then the "
            "mean of them all.",
            shapes=_unfinished(x),
            shown=x is X,
            rtol=1e-4,
        )
    return "the cross-entropy of grey pixels is right, as a mean over pixels and images"


@check(task="3")
def check_binary_crossentropy_edges(
    binary_crossentropy: Function, *, rng: np.random.Generator
) -> str:
    """Stay finite where a pixel is predicted with certainty, rightly or wrongly."""
    sure = (rng.random((4, 6)) < 0.5).astype(np.float64)
    sure[0, :2] = 0, 1
    for x in (sure, sure.astype(np.float32)):
        call(binary_crossentropy, x=x, x_hat=x).close(
            0.0,
            hint="Here every pixel is black or white and rebuilt exactly: hardly "
            "anything is left. Do you clip by too much?",
            atol=2e-5,
        )
        wrong = x.copy()
        wrong[0, :2] = 1 - wrong[0, :2]
        answer = call(binary_crossentropy, x=x, x_hat=wrong)
        # A clip from 1e-6 to 1e-8 costs 13.8 to 18.4 nats for each wrong pixel.
        answer.array(
            (),
            low=2 * 13.5 / x.size,
            high=2 * 18.6 / x.size,
            hint="Here a black and a white pixel are surely wrong. Clip x_hat to "
            "[1e-7, 1 - 1e-7] before the logarithm, and take the mean over all pixels.",
        )
    return "it stays finite where x_hat is exactly 0 or 1"


@check(task="4")
def check_cross_entropy_floor(
    cross_entropy_floor: Function, *, rng: np.random.Generator
) -> str:
    """Look at the entropy of grey pixels."""
    fresh = [rng.uniform(0.02, 0.98, size=shape) for shape in ((3, 7), (1, 5))]
    shown = np.array([[0.5, 0.2, 0.9], [0.8, 0.6, 0.3]])
    for x in [shown, *fresh, fresh[0].astype(np.float32)]:
        want = basic.cross_entropy_floor(x)
        call(cross_entropy_floor, x=x).close(
            want,
            mistakes={
                "0 is the floor for pixels that are all black or white. A grey pixel "
                "keeps its entropy, even when rebuilt exactly.": 0.0,
                "The sign is turned: an entropy is never negative.": -want,
                "This is in bits: use the natural logarithm, np.log.": want / np.log(2),
                "This is the sum; the task asks for the mean over pixels and images.": (
                    want * x.size
                ),
                "This is summed over pixels; the task asks for nats a pixel.": (
                    want * x.shape[1]
                ),
                "This is summed over images; take the mean over images too.": (
                    want * len(x)
                ),
                "The part (1 - x) log(1 - x) is missing.": -(x * np.log(x)).mean(),
                "This is the entropy of the mean image. Take the entropy of each pixel "
                "first, then the mean.": basic.cross_entropy_floor(
                    x.mean(axis=0, keepdims=True)
                ),
                "This is the entropy of the mean of all pixels. Take the entropy of "
                "each pixel first, then the mean.": basic.cross_entropy_floor(
                    x.mean(keepdims=True)
                ),
                "This is the cross-entropy of a grey image, log 2. The best "
                "reconstruction is x itself.": np.log(2),
            },
            hint="The best reconstruction of x is x: put it into task 3's formula.",
            shapes=_unfinished(x),
            shown=x is shown,
            rtol=1e-4,
        )
    return "the floor is the mean entropy of the pixels"


@check(task="4")
def check_cross_entropy_floor_edges(
    cross_entropy_floor: Function, *, rng: np.random.Generator
) -> str:
    """Let black and white pixels add nothing, and no NaN."""
    sure = (rng.random((5, 6)) < 0.5).astype(np.float64)
    mixed = np.where(rng.random((6, 9)) < 0.6, 0.0, rng.uniform(0.1, 0.9, (6, 9)))
    mixed[:, 0] = 1.0
    for x, hint in [
        (sure, "Here all pixels are black or white, so the floor is 0: 0 log 0 = 0."),
        (np.zeros((2, 3)), "Here all pixels are black, so the floor is 0."),
        (mixed, "Here many pixels are exactly 0 or 1: they add nothing, but count."),
        (mixed.astype(np.float32), "Here x is float32, many pixels exactly 0 or 1."),
    ]:
        grey = x[(x > 0) & (x < 1)]
        everywhere = "The mean runs over all pixels, black and white ones too."
        call(cross_entropy_floor, x=x).close(
            basic.cross_entropy_floor(x),
            mistakes={everywhere: basic.cross_entropy_floor(grey)} if grey.size else {},
            hint=hint,
            rtol=1e-4,
            atol=5e-6,
        )
    return "black and white pixels add nothing to the floor"


def _unfinished(x: np.ndarray) -> dict[tuple[int, ...], str]:
    """Name what is left to do where one number is due."""
    return {
        x.shape: "Take the mean over all pixels and images.",
        x.shape[:1]: "Take the mean over the images too.",
        x.shape[1:]: "Take the mean over the pixels too.",
    }
