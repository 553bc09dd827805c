"""The checks of exercise 04_denoising on formulas: tasks 5 and 6."""

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.denoising_noise import Function
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import denoising

__all__ = [
    "check_linear_denoiser",
    "check_linear_denoiser_edges",
    "check_psnr",
    "check_psnr_edges",
]

SHOWN = np.array([[0.0, 1.0, 0.5, 0.5], [0.2, 0.2, 0.2, 0.2]])
SHOWN_HAT = np.array([[0.1, 0.9, 0.4, 0.6], [0.2, 0.2, 0.2, 0.7]])


@check(task="5")
def check_psnr(psnr: Function, *, rng: np.random.Generator) -> str:
    """Decibels of each image, from the mean squared error over its pixels."""
    cases = [(SHOWN, SHOWN_HAT)]
    for n, d in [(5, 7), (1, 9), (3, 784)]:
        x = rng.uniform(0, 0.8, size=(n, d))
        x[:, ::3] = 0.0  # black pixels count as well
        cases.append((x, x + rng.uniform(-0.4, 0.5, size=(n, d))))
    x = rng.uniform(size=(4, 30)).astype(np.float32)
    cases.append((x, x.clip(0.1, 0.6)))
    for x, x_hat in cases:
        _decibels(psnr, x, x_hat, shown=x is SHOWN)
    return "every image has its own decibels, for a peak of 1"


def _decibels(psnr: Function, x: np.ndarray, x_hat: np.ndarray, shown: bool) -> None:
    n, d = x.shape
    want = denoising.psnr(x, x_hat)
    square = (x.astype(np.float64) - x_hat) ** 2
    mse = square.mean(axis=1)
    one = np.full(n, -10 * np.log10(square.mean()))
    peak = x.astype(np.float64).max(axis=1)
    each = "One number for each image is due: take the mean over axis 1 only."
    call(psnr, x=x, x_hat=x_hat).close(
        want,
        mistakes={
            "The sign is turned: a small error means many decibels.": -want,
            each: one,
            each + " (Here they are averaged.)": np.full(n, want.mean()),
            "Take the mean of the squared errors, not their sum.": -10
            * np.log10(square.sum(axis=1)),
            "This has a natural logarithm; decibels have the logarithm to base 10.": -10
            * np.log(mse),
            "Ten times the logarithm of 1 / mse: the 20 belongs to its root.": 2 * want,
            "The factor 10 is missing.": want / 10,
            "Square the differences: this has a root too many.": want / 2,
            "Square the differences; absolute values are not due.": -10
            * np.log10(np.abs(x.astype(np.float64) - x_hat).mean(axis=1)),
            "The peak is 1 here; 255 belongs to images of whole numbers.": want
            + 20 * np.log10(255),
            "The peak is what a white pixel has, 1, not the largest pixel of x.": want
            + 20 * np.log10(peak),
            "The peak is 1, not the largest pixel of x.": want
            + 20 * np.log10(float(peak.max())),
            "Take x_hat as it is, without clipping.": denoising.psnr(
                x, np.clip(x_hat, 0, 1)
            ),
        },
        hint="10 log10(1 / mse), with the mean squared error over an image's pixels.",
        shown=shown,
        shapes={
            (): each,
            (d,): "These are the pixels' means over the images: the axis is 1.",
            (n, d): "Take the mean over the pixels first.",
            (n, 1): "One axis is due: leave `keepdims` out.",
        },
        rtol=1e-4,
    )


@check(task="5")
def check_psnr_edges(psnr: Function, *, rng: np.random.Generator) -> str:
    """Equal images, images that differ by very little, and very bad ones."""
    x = rng.uniform(0.1, 0.9, size=(5, 12))
    x_hat = x + rng.uniform(-0.3, 0.3, size=x.shape)
    x_hat[[1, 4]] = x[[1, 4]]
    answer = call(psnr, x=x, x_hat=x_hat)
    found = answer.numbers().astype(np.float64)
    if found.shape != (5,):
        answer.array((5,))
    for row in (1, 4):
        if found[row] != np.inf:
            raise CheckFailed(
                f"{answer.subject} {found[row]:.4g} for an image that equals its "
                "original.",
                "With no error at all the ratio is infinite: `np.inf`, not a number "
                "chosen by you. A small number added to the error would hide it.",
            )
    rest = Answer(found[[0, 2, 3]], f"{answer.subject}, for images that differ,", "")
    _finite(rest)
    rest.close(
        denoising.psnr(x, x_hat)[[0, 2, 3]],
        hint="One equal image must not change the decibels of the others.",
        rtol=1e-4,
    )
    _infinite(call(psnr, x=x[:1], x_hat=x[:1]))
    for gap in (1e-5, 1e-8, 1e-12, 3.0):
        signs = rng.choice([-1.0, 1.0], size=(2, 12))
        zeros = np.zeros((2, 12))
        answer = call(psnr, x=zeros, x_hat=gap * signs)
        _finite(answer)
        answer.close(
            np.full(2, -20 * np.log10(gap)),
            hint="Do not bound the result, and add nothing to the error: 10 log10 of "
            "1 / mse holds for any error, also one that makes it negative.",
            rtol=1e-4,
        )
    return "equal images have infinitely many decibels, and no other has a bound"


def _finite(answer: Answer) -> None:
    """Complain of an infinity for images that are not equal."""
    if np.isposinf(answer.numbers().astype(np.float64)).any():
        raise CheckFailed(
            f"{answer.subject} infinity for an image that differs from its original.",
            "Only an error of exactly 0 has infinitely many decibels, each image for "
            "itself; a very small one has a number.",
        )


def _infinite(answer: Answer) -> None:
    value = answer.numbers().astype(np.float64)
    if value.shape != (1,) or value[0] != np.inf:
        raise CheckFailed(
            f"{answer.subject} {value}, where an infinity in an array of shape (1,) is "
            "due.",
            "One image that equals its original.",
        )


@check(task="6")
def check_linear_denoiser(
    linear_denoiser: Function, *, rng: np.random.Generator
) -> str:
    """Weights and bias of the ridge regression from noisy to clean."""
    for n, d, strength in [(40, 5, 5.0), (60, 9, 3.0), (25, 4, 10.0)]:
        x_noisy, x = _pairs(rng, n, d)
        _ridge(linear_denoiser, x_noisy, x, strength)
    return "no other weights and bias have a smaller penalised error"


@check(task="6")
def check_linear_denoiser_edges(
    linear_denoiser: Function, *, rng: np.random.Generator
) -> str:
    """Few pairs, a pixel that never changes, strengths small and large, float32."""
    for n, d, strength in [(6, 11, 0.2), (1, 4, 1.0), (30, 3, 1e6), (50, 3, 1e-6)]:
        x_noisy, x = _pairs(rng, n, d)
        _ridge(linear_denoiser, x_noisy, x, strength)
    x_noisy, x = _pairs(rng, 30, 6)
    x_noisy[:, 2], x[:, 4] = 0.0, 0.7
    _ridge(linear_denoiser, x_noisy, x, 0.3)
    x_noisy, x = (a.astype(np.float32) for a in _pairs(rng, 30, 6))
    _ridge(linear_denoiser, x_noisy, x, 2.0)
    return "it also holds for few pairs, constant pixels and any strength"


def _pairs(rng: np.random.Generator, n: int, d: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw clean rows with a mean of their own, and noisy ones that are darker."""
    mixing = rng.normal(size=(d, d))
    x = 0.5 * rng.normal(size=(n, d)) @ mixing + rng.uniform(1, 2, size=d)
    return 0.7 * x + 0.6 * rng.normal(size=(n, d)) + rng.uniform(-1, 0, size=d), x


def _ridge(
    function: Function, x_noisy: np.ndarray, x: np.ndarray, strength: float
) -> None:
    n, d = x.shape
    answer = call(function, x_noisy=x_noisy, x=x, strength=strength)
    weights, bias = answer.parts("weights", "bias")
    want, want_bias = denoising.linear_denoiser(x_noisy, x, strength)
    order = "The order is weights, bias."
    weights.array((d, d), shapes={(d,): order, (d + 1, d): "The bias comes apart."})
    others: dict[tuple[int, ...], str] = {
        (): "One number for each pixel is due.",
        (1, d): "Without a second axis: (d,).",
    }
    bias.array((d,), shapes=others)
    rtol = 2e-4 if x.dtype == np.float64 else 2e-3
    inputs, outputs = x_noisy.astype(np.float64), x.astype(np.float64)

    def plain(a: np.ndarray, b: np.ndarray, cost: float) -> np.ndarray:
        return np.linalg.lstsq(
            np.vstack([a, cost**0.5 * np.eye(a.shape[1])]),
            np.vstack([b, np.zeros((a.shape[1], b.shape[1]))]),
            rcond=None,
        )[0]

    def moved(a: np.ndarray, b: np.ndarray, cost: float) -> np.ndarray:
        return plain(a - a.mean(axis=0), b - b.mean(axis=0), cost)

    augmented = plain(np.hstack([inputs, np.ones((n, 1))]), outputs, strength)
    weights.close(
        want,
        mistakes={
            "The weights are transposed: x_hat is x_noisy @ weights + bias.": want.T,
            "The bias is not punished: give the column of ones no strength, or "
            "centre both sides first.": augmented[:-1],
            "Centre both sides first, by their own means: otherwise the weights have "
            "to do the work of the bias.": plain(inputs, outputs, strength),
            "strength stands beside the sum over all images, not beside their mean.": (
                moved(inputs, outputs, strength * n)
            ),
            "strength stands beside the sum of squares, so add strength itself to the "
            "diagonal.": moved(inputs, outputs, strength / 2),
            "Add strength itself to the diagonal, not its square.": moved(
                inputs, outputs, strength**2
            ),
            "The strength is missing.": moved(inputs, outputs, 1e-12),
            "This maps clean images to noisy ones; turn the pair round.": moved(
                outputs, inputs, strength
            ),
            "The target is the CLEAN image.": moved(inputs, inputs, strength),
            "The sign is turned.": -want,
        },
        hint="(A'A + strength I) weights = A'B, with A the centred noisy images and B "
        "the centred clean ones.",
        rtol=rtol,
        atol=rtol / 10,
    )
    mean_in, mean_out = inputs.mean(axis=0), outputs.mean(axis=0)
    bias.close(
        want_bias,
        mistakes={
            "The bias is what the mean of the clean images lacks after the weights did "
            "their work on the mean of the noisy ones.": mean_out,
            "There is a bias: centring took it away, put it back.": np.zeros(d),
            "The means are exchanged.": mean_in - mean_out @ want,
            "Multiply by the weights, not by their transpose.": mean_out
            - want @ mean_in,
            "This has a plus: subtract what the weights make of the mean.": mean_out
            + mean_in @ want,
        },
        hint="bias = mean of x - (mean of x_noisy) @ weights.",
        rtol=rtol,
        atol=rtol / 10,
    )
