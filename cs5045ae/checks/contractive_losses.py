"""What wrong losses look like: task 5 of exercise 05_contractive."""

from typing import Any

import numpy as np
from scipy.special import expit

from cs5045ae.reference import contractive

__all__ = ["wrong_losses"]


def wrong_losses(network: dict[str, Any], shown: bool) -> dict[str, float]:
    """Return what wrong answers give for a network, by the sentence that fits each.

    Parameters
    ----------
    network : dict
        The arguments of `cae_loss`: x, kernel, both biases and lam, in this order.
    shown : bool
        The case stands in the task's statement: it is small, and two mistakes may look
        the same there.
    """
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
    squares, mean = (kernel**2).sum(axis=0), h.mean(axis=0)
    decay = squares.sum()
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
            "Each image has slopes of its own: first the penalty of each image, then "
            "the mean; this is the penalty at the mean code.": error
            + lam * ((mean * (1 - mean)) ** 2 * squares).sum(),
            "Square the slopes of each image first, and average then; this squares "
            "their mean.": error
            + lam * ((h * (1 - h)).mean(axis=0) ** 2 * squares).sum(),
            "The error has no root: add the squares over the pixels, average over the "
            "images.": np.sqrt(errors.sum()) + lam * penalty,
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
        "lam weighs the penalty alone: the error keeps its weight of 1.": (1 - lam)
        * error
        + lam * penalty,
        "The error is the SQUARED one, not the absolute one.": np.abs(x_hat - x)
        .sum(axis=1)
        .mean()
        + lam * penalty,
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
    return mistakes
