"""The checks of exercise 06_sparse on a trained network: task 7."""

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.bars import mean_error
from cs5045ae.checks.check import check
from cs5045ae.checks.digits import small_digits
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import bounded_output, call_training, model_of
from cs5045ae.checks.sparse import Function
from cs5045ae.reference import pca

__all__ = ["check_train_sparse", "check_train_sparse_rho"]

CODE, ROOM, MOST = 256, 0.2, 0.8
"""Nodes of the code; how far from rho the mean activity of all may be; and the share of
the nodes whose own mean must lie between rho / 2 and 2 rho.

That share was 1.00 with right answers over six seeds, 0.12 or less where the mean was
taken over the nodes or over everything, and 0.37 with L1 in place of the KL.
"""
IMAGES, EPOCHS, RHO, SHARE, SPREAD = 1000, 25, 0.1, 0.45, 0.66
"""The first training; the share of the mean image's error that may be left, and the
standard deviation that a node must have over unseen digits, in units of rho.

Over eight seeds right answers (either loss, batches of 32 to 100) left 0.15 to 0.39 of
that error, with a standard deviation of 0.77 to 1.11. The KL of single activations has
a standard deviation of 0.41 to 0.46, a loss averaged over the pixels one of 0.54 to
0.57 and 0.63 to 0.66 of the error.
"""
FEW, FEW_EPOCHS, OTHER = 600, 20, 0.25
"""The second training, with another target for the activity."""

SIGMOID = (
    "The KL divergence needs activations between 0 and 1: end the encoder with "
    '`activation="sigmoid"`. (For ReLU nodes there is the L1 penalty.)'
)
PIXELS = 'Pixels lie in [0, 1]: end with one sigmoid for each, `activation="sigmoid"`.'
SIZES = "There are code_size nodes in the code, and d, whatever x has, in the output."


@check(task="7")
def check_train_sparse(train_sparse: Function, *, rng: np.random.Generator) -> str:
    """Look at activity, spread and error on digits that were not trained on."""
    x, x_test = small_digits(rng, IMAGES)
    answer, h, x_hat = _trained(train_sparse, x, x_test, RHO, EPOCHS, rng)
    activity, spread = float(h.mean()), float(h.std(axis=0).mean())
    of_mean = mean_error(x, x_test)
    error = pca.reconstruction_error(x_test, x_hat)
    _activity(answer, h, RHO)
    told = f"{answer.subject} a network with a mean activity of {activity:.3f}"
    if spread < SPREAD * RHO and error < 0.9 * of_mean:
        raise CheckFailed(
            f"{told}, but its nodes hardly tell digits apart: over unseen digits they "
            f"have a standard deviation of {spread:.3f}; at least "
            f"{SPREAD * RHO:.3f} is due.",
            "First average each node over the batch, then take the KL: the penalty of "
            "every single activation holds all of them at rho. And sum the loss over "
            "the pixels, or the penalty drowns it.",
        )
    if not error <= SHARE * of_mean:
        raise CheckFailed(
            f"{told} and an error of {error:.2f} on unseen digits; at most "
            f"{SHARE * of_mean:.2f} is due. The mean image has {of_mean:.2f}.",
            "The penalty drowns the reconstruction: sum the cross-entropy over the "
            "pixels (Keras averages it), with 3 times the KL. Adam's learning rate is "
            "0.01, batches of 50, and all epochs are due.",
        )
    return (
        f"on unseen digits your nodes have a mean activity of {activity:.3f} and the "
        f"error is {error:.2f}, that of the mean image {of_mean:.2f}"
    )


@check(task="7")
def check_train_sparse_rho(train_sparse: Function, *, rng: np.random.Generator) -> str:
    """Ask for another activity, and look whether it is reached."""
    x, x_test = small_digits(rng, FEW)
    answer, h, _ = _trained(train_sparse, x, x_test, OTHER, FEW_EPOCHS, rng)
    _activity(answer, h, OTHER)
    return f"for rho = {OTHER:g} the mean activity is {h.mean():.3f}"


def _trained(
    train_sparse: Function,
    x: np.ndarray,
    x_test: np.ndarray,
    rho: float,
    epochs: int,
    rng: np.random.Generator,
) -> tuple[Answer, np.ndarray, np.ndarray]:
    """Train; return the codes and the reconstructions of unseen digits."""
    d, seed = x.shape[1], int(rng.integers(1000))
    answer = call_training(
        train_sparse, x=x, code_size=CODE, rho=rho, epochs=epochs, seed=seed
    )
    encoder, decoder = answer.parts("encoder", "decoder")
    first, second = model_of(encoder, d, CODE, SIZES), model_of(decoder, CODE, d, SIZES)
    h = bounded_output(encoder, first, x_test, SIGMOID)
    return answer, h, bounded_output(decoder, second, h, PIXELS)


def _activity(answer: Answer, h: np.ndarray, rho: float) -> None:
    """Compare the mean activity of all nodes, then of each, with the target."""
    each = h.mean(axis=0)
    activity, near = float(each.mean()), (each > rho / 2) & (each < 2 * rho)
    told = f"{answer.subject} a network"
    if abs(activity - rho) > ROOM * rho:
        raise CheckFailed(
            f"{told} with a mean activity of {activity:.3f} on unseen digits, for rho "
            f"= {rho:g}; from {(1 - ROOM) * rho:.3f} to {(1 + ROOM) * rho:.3f} is due.",
            _of_activity(h, activity, rho),
        )
    if near.mean() < MOST:
        raise CheckFailed(
            f"{told} with the right mean activity over all nodes ({activity:.3f}), but "
            f"only {near.mean():.0%} of them have one between rho / 2 and 2 rho; "
            f"{MOST:.0%} is due.",
            "Each NODE has a target: average over the batch, axis 0, and sum the KL "
            "over the nodes. (L1 has no target at all.)",
        )


def _of_activity(h: np.ndarray, activity: float, rho: float) -> str:
    """Say why the nodes are too busy or too calm."""
    if (h == 0).mean() > 0.1:  # a sigmoid never gives 0
        return SIGMOID
    if activity > 0.9:
        return (
            "Nearly all nodes are always on. rho log(rho / rho_hat) alone pulls them "
            "there: add the part with 1 - rho."
        )
    if activity > 1.6 * rho:
        return (
            "Is the penalty part of the loss that is trained, on the ACTIVATIONS of "
            "the code (a kernel_regularizer shrinks weights), summed over the nodes, "
            "with rho as its target and weight 3? (Keras divides an "
            "activity_regularizer by the batch size.) Adam's learning rate is 0.01, "
            "and all epochs are due."
        )
    if activity > rho:
        return (
            "Nearly there: Adam with a learning rate of 0.01, weight 3 for the KL "
            "summed over the nodes, batches of 50 and all epochs."
        )
    if rho == OTHER and abs(activity - RHO) < ROOM * RHO:
        return (
            f"That would be right for rho = {RHO:g}. Is the rho of the arguments used?"
        )
    return (
        "The nodes are too calm: the KL has two parts, and the one with rho / rho_hat "
        "calls silent nodes back. L1 alone has no target."
    )
