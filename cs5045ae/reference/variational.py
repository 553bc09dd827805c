"""The variational autoencoder: its loss, its draws, and the choice of beta.

An encoder gives each image two rows of numbers: the mean ``mu`` `(n, k)` and the
logarithm of the variance ``log_var`` `(n, k)` of a normal distribution of codes. With
the standard deviation sigma, ``log_var = 2 log sigma``. All amounts of information are
in nats.

References
----------
Kingma and Welling (2013), Auto-encoding variational Bayes, arXiv:1312.6114
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs5045ae.reference.basic_losses import CLIP

__all__ = [
    "bernoulli_nats",
    "choose_beta",
    "elbo_terms",
    "gaussian_nats",
    "generate",
    "interpolate",
    "kl_to_standard_normal",
    "reparameterize",
]

Array = NDArray[np.float64]


def reparameterize(mu: ArrayLike, log_var: ArrayLike, eps: ArrayLike) -> Array:
    """Turn standard normal noise into draws of N(mu, exp(log_var)).

    Parameters
    ----------
    mu, log_var : array of shape `(n, k)`
        Mean and logarithm of the variance.
    eps : array of shape `(n, k)`
        Draws of N(0, I).

    Returns
    -------
    array of shape `(n, k)`
        ``mu + exp(log_var / 2) * eps``. For fixed eps it has a gradient with respect
        to mu (1) and log_var (eps sigma / 2), which a bare draw has not (Kingma and
        Welling, section 2.4).

    Examples
    --------
    >>> reparameterize([[1.0]], np.log([[4.0]]), [[1.0]])
    array([[3.]])
    """
    mu, log_var, eps = (np.asarray(a, dtype=np.float64) for a in (mu, log_var, eps))
    return mu + np.exp(log_var / 2) * eps


def kl_to_standard_normal(mu: ArrayLike, log_var: ArrayLike) -> Array:
    """Measure how far each N(mu, exp(log_var)) is from N(0, I).

    Parameters
    ----------
    mu, log_var : array of shape `(n, k)`
        Mean and logarithm of the variance of independent numbers.

    Returns
    -------
    array of shape `(n,)`
        ``KL(N(mu, sigma^2) || N(0, I))``, summed over the k numbers, in nats (Kingma
        and Welling, appendix B).

    Examples
    --------
    >>> kl_to_standard_normal([[1.0, 0.0]], [[0.0, np.log(4)]]).round(6)
    array([1.306853])
    """
    mu, log_var = (np.asarray(a, dtype=np.float64) for a in (mu, log_var))
    return 0.5 * (mu**2 + np.exp(log_var) - 1 - log_var).sum(axis=1)


def bernoulli_nats(x: ArrayLike, x_hat: ArrayLike) -> Array:
    """Return the binary cross-entropy of each image, summed over its pixels.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Pixels in [0, 1], and their predicted means. The latter are clipped to
        [1e-7, 1 - 1e-7].

    Returns
    -------
    array of shape `(n,)`
        ``-log p(x | z)`` for a Bernoulli pixel, in nats; of grey pixels it is the
        expected value over pixels drawn black or white.
    """
    x, x_hat = (np.asarray(a, dtype=np.float64) for a in (x, x_hat))
    p = x_hat.clip(CLIP, 1 - CLIP)
    return -(x * np.log(p) + (1 - x) * np.log(1 - p)).sum(axis=1)


def gaussian_nats(x: ArrayLike, x_hat: ArrayLike, variance: float) -> Array:
    """Return ``-log p(x | z)`` of each image for Gaussian pixels.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Pixels, and their predicted means.
    variance : float
        Of every pixel, above 0.

    Returns
    -------
    array of shape `(n,)`
        ``||x - x_hat||^2 / (2 variance) + d log(2 pi variance) / 2``, in nats.

    Raises
    ------
    ValueError
        If the variance is not above 0.
    """
    if not variance > 0:
        raise ValueError(f"variance must be above 0, not {variance}.")
    x, x_hat = (np.asarray(a, dtype=np.float64) for a in (x, x_hat))
    constant = 0.5 * x.shape[1] * np.log(2 * np.pi * variance)
    return ((x - x_hat) ** 2).sum(axis=1) / (2 * variance) + constant


def elbo_terms(
    x: ArrayLike, x_hat: ArrayLike, mu: ArrayLike, log_var: ArrayLike, beta: float
) -> tuple[float, float, float]:
    """Return the two terms of a VAE's loss, and the loss.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Images, and what the decoder made of a draw of their codes.
    mu, log_var : array of shape `(n, k)`
        What the encoder gave.
    beta : float
        Weight of the KL divergence; 1 for the ELBO.

    Returns
    -------
    reconstruction : float
        Binary cross-entropy, summed over the pixels, averaged over the images.
    kl : float
        KL divergence to N(0, I), summed over the code, averaged over the images.
    loss : float
        ``reconstruction + beta * kl``; with ``beta = 1`` it is minus the ELBO.
    """
    reconstruction = float(bernoulli_nats(x, x_hat).mean())
    kl = float(kl_to_standard_normal(mu, log_var).mean())
    return reconstruction, kl, reconstruction + beta * kl


def generate(
    decoder: Callable[[Any], Any], code_size: int, n_samples: int, seed: int
) -> Array:
    """Make new images: draw codes from the prior N(0, I) and decode them.

    Parameters
    ----------
    decoder : callable
        A Keras model, or any function from codes `(n, k)` to images `(n, d)`.
    code_size, n_samples : int
        k, and how many images to make.
    seed : int
        Of the draws.

    Returns
    -------
    array of shape `(n_samples, d)`
    """
    z = np.random.default_rng(seed).standard_normal((n_samples, code_size))
    return np.asarray(decoder(z.astype(np.float32)), dtype=np.float64)


def interpolate(z_start: ArrayLike, z_end: ArrayLike, steps: int) -> Array:
    """Walk on a straight line from one code to another.

    Parameters
    ----------
    z_start, z_end : array of shape `(k,)`
        The two codes.
    steps : int
        2 or more; how many codes, both ends among them.

    Returns
    -------
    array of shape `(steps, k)`

    Raises
    ------
    ValueError
        If there are fewer than two steps.
    """
    if steps < 2:
        raise ValueError(f"a walk with both ends needs 2 steps or more, not {steps}.")
    z_start, z_end = (np.asarray(z, dtype=np.float64) for z in (z_start, z_end))
    t = np.linspace(0, 1, steps)[:, None]
    return (1 - t) * z_start + t * z_end


def choose_beta(
    betas: Sequence[float],
    reconstruction: Sequence[float],
    kl: Sequence[float],
    budget: float,
) -> float:
    """Choose the beta that rebuilds best with at most `budget` nats in the code.

    Parameters
    ----------
    betas : sequence of m floats
        The weights that were tried, in any order.
    reconstruction, kl : sequence of m floats
        The two curves, measured on unseen images, in nats an image.
    budget : float
        The largest KL divergence allowed.

    Returns
    -------
    float
        Of the betas with ``kl <= budget``, the one with the lowest reconstruction;
        of several equal ones the largest. If none keeps to the budget, the one with
        the smallest KL.
    """
    tried = list(zip(betas, reconstruction, kl, strict=True))
    fit = [(error, -beta) for beta, error, nats in tried if nats <= budget]
    if not fit:
        return min(tried, key=lambda one: one[2])[0]
    return -min(fit)[1]
