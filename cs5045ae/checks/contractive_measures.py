"""The checks of exercise 05_contractive on loss and contraction: tasks 5 and 6."""

from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import RTOL, call
from cs5045ae.checks.check import check
from cs5045ae.checks.contractive import Function, draw_layer
from cs5045ae.checks.contractive_losses import wrong_losses
from cs5045ae.reference import contractive

__all__ = [
    "check_cae_loss",
    "check_cae_loss_batch",
    "check_contraction_ratio",
    "check_contraction_ratio_edges",
]

SMALL, RTOL_OF_SMALL = 1e-3, 5e-3
"""A small step, and how exact the ratio is there: float32 will do."""

SHOWN: dict[str, Any] = {
    "x": np.array([[0.5, 0.5]]),
    "kernel": np.array([[4.0], [8.0]]),
    "encoder_bias": np.array([-6.0]),
    "decoder_bias": np.array([-2.0, -4.0]),
    "lam": 2.0,
}
"""The case of task 5's statement."""


@check(task="5")
def check_cae_loss(cae_loss: Function, *, rng: np.random.Generator) -> str:
    """Both terms, for single images, where no average comes in."""
    _loss(cae_loss, SHOWN, shown=True)
    for d, k, lam in [(5, 3, 0.3), (3, 6, 1.7), (4, 4, 0.02), (6, 2, 0.0)]:
        _loss(cae_loss, _network(rng, 1, d, k, lam))
    return "a single image costs its squared error plus lam times its penalty"


@check(task="5")
def check_cae_loss_batch(cae_loss: Function, *, rng: np.random.Generator) -> str:
    """Average both terms over the images."""
    for n, d, k, lam in [
        (7, 4, 3, 0.4),
        (5, 3, 8, 3.0),
        (4, 4, 4, 0.1),
        (6, 5, 2, 0.0),
    ]:
        _loss(cae_loss, _network(rng, n, d, k, lam))
    network = _network(rng, 3, 6, 4, 0.8)
    _loss(cae_loss, network | {"x": np.tile(network["x"], (4, 1))})
    return "the loss of a batch is the mean over its images, of error and penalty alike"


def _network(
    rng: np.random.Generator, n: int, d: int, k: int, lam: float
) -> dict[str, Any]:
    x, kernel, bias = draw_layer(rng, n, d, k)
    return {
        "x": x,
        "kernel": kernel,
        "encoder_bias": bias,
        "decoder_bias": rng.normal(size=d),
        "lam": lam,
    }


def _loss(function: Function, network: dict[str, Any], shown: bool = False) -> None:
    n, d = network["x"].shape
    call(function, **network).close(
        contractive.cae_loss(**network),
        mistakes=wrong_losses(network, shown),
        hint="For each image the squared error, summed over the pixels, plus lam times "
        "its penalty; then the mean over the images.",
        shown=shown,
        shapes={
            (n,): "These are the losses of single images; the loss of a batch is their "
            "mean.",
            (d,): "Add the squared errors over the pixels.",
            (2,): "Two numbers: add them up, the error and lam times the penalty.",
        },
    )


@check(task="6")
def check_contraction_ratio(
    contraction_ratio: Function, *, rng: np.random.Generator
) -> str:
    """Every image moved along every direction of length 1."""
    shown = (np.zeros((1, 1)), np.array([[100.0]]), np.zeros(1))
    _ratio(contraction_ratio, *shown, np.array([[3.0], [-1.0]]), 4.0, shown=True)
    for n, d, k, m, r in [(4, 5, 3, 6, 1.5), (5, 3, 6, 2, 0.5), (1, 4, 2, 1, 3.0)]:
        u = rng.normal(size=(m, d))
        u /= np.linalg.norm(u, axis=1, keepdims=True)
        _ratio(contraction_ratio, *draw_layer(rng, n, d, k, 4.0), u, r)
    return "every image is moved along every direction, and the mean is taken last"


@check(task="6")
def check_contraction_ratio_edges(
    contraction_ratio: Function, *, rng: np.random.Generator
) -> str:
    """Directions of any length, as many as images, very small and very large steps."""
    for n, d, k, m, r in [
        (4, 5, 3, 4, 0.7),
        (3, 3, 3, 3, 2.0),
        (5, 6, 4, 2, SMALL),
        (2, 4, 5, 7, 200.0),
    ]:
        u = rng.normal(size=(m, d)) * rng.uniform(0.2, 8, size=(m, 1))
        _ratio(contraction_ratio, *draw_layer(rng, n, d, k, 4.0), u, r)
    return "only the direction of u counts, and r may be small or large"


def _ratio(
    function: Function,
    x: np.ndarray,
    kernel: np.ndarray,
    bias: np.ndarray,
    directions: np.ndarray,
    r: float,
    shown: bool = False,
) -> None:
    want = contractive.contraction_ratio(x, kernel, bias, directions, r)
    units = directions / np.linalg.norm(directions, axis=1, keepdims=True)
    h = expit(x @ kernel + bias)

    def moves(u: np.ndarray, step: float) -> np.ndarray:
        """Return how each code moves, `(m, n, k)`."""
        return np.asarray(expit((x + step * u[:, None]) @ kernel + bias) - h)

    def length(a: np.ndarray) -> np.ndarray:
        return np.asarray(np.linalg.norm(a, axis=-1))

    made, step = moves(units, r), r * units[:, None]
    clipped, straight = expit((x + step).clip(0, 1) @ kernel + bias) - h, step @ kernel
    mistakes: dict[str, Any] = {
        "Divide by r: the ratio compares the code's move with the image's.": want * r,
        "This is divided by r twice.": want / r,
        "The directions have any length: divide each by its own norm first.": length(
            moves(directions, r)
        ).mean()
        / r,
        "A direction was divided by the norm of ALL directions: `axis=1, "
        "keepdims=True`.": length(
            moves(directions / np.linalg.norm(directions), r)
        ).mean()
        / r,
        "Take the norm of each move, not its square."
        + (" (Or are the moved images clipped? They are not.)" if shown else ""): (
            length(made) ** 2
        ).mean()
        / r,
        "The moved images are not clipped.": length(clipped).mean() / r,
        "The step has length r only if u has length 1: divide u by its norm BEFORE "
        "the step, not the code's move after it.": (
            length(moves(directions, r)) / length(directions)[:, None]
        ).mean()
        / r,
        "A direction is a row: divide it by the norm of its row, `axis=1, "
        "keepdims=True`.": length(
            moves(directions / np.linalg.norm(directions, axis=0), r)
        ).mean()
        / r,
        "This is the root of the mean square; the mean of the norms is due.": np.sqrt(
            (length(made) ** 2).mean()
        )
        / r,
        "Take the mean of the norms, not the norm of the mean move.": length(
            made.mean(axis=(0, 1))
        )
        / r,
        "Add the norms up and divide by their number.": length(made).sum() / r,
        "Average over the directions, too; here they are added up.": length(made)
        .mean(axis=1)
        .sum()
        / r,
        "Average over the images, too; here they are added up.": length(made)
        .mean(axis=0)
        .sum()
        / r,
        "This is the largest move; the mean of all is due.": length(made).max() / r,
        "This is the last direction alone: collect the norms of all, then average.": (
            length(made[-1]).mean() / r
        ),
        "Add up SQUARES and take the root; this adds up absolute values.": (
            np.abs(made).sum(axis=-1).mean() / r
        ),
        "The steps add up: start each one from x itself.": length(
            expit((x + np.cumsum(step, axis=0)) @ kernel + bias) - h
        ).mean()
        / r,
        "This is the derivative along u. The codes before and after a step of length r "
        "are to be compared.": length((h * (1 - h)) * (units[:, None] @ kernel)).mean(),
        "The norm goes over the numbers of a code (`axis=-1`), one norm for each pair "
        "of image and direction.": np.linalg.norm(made) / r,
        "Each pair of image and direction has a norm of its own; this has one for all "
        "directions of an image.": np.linalg.norm(made, axis=(0, 2)).mean() / r,
        "The norm of a move is the root of the SUM of its squares.": np.abs(made).mean()
        / r,
        "The code has a sigmoid: h = sigmoid(x @ kernel + bias).": (
            length(straight).mean() / r
        ),
    }
    if len(x) == len(units):
        paired = expit((x + r * units) @ kernel + bias) - h
        mistakes[
            "Every image goes along EVERY direction; here each has one of its own."
        ] = length(paired).mean() / r
    call(function, x=x, kernel=kernel, bias=bias, directions=directions, r=r).close(
        want,
        mistakes=mistakes,
        hint="Move every image by r along every direction of length 1; norm of the "
        "code's move, divided by r; mean over all pairs.",
        shown=shown,
        rtol=RTOL_OF_SMALL if r == SMALL else RTOL,
    )
