"""The checks of exercise 02_basic on functions of numbers: tasks 1, 3, 4 and 6."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import basic

__all__ = [
    "check_binary_crossentropy",
    "check_binary_crossentropy_edges",
    "check_count_parameters",
    "check_cross_entropy_floor",
    "check_cross_entropy_floor_edges",
    "check_dequantize",
    "check_quantize",
    "check_quantize_edges",
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
            },
            hint="Between neighbouring layers of a and b nodes lie a * b weights, and "
            "b biases. Add this up over all neighbours.",
            shown=sizes in shown,
            whole=True,
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
                "The part of the dark pixels, (1 - x) log(1 - x_hat), is missing.": (
                    on.mean()
                ),
                "This is the cross-entropy of classes, one choice a row. Pixels are no "
                "classes: each has a part of its own.": (on.sum(axis=1).mean()),
                "The two are exchanged: the logarithm is taken of the "
                "reconstruction.": basic.binary_crossentropy(x_hat, x),
                "This is the mean squared error.": ((x - x_hat) ** 2).mean(),
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
    for x, hint in [
        (sure, "Here all pixels are black or white, so the floor is 0: 0 log 0 = 0."),
        (np.zeros((2, 3)), "Here all pixels are black, so the floor is 0."),
        (mixed, "Here many pixels are exactly 0: they add nothing, but they count."),
        (mixed.astype(np.float32), "Here x is float32, and many pixels are exactly 0."),
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


@check(task="6")
def check_quantize(quantize: Function, *, rng: np.random.Generator) -> str:
    """Look for the nearest of 256 levels, as uint8."""
    shown = np.array([[-1.0, 0.02], [0.98, 1.55]])
    for z in [shown, rng.normal(3, 2, size=(9, 4)), rng.exponential(size=(3, 7))]:
        _quantized(quantize, z, "Round to the nearest level.", shown=z is shown)
    return "each number is stored as the nearest of 256 levels, in one byte"


@check(task="6")
def check_quantize_edges(quantize: Function, *, rng: np.random.Generator) -> str:
    """Take constant codes, one code, float32, numbers far from 0."""
    for z, hint in [
        (np.full((3, 4), 2.5), "Here all numbers are equal: step = 0 and codes = 0."),
        (rng.normal(size=(1, 5)), "Here is one code only."),
        (rng.normal(size=(6, 3)).astype(np.float32), "Here z is float32."),
        (rng.normal(-5000, 30, size=(5, 4)), "Here all numbers are far below 0."),
    ]:
        _quantized(quantize, z, hint)
    return "constant codes, a single code, float32 and large numbers are right too"


@check(task="6")
def check_dequantize(dequantize: Function, *, rng: np.random.Generator) -> str:
    """Look at the numbers that the levels stand for."""
    shown = np.array([[0, 102], [198, 255]], dtype=np.uint8)
    fresh = rng.integers(0, 256, size=(6, 5)).astype(np.uint8)
    for codes, low, step in [
        (shown, -1.0, 0.01),
        (fresh, -3.75, 0.037),
        (fresh[:1], 2.5, 1.5),
        (np.zeros_like(fresh), 2.5, 0.0),
    ]:
        levels = codes.astype(float)
        call(dequantize, codes=codes, low=low, step=step).close(
            basic.dequantize(codes, low, step),
            mistakes={
                "`low` is missing: level 0 stands for low.": levels * step,
                "Add `low`, do not subtract it.": levels * step - low,
                "`low` is added to the level here. Multiply by step first.": (
                    (levels + low) * step
                ),
                "Multiply by `step`, do not divide by it.": low
                + levels / (step or 1.0),
                "A level is one step, not 1/255 of one.": low + levels / 255 * step,
                "These are whole numbers: keep floats.": np.trunc(low + levels * step),
            },
            hint="low + codes * step.",
            shown=codes is shown,
        )
    return "codes come back as the numbers of their levels"


def _quantized(
    quantize: Function, z: np.ndarray, hint: str, shown: bool = False
) -> None:
    _, want_low, want_step = basic.quantize(z)
    codes, low, step = call(quantize, z=z).parts("codes", "low", "step")
    codes.array(z.shape)
    kind = np.asarray(codes.value).dtype
    if kind != np.uint8:
        raise CheckFailed(
            f"{codes.subject} an array of {kind}, not of uint8.",
            "End with `.astype(np.uint8)`: numbers from 0 to 255, one byte each.",
        )
    levels = codes.array().astype(float)
    low.close(
        want_low,
        mistakes={"`low` is the smallest number in z, not 0.": 0.0},
        hint="`low` is the smallest number in z, one number for all codes.",
        shown=shown,
    )
    spread = float(z.max()) - float(z.min())
    step.close(
        want_step,
        mistakes={
            "256 levels have 255 steps between them.": spread / 256,
            "This is the whole range; divide it by 255.": spread,
            "`low` is to be subtracted from the largest number.": z.max() / 255,
            "The range is largest minus smallest.": np.abs(z).max() / 255,
        },
        hint=hint,
        shown=shown,
    )
    exact = (z.astype(float) - want_low) / want_step if want_step else 0 * levels
    # A number half-way between two levels may go to either.
    away = np.abs(levels - exact)
    if (away > 0.5 + 1e-2).any():
        if np.array_equal(levels, np.floor(exact)):
            hint = "`astype` cuts off; round to the nearest level first."
        elif (away > 200).any():
            hint = "Numbers have run over in uint8: the largest level is 255, not 256."
        raise CheckFailed(
            f"{codes.subject} levels of which one is {away.max():.3g} steps away from "
            "its number.",
            hint,
        )


def _unfinished(x: np.ndarray) -> dict[tuple[int, ...], str]:
    """Name what is left to do where one number is due."""
    return {
        x.shape: "Take the mean over all pixels and images.",
        x.shape[:1]: "Take the mean over the images too.",
        x.shape[1:]: "Take the mean over the pixels too.",
    }
