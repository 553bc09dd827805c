"""The checks of exercise 03_deep on tied weights: tasks 4 and 5."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import deep

__all__ = [
    "check_tied_forward",
    "check_tied_forward_deep",
    "check_tied_gradient",
    "check_tied_gradient_edges",
]

Function = Callable[..., Any]
Arrays = list[np.ndarray]


@check(task="4")
def check_tied_forward(tied_forward: Function, *, rng: np.random.Generator) -> str:
    """Code and reconstruction of one tied layer, and of a batch of one."""
    for n, sizes in [(5, [7, 3]), (1, [4, 6]), (3, [9, 2])]:
        _forward(tied_forward, rng, n, sizes)
    return "one kernel serves twice: as it is, then transposed"


@check(task="4")
def check_tied_forward_deep(tied_forward: Function, *, rng: np.random.Generator) -> str:
    """Run through several kernels, and back through them in mirrored order."""
    for n, sizes in [(5, [8, 6, 3]), (4, [9, 7, 5, 2]), (3, [5, 5, 5])]:
        _forward(tied_forward, rng, n, sizes)
    return "the decoder goes through the kernels backwards, with biases of its own"


def _forward(
    function: Function, rng: np.random.Generator, n: int, sizes: Sequence[int]
) -> None:
    x = rng.random((n, sizes[0]))
    kernels = [rng.normal(0, 2 / a**0.5, size=(a, b)) for a, b in pairwise(sizes)]
    down = [rng.normal(size=b) for b in sizes[1:]]
    up = [rng.normal(size=a) for a in sizes[-2::-1]]
    answer = call(
        function, x=x, kernels=kernels, encoder_biases=down, decoder_biases=up
    )
    z, x_hat = answer.parts("z", "x_hat")
    want_z, want = deep.tied_forward(x, kernels, down, up)
    square = len(set(sizes)) == 1
    z.close(
        want_z,
        mistakes={
            "Each layer has a sigmoid, the code too.": _without_last(x, kernels, down),
            "The encoder's biases are missing.": _encode(
                x, kernels, [0 * b for b in down]
            ),
            "Each layer has a sigmoid, not only the code.": _linear_inside(
                x, kernels, down
            ),
        },
        hint="z = sigmoid(h @ kernel + bias), layer after layer, from x on.",
        shapes={(n, sizes[0]): "The order is z, x_hat."},
    )
    back = list(reversed(kernels))
    others: dict[str, np.ndarray] = {
        "Each layer has a sigmoid, the last one too.": _without_last(
            want_z, [k.T for k in back], up
        ),
        "The decoder's biases are missing.": _encode(
            want_z, [k.T for k in back], [0 * b for b in up]
        ),
    }
    if square:
        others |= {
            "The decoder runs through the kernels backwards: the last one first.": (
                _encode(want_z, [k.T for k in kernels], up)
            ),
            "The decoder's kernels are the encoder's, transposed.": _encode(
                want_z, back, up
            ),
            "decoder_biases stand in the order in which they are used: do not reverse "
            "them.": _encode(want_z, [k.T for k in back], list(reversed(up))),
        }
    x_hat.close(
        want,
        mistakes=others,
        hint="Go through reversed(kernels), transposed, with decoder_biases in the "
        "order given, and a sigmoid after each layer.",
    )


def _encode(x: np.ndarray, kernels: Arrays, biases: Arrays) -> np.ndarray:
    for kernel, bias in zip(kernels, biases, strict=True):
        x = expit(x @ kernel + bias)
    return x


def _without_last(x: np.ndarray, kernels: Arrays, biases: Arrays) -> np.ndarray:
    return _encode(x, kernels[:-1], biases[:-1]) @ kernels[-1] + biases[-1]


def _linear_inside(x: np.ndarray, kernels: Arrays, biases: Arrays) -> np.ndarray:
    for kernel, bias in zip(kernels, biases, strict=True):
        x = x @ kernel + bias
    return expit(x)


@check(task="5")
def check_tied_gradient(tied_gradient: Function, *, rng: np.random.Generator) -> str:
    """Both summands of the slope, averaged over the images."""
    for n, d, k in [(5, 7, 3), (8, 4, 6)]:
        _gradient(tied_gradient, rng, n, d, k)
    return "the kernel's slope has both summands, of the encoder and of the decoder"


@check(task="5")
def check_tied_gradient_edges(
    tied_gradient: Function, *, rng: np.random.Generator
) -> str:
    """One image, a square kernel, and weights so large that sigmoids saturate."""
    _gradient(tied_gradient, rng, 1, 6, 2)
    _gradient(tied_gradient, rng, 7, 5, 5)
    _gradient(tied_gradient, rng, 4, 6, 1)
    _gradient(tied_gradient, rng, 6, 8, 3, scale=40.0)
    return "it also holds for one image, square kernels and saturated units"


def _gradient(
    function: Function,
    rng: np.random.Generator,
    n: int,
    d: int,
    k: int,
    scale: float = 1.5,
) -> None:
    x = rng.random((n, d))
    kernel = rng.normal(0, scale / d**0.5, size=(d, k))
    down, up = rng.normal(size=k), rng.normal(size=d)
    answer = call(function, x=x, kernel=kernel, encoder_bias=down, decoder_bias=up)
    want = deep.tied_gradient(x, kernel, down, up)
    z, x_hat = deep.tied_forward(x, [kernel], [down], [up])
    out = (x_hat - x) / n
    back = out @ kernel
    of_encoder, of_decoder = x.T @ (back * z * (1 - z)), out.T @ z
    slope = x_hat * (1 - x_hat)
    squares = out * slope
    answer.close(
        want,
        mistakes={
            "This is the encoder's part alone. The kernel is used a second time, by "
            "the decoder: add its part.": of_encoder,
            "This is the decoder's part alone. The kernel is used by the encoder too: "
            "add its part.": of_decoder,
            "Average over the images: this is n times too large.": n * want,
            "The loss is summed over the pixels: do not divide by their number.": want
            / d,
            "The sign is turned: the first slope is x_hat - x.": -want,
            "On the way back through the code, multiply by the slope of its sigmoid, "
            "z (1 - z).": x.T @ back + of_decoder,
            "Cross-entropy under a sigmoid leaves x_hat - x: the factor x_hat "
            "(1 - x_hat) cancels.": x.T @ ((squares @ kernel) * z * (1 - z))
            + squares.T @ z,
            "This is the slope of the squared error; the loss here is the "
            "cross-entropy.": 2
            * (x.T @ ((squares @ kernel) * z * (1 - z)) + squares.T @ z),
            "Add the two parts, do not average them.": want / 2,
            "The parts are summed, not subtracted.": of_encoder - of_decoder,
            "The slope of the code's sigmoid is z (1 - z); this has that of the "
            "output.": _wrong_slope(x, out, kernel, z, slope),
        },
        shapes={(k, d): "The kernel is (d, k), and so is its slope: transpose."}
        if k != d
        else {},
        hint="With a = (x_hat - x) / n: the decoder's part is a.T @ z, the encoder's "
        "x.T @ ((a @ kernel) * z * (1 - z)).",
    )


def _wrong_slope(
    x: np.ndarray, out: np.ndarray, kernel: np.ndarray, z: np.ndarray, slope: np.ndarray
) -> np.ndarray:
    return x.T @ ((out * slope) @ kernel) + out.T @ z
