"""The checks of exercise 05_contractive on loss and contraction: tasks 5 and 6."""

from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.contractive import Function, draw_layer
from cs5045ae.reference import contractive

__all__ = [
    "check_cae_loss",
    "check_cae_loss_batch",
    "check_contraction_ratio",
    "check_contraction_ratio_edges",
]

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
    x, kernel, down, up, lam = network.values()
    n, (d, k) = len(x), kernel.shape
    h = expit(x @ kernel + down)
    x_hat = expit(h @ kernel.T + up)
    errors = ((x_hat - x) ** 2).sum(axis=1)
    penalties = contractive.contractive_penalty(x, kernel, down)
    error, penalty = errors.mean(), penalties.mean()
    linear = (((h @ kernel.T + up) - x) ** 2).sum(axis=1).mean()
    unbiased = ((expit(h @ kernel.T) - x) ** 2).sum(axis=1).mean()
    flat = ((expit((x @ kernel + down) @ kernel.T + up) - x) ** 2).sum(axis=1).mean()
    entropy = -(x * np.log(x_hat) + (1 - x) * np.log(1 - x_hat)).sum(axis=1).mean()
    no_down = contractive.cae_loss(x, kernel, 0 * down, up, lam)
    summed = (contractive.sigmoid_jacobian(x, kernel, down).sum(axis=1) ** 2).sum(1)
    decay = (kernel**2).sum()
    of_weights = ((h * (1 - h)) ** 2 @ kernel.sum(axis=0) ** 2).mean()
    mistakes: dict[str, float] = {}
    if n > 1:
        mistakes = {
            "The penalty, too, is AVERAGED over the images; here it is their sum, and "
            "grows with the batch.": error + lam * penalties.sum(),
            "Average over the images; this is their sum.": errors.sum()
            + lam * penalties.sum(),
            "The error, too, is averaged over the images.": errors.sum()
            + lam * penalty,
            "The penalty is divided by the number of images twice.": error
            + lam * penalty / n,
        }
    mistakes |= {
        "The penalty is missing.": error,
        "The penalty is not multiplied by lam."
        + (" (Or is there a factor 1/2? None is due.)" if lam == 2 else ""): error
        + penalty,
        "The error is SUMMED over the pixels; this is their mean.": error / d
        + lam * penalty,
        "The error is summed over the pixels, and the penalty over all entries; these "
        "are means.": error / d + lam * penalty / (k * d),
        "The penalty is the sum over the units, not their mean.": error
        + lam * penalty / k,
        "The penalty is the sum of all squared entries, not their mean.": error
        + lam * penalty / (k * d),
        "The penalty is the SQUARED norm; this has the norm.": error
        + lam * np.sqrt(penalties).mean(),
        "lam weighs the penalty, not the error.": lam * error + penalty,
        "The penalty is added: the loss is to be made small.": error - lam * penalty,
        "The penalty does not depend on the image: that is weight decay. The slope of "
        "the sigmoid is missing.": error + lam * decay,
        "Square each weight before you add.": error + lam * of_weights,
        "The units were added up before squaring.": error + lam * summed.mean(),
        "The slope of the sigmoid is squared in the penalty.": error
        + lam * (h * (1 - h) @ (kernel**2).sum(axis=0)).mean(),
        "The decoder has a sigmoid, too.": linear + lam * penalty,
        "The decoder's bias is missing."
        + (" (Or the sigmoid of the code.)" if shown else ""): unbiased + lam * penalty,
        "The code has a sigmoid, too.": flat + lam * penalty,
        "The encoder's bias is missing.": no_down,
        "The SQUARED error is due, without a root: summed over the pixels.": (
            np.sqrt(errors).mean() + lam * penalty
        ),
        "The error is the squared one; this is the cross-entropy.": entropy
        + lam * penalty,
        "There is no factor 1/2 here.": (error + lam * penalty) / 2,
        "The error has no factor 1/2 here.": error / 2 + lam * penalty,
        "The penalty has no factor 1/2 here.": error + lam * penalty / 2,
    }
    if k == d:
        straight = ((expit(h @ kernel + up) - x) ** 2).sum(axis=1).mean()
        mistakes["The decoder's kernel is the encoder's, TRANSPOSED."] = (
            straight + lam * penalty
        )
    call(function, **network).close(
        contractive.cae_loss(x, kernel, down, up, lam),
        mistakes=mistakes,
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
        (5, 6, 4, 2, 1e-4),
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
        "The norm goes over the numbers of a code (`axis=-1`), one norm for each pair "
        "of image and direction.": np.linalg.norm(made) / r,
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
    )
