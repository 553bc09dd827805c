"""The checks of exercise 05_contractive on one sigmoid layer: tasks 1 and 2."""

from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import contractive

__all__ = [
    "EACH",
    "NO_SQUEEZE",
    "ROWS",
    "Function",
    "check_contractive_penalty",
    "check_contractive_penalty_edges",
    "check_sigmoid_jacobian",
    "check_sigmoid_jacobian_edges",
    "draw_layer",
]

Function = Callable[..., Any]
Arrays = tuple[np.ndarray, np.ndarray, np.ndarray]

SHOWN = (np.array([[2.0, -1.0]]), np.array([[4.0], [8.0]]), np.zeros(1))
"""The case of task 1's statement."""
FIXTURE = (
    np.array([[0.2, 0.4, 0.6], [1.0, 0.0, 0.5]]),
    np.array([[1.0, -2.0], [0.5, 1.0], [0.0, 3.0]]),
    np.array([0.1, -0.2]),
)
"""The case of task 2's statement: weights of both signs, units of opposite slope."""

EACH = "Each image has a penalty of its own: do not add or average over the images."
ROWS = "Axis 0 are the images: add over units and pixels alone."
NO_SQUEEZE = "For a single image that is an array (1,), so leave `squeeze` out."


def draw_layer(
    rng: np.random.Generator, n: int, d: int, k: int, scale: float = 2.0
) -> Arrays:
    """Draw images `(n, d)`, and a kernel and a bias of mixed signs."""
    kernel = rng.normal(0, scale / d**0.5, size=(d, k))
    return rng.random((n, d)), kernel, rng.normal(size=k)


@check(task="1")
def check_sigmoid_jacobian(
    sigmoid_jacobian: Function, *, rng: np.random.Generator
) -> str:
    """Look for a row for each unit and a column for each pixel, at every image."""
    _jacobian(sigmoid_jacobian, *SHOWN, shown=True)
    for n, d, k in [(4, 5, 3), (3, 2, 6)]:
        _jacobian(sigmoid_jacobian, *draw_layer(rng, n, d, k))
    return "the Jacobian has a row for each unit and a column for each pixel"


@check(task="1")
def check_sigmoid_jacobian_edges(
    sigmoid_jacobian: Function, *, rng: np.random.Generator
) -> str:
    """As many units as pixels, one image, saturated units, float32."""
    _jacobian(sigmoid_jacobian, *draw_layer(rng, 3, 4, 4))
    # Other arrays of the same shapes: nothing may be kept from the call before.
    for n in (4, 4):
        _jacobian(sigmoid_jacobian, *draw_layer(rng, n, 4, 4))
    _jacobian(sigmoid_jacobian, *draw_layer(rng, 1, 6, 2))
    _jacobian(sigmoid_jacobian, *draw_layer(rng, 4, 7, 3, scale=40.0))
    x, kernel, bias = (part.astype(np.float32) for part in draw_layer(rng, 3, 5, 2))
    _jacobian(sigmoid_jacobian, x, kernel, bias)
    return "it also holds for k = d, one image, saturated units and float32"


def _jacobian(
    function: Function,
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    shown: bool = False,
) -> None:
    (n, d), k = x.shape, len(bias)
    want = contractive.sigmoid_jacobian(x, kernel, bias)
    a = x @ kernel + bias
    h = expit(a)
    unbiased = expit(x @ kernel)
    rows = kernel.T[None]
    mistakes: dict[str, np.ndarray] = {
        "The slope of the sigmoid is missing: row j is h_j (1 - h_j) times the weights "
        "of unit j.": np.broadcast_to(rows, want.shape),
        "The slope of the sigmoid is h (1 - h); this has h alone.": h[:, :, None]
        * rows,
        "The slope is not squared here: each derivative has h (1 - h) once.": (
            (h * (1 - h)) ** 2
        )[:, :, None]
        * rows,
        "The sign is turned: the sigmoid rises, and its slope is h (1 - h).": -want,
        "Each image has a slope of its own: do not average over the images.": (
            np.tile(want.mean(axis=0), (n, 1, 1))
        ),
        "h (1 - h) is taken of h = sigmoid(x @ kernel + bias), not of the sum before "
        "the sigmoid.": (a * (1 - a))[:, :, None] * rows,
        "1 - h^2 is the slope of tanh; that of the sigmoid is h (1 - h).": (1 - h**2)[
            :, :, None
        ]
        * rows,
        "The bias is missing in h.": (unbiased * (1 - unbiased))[:, :, None] * rows,
        "This is the derivative for the weights, h (1 - h) x; due is that for the "
        "pixels, h (1 - h) times the weights.": (h * (1 - h))[:, :, None]
        * x[:, None, :],
    }
    if k == d:
        mistakes |= {
            "The axes are image, unit, pixel: J[i, j, m] is made of kernel[m, j], so "
            "the kernel is transposed.": np.swapaxes(want, 1, 2),
            "Row j belongs to unit j: its slope stands before the whole row, "
            "`slope[:, :, None]`, and the kernel is transposed.": (h * (1 - h))[
                :, None, :
            ]
            * rows,
            "The kernel is (d, k), a row of J is (d,): transpose the kernel.": (
                (h * (1 - h))[:, :, None] * kernel[None]
            ),
        }
    call(function, x=x, kernel=kernel, bias=bias).close(
        want,
        mistakes=mistakes,
        hint="J[i, j, m] = h_j (1 - h_j) kernel[m, j], with h of image i.",
        shown=shown,
        shapes={
            (n, d, k): "The axes are image, unit, pixel: (n, k, d).",
            (n, k): "These are slopes alone; each is to be multiplied by the unit's d "
            "weights.",
            (k, d): "Each image has a Jacobian of its own: (n, k, d).",
            (1, k, d): "Each image has a Jacobian of its own: (n, k, d).",
            (k, n, d): "The axes are image, unit, pixel: (n, k, d).",
            (n, k, n, d): "An image's code does not depend on the other images: "
            "`tape.batch_jacobian` leaves those zeros out, `tape.jacobian` does not.",
            # Last, since it is the likeliest where two of these shapes are the same.
            (n, d): "Do not add the units up: each unit keeps a row of its own.",
        },
    )


@check(task="2")
def check_contractive_penalty(
    contractive_penalty: Function, *, rng: np.random.Generator
) -> str:
    """Add the squared entries of each image's Jacobian."""
    _penalty(contractive_penalty, *FIXTURE, shown=True)
    for n, d, k in [(5, 4, 3), (4, 3, 7)]:
        _penalty(contractive_penalty, *draw_layer(rng, n, d, k))
    return "each image has the sum of the squared entries of its own Jacobian"


@check(task="2")
def check_contractive_penalty_edges(
    contractive_penalty: Function, *, rng: np.random.Generator
) -> str:
    """As many units as pixels or images, one image, saturated units, many images."""
    _penalty(contractive_penalty, *draw_layer(rng, 6, 4, 4))
    _penalty(contractive_penalty, *draw_layer(rng, 5, 3, 5))
    # Another kernel of the same shape: nothing may be kept from the call before.
    _penalty(contractive_penalty, *draw_layer(rng, 4, 4, 4))
    _penalty(contractive_penalty, *draw_layer(rng, 1, 6, 2))
    _penalty(contractive_penalty, *draw_layer(rng, 4, 7, 3, scale=40.0))
    _penalty(contractive_penalty, *draw_layer(rng, 400, 100, 20))
    x, kernel, bias = (part.astype(np.float32) for part in draw_layer(rng, 3, 5, 2))
    _penalty(contractive_penalty, x, kernel, bias)
    return "it also holds for n = k = d, one image, saturated units and many images"


def _penalty(
    function: Function,
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    shown: bool = False,
) -> None:
    n, (d, k) = len(x), kernel.shape
    want = contractive.contractive_penalty(x, kernel, bias)
    h = expit(x @ kernel + bias)
    slope = h * (1 - h)
    jacobian = contractive.sigmoid_jacobian(x, kernel, bias)
    squares = (kernel**2).sum(axis=0)
    unbiased = expit(x @ kernel)
    mistakes: dict[str, np.ndarray] = {
        "Square each weight first, then add over the pixels: the square of a sum is "
        "something else.": slope**2 @ kernel.sum(axis=0) ** 2,
        "Add the SQUARES of all entries of the Jacobian: a mean of the entries lets "
        "signs cancel.": jacobian.mean(axis=(1, 2)),
        "Add the SQUARES of all entries: these are the entries themselves, and their "
        "signs cancel.": jacobian.sum(axis=(1, 2)),
        "Add all squared entries of the Jacobian; this is their mean.": want / (k * d),
        "Add over the units; this is their mean."
        + (" (Or is it a factor 1/2? None is due.)" if k == 2 else ""): want / k,
        "There is no factor 1/2 here.": want / 2,
        "Add over the pixels; this is their mean.": want / d,
        "The units were added up before squaring. Each unit keeps a row of its own, "
        "and its squares are added.": (jacobian.sum(axis=1) ** 2).sum(axis=1),
        "Your penalty does not depend on the image: that is weight decay. The slope of "
        "the sigmoid, h (1 - h), is missing.": np.full(n, squares.sum()),
        "The slope is squared too: (h (1 - h))^2.": slope @ squares,
        "The slope of the sigmoid is h (1 - h); this has h alone.": h**2 @ squares,
        "1 - h^2 is the slope of tanh; that of the sigmoid is h (1 - h).": (
            (1 - h**2) ** 2 @ squares
        ),
        "This is the norm; due is its square.": np.sqrt(want),
        "The bias is missing in h.": (unbiased * (1 - unbiased)) ** 2 @ squares,
        "Each image has a penalty of its own: do not average over them.": np.full(
            n, want.mean()
        ),
        "Each unit's squared slope weighs its OWN squared weights: multiply first, "
        "then add over the units.": (slope**2).sum(axis=1) * squares.sum(),
        "Add the weights' squares; this has the root of their sum.": slope**2
        @ np.sqrt(squares),
        "Add the SQUARES of all entries; these are their absolute values.": np.abs(
            jacobian
        ).sum(axis=(1, 2)),
        "These are the squared slopes; each is to be multiplied by the sum of the "
        "unit's squared weights.": (slope**2).sum(axis=1),
    }
    if k == d:
        mistakes["Add the squared weights of each UNIT: over axis 0 of the kernel."] = (
            slope** 2 @ (kernel**2).sum(axis=1)
        )
    if n == k:
        mistakes[
            "Add over the units, which are axis 1; each image keeps its place."
        ] = (slope**2 * squares).sum(axis=0)
    call(function, x=x, kernel=kernel, bias=bias).close(
        want,
        mistakes=mistakes,
        hint="sum over j of (h_j (1 - h_j))^2 times the sum over m of kernel[m, j]^2.",
        shown=shown,
        shapes={
            (n, k, d): "This is the Jacobian: add its squared entries for each image.",
            (n, k): "These are the parts of single units: add them up for each image.",
            (k,): ROWS,
            (d,): ROWS,
            (k, d): ROWS,
            (n, d): "These are the parts of single pixels: add them up for each image.",
            (): EACH if n > 1 else f"{EACH} {NO_SQUEEZE}",
            (n, 1): "One axis is due: (n,), not (n, 1).",
        },
    )
