"""The checks of exercise 05_contractive on a chain of sigmoid layers: task 3."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.contractive import EACH, NO_SQUEEZE, ROWS, Function
from cs5045ae.reference import contractive

__all__ = [
    "check_chain_penalty",
    "check_chain_penalty_edges",
    "draw_layers",
    "square",
]

Arrays = list[np.ndarray]
FIXTURE = (
    np.array([[0.2, 0.4]]),
    [np.array([[1.0, -2.0], [0.5, 1.0]]), np.array([[2.0, 0.0], [1.0, -1.0]])],
    [np.zeros(2), np.zeros(2)],
)
"""The case of task 3's statement."""


@check(task="3")
def check_chain_penalty(chain_penalty: Function, *, rng: np.random.Generator) -> str:
    """Two layers: the second one's Jacobian times the first one's."""
    _chain(chain_penalty, *FIXTURE, shown=True)
    for n, sizes in [(4, [5, 3, 2]), (3, [3, 6, 4])]:
        _chain(chain_penalty, *draw_layers(rng, n, sizes))
    return "the Jacobian of two layers is the product of theirs, each at its own input"


@check(task="3")
def check_chain_penalty_edges(
    chain_penalty: Function, *, rng: np.random.Generator
) -> str:
    """One layer, three and four layers, layers of equal size, one image."""
    for n, sizes in [
        (4, [5, 3]),
        (5, [6, 5, 4, 3]),
        (3, [4, 4, 4]),
        (4, [4, 4, 4, 4]),
        (1, [3, 7, 5, 6, 2]),
    ]:
        _chain(chain_penalty, *draw_layers(rng, n, sizes))
    return "it also holds for one layer, for more than two, and for equal sizes"


def draw_layers(
    rng: np.random.Generator, n: int, sizes: Sequence[int], scale: float = 4.0
) -> tuple[np.ndarray, Arrays, Arrays]:
    """Draw images, and kernels and biases of layers of these sizes."""
    kernels = [rng.normal(0, scale / a**0.5, size=(a, b)) for a, b in pairwise(sizes)]
    return rng.random((n, sizes[0])), kernels, [rng.normal(size=b) for b in sizes[1:]]


def _chain(
    function: Function,
    x: np.ndarray,
    kernels: Arrays,
    biases: Arrays,
    shown: bool = False,
) -> None:
    n, layers = len(x), len(kernels)
    want = contractive.chain_penalty(x, kernels, biases)
    inputs, raw = [x], [x]
    for kernel, bias in zip(kernels, biases, strict=True):
        inputs.append(expit(inputs[-1] @ kernel + bias))
        raw.append(raw[-1] @ kernel + bias)
    own = [
        contractive.sigmoid_jacobian(h, kernel, bias)
        for h, kernel, bias in zip(inputs[:-1], kernels, biases, strict=True)
    ]
    flat = [
        contractive.sigmoid_jacobian(h, kernel, bias)
        for h, kernel, bias in zip(raw[:-1], kernels, biases, strict=True)
    ]
    unbiased = [x]
    early = np.ones_like(x)
    for kernel, h in zip(kernels, inputs[1:], strict=True):
        unbiased.append(expit(unbiased[-1] @ kernel))
        early = (h * (1 - h)) ** 2 * (early @ kernel**2)
    without_bias = [
        contractive.sigmoid_jacobian(h, kernel, 0 * bias)
        for h, kernel, bias in zip(unbiased[:-1], kernels, biases, strict=True)
    ]
    parts = [square(part) for part in own]
    whole = _product(own)
    unsloped = [
        np.broadcast_to(kernel.T, j.shape)
        for kernel, j in zip(kernels, own, strict=True)
    ]
    mistakes: dict[str, np.ndarray] = {}
    if layers > 1:
        mistakes = {
            "The penalties of the layers are not added: the chain rule MULTIPLIES "
            "their Jacobians, and the squares come after.": np.sum(parts, axis=0),
            "The norm of a product is not the product of the norms: multiply the "
            "Jacobians as matrices, then square and add.": np.prod(parts, axis=0),
            "This is the last layer alone, for its own input. The pixels come before "
            "the first.": parts[-1],
            "This is the first layer alone.": parts[0],
            "The squares come last. An entry of the product is a sum, and the square "
            "of a sum is not the sum of the squares: multiply the Jacobians "
            "themselves.": early.sum(axis=1),
            "The second layer gets the first one's OUTPUT, after its sigmoid.": square(
                _product(flat)
            ),
            "Each layer has a slope of its own; only that of the last one is here.": (
                square(_product([*unsloped[:-1], own[-1]]))
            ),
            "Each layer has a slope of its own; only that of the first one is here.": (
                square(_product([own[0], *unsloped[1:]]))
            ),
        }
    mistakes |= {
        "The slopes of the sigmoids are missing.": square(_product(unsloped)),
        "The biases are missing: each layer has one.": square(_product(without_bias)),
        "Add the SQUARES of the entries.": whole.sum(axis=(1, 2)),
        "The units were added up before squaring.": (whole.sum(axis=1) ** 2).sum(
            axis=1
        ),
        "This is the norm; due is its square.": np.sqrt(want),
        "Add the squared entries; this is their mean.": (whole**2).mean(axis=(1, 2)),
    }
    if layers > 2:
        mistakes["Only the first two layers are used: go on to the last."] = square(
            _product(own[:2])
        )
    if len({len(bias) for bias in biases} | {x.shape[1]}) == 1:
        mistakes["The order is turned: the LAST layer's Jacobian stands leftmost."] = (
            square(_product(own[::-1]))
        )
    call(function, x=x, kernels=kernels, biases=biases).close(
        want,
        mistakes=mistakes,
        hint="J = J_2 @ J_1, each layer's Jacobian taken at the input of that layer; "
        "then the sum of the squares.",
        shown=shown,
        shapes={
            whole.shape: "This is the Jacobian: add its squared entries for each "
            "image.",
            (whole.shape[1],): ROWS,
            (whole.shape[2],): ROWS,
            whole.shape[1:]: ROWS,
            (n, whole.shape[1]): "Add over units AND pixels: one number for each "
            "image.",
            (n, whole.shape[2]): "Add over units AND pixels: one number for each "
            "image.",
            (): EACH if n > 1 else f"{EACH} {NO_SQUEEZE}",
            (n, 1): "One axis is due: (n,), not (n, 1).",
        },
    )


def square(jacobian: np.ndarray) -> np.ndarray:
    """Return the sum of the squared entries of each image's Jacobian."""
    return np.asarray((jacobian**2).sum(axis=(1, 2)))


def _product(parts: Sequence[np.ndarray]) -> np.ndarray:
    """Multiply Jacobians, the first layer's first."""
    whole = parts[0]
    for part in parts[1:]:
        whole = part @ whole
    return whole
