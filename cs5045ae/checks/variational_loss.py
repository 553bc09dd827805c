"""The checks of exercise 09_variational on the loss: task 3."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.variational import LOG_VAR, MU, Function, codes
from cs5045ae.reference import variational

__all__ = ["check_elbo_beta", "check_elbo_terms"]

X = np.array([[0.0, 1.0, 0.5, 0.2], [1.0, 0.0, 0.0, 1.0]])
X_HAT = np.array([[0.1, 0.8, 0.5, 0.3], [0.5, 0.5, 0.2, 0.9]])


@check(task="3")
def check_elbo_terms(elbo_terms: Function, *, rng: np.random.Generator) -> str:
    """Both terms in nats: sums over pixels and code, averages over images."""
    _terms(elbo_terms, X, X_HAT, MU, LOG_VAR, 1.0, shown=True)
    for n, d, k in [(5, 9, 3), (1, 12, 2), (4, 30, 6)]:
        x, x_hat = rng.random((n, d)), rng.uniform(0.02, 0.98, size=(n, d))
        _terms(elbo_terms, x, x_hat, *codes(rng, n, k)[:2], 1.0)
    x, x_hat = rng.random((2, 6)), rng.uniform(0.02, 0.98, size=(2, 6))
    mu, log_var, _ = codes(rng, 2, 3)
    _terms(elbo_terms, x, x_hat, 6 * mu, log_var - 12, 1.0)
    x = (rng.random((3, 8)) < 0.5).astype(np.float32)
    mu, log_var, _ = (a.astype(np.float32) for a in codes(rng, 3, 2))
    _terms(elbo_terms, x, x.copy(), mu, log_var, 1.0)
    # Clipped in float32, 1 - 1e-7 is rounded; that is 1 % here.
    _terms(elbo_terms, x, 1 - x, mu, log_var, 1.0, rtol=0.02)
    return "both terms are in nats, summed over an image and averaged over images"


@check(task="3")
def check_elbo_beta(elbo_terms: Function, *, rng: np.random.Generator) -> str:
    """See that beta weighs the KL divergence in the loss, and nothing else."""
    for beta in (0.0, 4.0, 0.5, float(rng.uniform(2, 9))):
        n, d, k = 4, 11, 3
        x, x_hat = rng.random((n, d)), rng.uniform(0.02, 0.98, size=(n, d))
        _terms(elbo_terms, x, x_hat, *codes(rng, n, k)[:2], beta)
    return "beta weighs the KL divergence in the loss, and there only"


def _terms(
    function: Function,
    x: np.ndarray,
    x_hat: np.ndarray,
    mu: np.ndarray,
    log_var: np.ndarray,
    beta: float,
    shown: bool = False,
    rtol: float = 1e-5,
) -> None:
    (n, d), k = x.shape, mu.shape[1]
    error, kl, loss = variational.elbo_terms(x, x_hat, mu, log_var, beta)
    square = float(((x - x_hat.astype(np.float64)) ** 2).sum(axis=1).mean())
    answer = call(function, x=x, x_hat=x_hat, mu=mu, log_var=log_var, beta=beta)
    parts = answer.parts("reconstruction", "kl", "loss")
    looks: dict[str, Any] = {
        "shown": shown,
        "rtol": rtol,
        "shapes": {(n,): "Average over the images: one number for all is due."},
    }
    mean_pixels = (
        "Sum over the pixels, then average over the images. A mean over the pixels is "
        "d times too small, and the KL then weighs d times too much."
    )
    exact = rtol < 1e-3  # else much would look like a mistake that it is not
    parts[0].close(
        error,
        mistakes={
            mean_pixels: error / d,
            "Average over the images.": error * n,
            "The sign is turned: the logarithm of a number below 1 is below 0.": -error,
            "This is the squared error; binary cross-entropy is due.": square,
            "This is the mean squared error; binary cross-entropy, summed over the "
            "pixels, is due.": square / d,
            "Here the KL divergence is added already: it has its own place.": error
            + kl,
            "Here beta times the KL divergence is added already.": loss,
            "The order is reconstruction, kl, loss.": kl,
        }
        if exact
        else {},
        hint="Minus the sum over the pixels of x log(x_hat) + (1 - x) log(1 - x_hat), "
        "with x_hat clipped to [1e-7, 1 - 1e-7]; then the mean over the images.",
        **looks,
    )
    parts[1].close(
        kl,
        mistakes={
            "Sum over the code, then average over the images: the mean over the code "
            "is k times too small.": kl / k,
            "Average over the images.": kl * n,
            "The sign is turned: a KL divergence is never below 0.": -kl,
            "The factor 1/2 is missing.": 2 * kl,
            "beta belongs to the loss; kl is told without it.": beta * kl,
        }
        if exact
        else {},
        hint="Half the sum over the code of mu^2 + exp(log_var) - 1 - log_var; then "
        "the mean over the images.",
        **looks,
    )
    parts[2].close(
        loss,
        mistakes={
            "beta is not used: the loss is reconstruction + beta * kl.": error + kl,
            "The KL divergence is subtracted; it is a price, so it is added.": error
            - beta * kl,
            "beta weighs the KL divergence, not the reconstruction.": beta * error + kl,
            "beta weighs the KL divergence alone.": beta * (error + kl),
            "This is the ELBO; the loss is minus that.": -loss,
            "The KL divergence is missing.": error,
        }
        if exact
        else {},
        hint="loss = reconstruction + beta * kl.",
        **looks,
    )
