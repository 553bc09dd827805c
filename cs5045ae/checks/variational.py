"""The checks of exercise 09_variational on formulas: tasks 1 and 2."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.reference import variational

__all__ = [
    "LOG_VAR",
    "MU",
    "Function",
    "check_kl",
    "check_kl_edges",
    "check_reparameterize",
    "check_reparameterize_edges",
    "codes",
]

Function = Callable[..., Any]

MU = np.array([[0.0, 1.0], [0.0, 0.5]])
LOG_VAR = np.array([[0.0, 0.0], [np.log(4), -1.0]])
EPS = np.array([[1.0, -2.0], [1.0, 0.5]])


def codes(
    rng: np.random.Generator, n: int, k: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Draw mu, log_var and eps, all `(n, k)`, with signs mixed."""
    mu, log_var, eps = rng.normal(size=(3, n, k))
    return mu, log_var, eps


@check(task="1")
def check_reparameterize(reparameterize: Function, *, rng: np.random.Generator) -> str:
    """Look for mu plus eps standard deviations."""
    sizes = [(6, 4), (3, 7), (2, 2)]  # the last as before: nothing may be kept
    for mu, log_var, eps in [(MU, LOG_VAR, EPS), *(codes(rng, *n) for n in sizes)]:
        _draws(reparameterize, mu, log_var, eps, shown=mu is MU)
    return "z lies eps standard deviations from mu"


@check(task="1")
def check_reparameterize_edges(
    reparameterize: Function, *, rng: np.random.Generator
) -> str:
    """One image, one number, float32; no noise; standard deviations near 0."""
    for n, k in [(1, 5), (4, 1), (1, 1)]:
        _draws(reparameterize, *codes(rng, n, k))
    mu, log_var, eps = codes(rng, 5, 3)
    for dtype in (np.float32, np.float64):
        _draws(
            reparameterize, mu.astype(dtype), log_var.astype(dtype), eps.astype(dtype)
        )
    _draws(reparameterize, mu, log_var, 0 * eps)
    _draws(reparameterize, mu, np.full_like(mu, -40.0), eps)
    _draws(reparameterize, mu, log_var + 12, eps)
    return "a single image, float32, tiny and large variances come out right as well"


def _draws(
    function: Function,
    mu: np.ndarray,
    log_var: np.ndarray,
    eps: np.ndarray,
    shown: bool = False,
) -> None:
    sigma = np.exp(log_var.astype(np.float64) / 2)
    variance = sigma**2
    own = "Use the eps that is passed in: "
    call(function, mu=mu, log_var=log_var, eps=eps).close(
        variational.reparameterize(mu, log_var, eps),
        mistakes={
            "exp(log_var) is the variance; the standard deviation is exp(log_var / 2)."
            "": mu + variance * eps,
            "log_var is a logarithm: take exp(log_var / 2) for the standard deviation."
            "": mu + log_var * eps,
            "log_var is a logarithm; half of it is one too: take exp(log_var / 2).": mu
            + log_var / 2 * eps,
            "exp(log_var / 2) is the standard deviation; here its root is taken.": mu
            + np.sqrt(sigma) * eps,
            "log_var / 2, not 2 log_var: sigma is the root of the variance.": mu
            + variance**2 * eps,
            "This divides by sigma; the noise is multiplied by it.": mu + eps / sigma,
            "The sign of log_var is turned.": mu + eps / variance,
            own + "this is mu alone.": mu,
            own + "this is mu + sigma, the same for every draw.": mu + sigma,
            "The noise lacks its standard deviation, exp(log_var / 2).": mu + eps,
            "mu is missing.": sigma * eps,
            "mu is added to the noise, not multiplied: mu + sigma eps.": (mu + eps)
            * sigma,
            "The noise is added to mu: here it is subtracted.": mu - sigma * eps,
        },
        hint="z = mu + exp(log_var / 2) * eps, number by number.",
        shown=shown,
    )


@check(task="2")
def check_kl(kl_to_standard_normal: Function, *, rng: np.random.Generator) -> str:
    """One KL divergence for each image, summed over its code, never below 0."""
    cases = [(MU, LOG_VAR), (np.zeros((2, 3)), np.zeros((2, 3)))]
    cases += [codes(rng, n, k)[:2] for n, k in [(6, 4), (3, 8), (5, 5), (2, 2)]]
    for mu, log_var in cases:
        _divergence(kl_to_standard_normal, mu, log_var, shown=mu is MU)
    return "each image has its KL divergence, 0 for N(0, I) itself"


@check(task="2")
def check_kl_edges(kl_to_standard_normal: Function, *, rng: np.random.Generator) -> str:
    """One image, one number, float32, far means and extreme variances."""
    for n, k in [(1, 6), (7, 1), (1, 1)]:
        _divergence(kl_to_standard_normal, *codes(rng, n, k)[:2])
    mu, log_var, _ = codes(rng, 4, 3)
    _divergence(
        kl_to_standard_normal, mu.astype(np.float32), log_var.astype(np.float32)
    )
    _divergence(kl_to_standard_normal, 30 * mu, log_var)
    _divergence(kl_to_standard_normal, mu, log_var - 60)
    _divergence(kl_to_standard_normal, mu, log_var + 10)
    return "a single image, float32 and extreme variances come out right as well"


def _divergence(
    function: Function, mu: np.ndarray, log_var: np.ndarray, shown: bool = False
) -> None:
    n, k = mu.shape
    mu_, lv = mu.astype(np.float64), log_var.astype(np.float64)
    want = variational.kl_to_standard_normal(mu, log_var)
    var = np.exp(lv)
    square = (mu_**2).sum(axis=1)
    rows = "One number for each image is due: sum over axis 1 and leave the images."
    answer = call(function, mu=mu, log_var=log_var)
    if shown and answer.value is not None:
        # The sign comes first: a value below 0 has one cause only.
        _look_for_minus(answer, want)
    answer.close(
        want,
        mistakes={
            "The sign is turned: a KL divergence is never below 0.": -want,
            "The factor 1/2 is missing.": 2 * want,
            "Sum over the numbers of the code; a mean makes the KL k times too small."
            "": want / k,
            "This is the mean over the images, repeated.": np.full(n, want.mean()),
            "This is summed over the images; sum over the code, which is axis 1.": 0.5
            * (mu_**2 + var - 1 - lv).sum(axis=0),
            "log_var holds the factor 2 already: log sigma^2 is log_var itself, not "
            "2 log_var.": want - 0.5 * lv.sum(axis=1),
            "exp(log_var) is the variance already: do not square it, and do not "
            "double log_var.": 0.5 * (mu_**2 + var**2 - 1 - 2 * lv).sum(axis=1),
            "exp(log_var) is the variance already: it is not squared.": 0.5
            * (mu_**2 + var**2 - 1 - lv).sum(axis=1),
            "exp(log_var), not exp(log_var / 2): the variance is due here.": 0.5
            * (mu_**2 + np.exp(lv / 2) - 1 - lv).sum(axis=1),
            "The logarithm of sigma squared is not the square of the logarithm.": 0.5
            * (mu_**2 + var - 1 - (lv / 2) ** 2).sum(axis=1),
            "This is KL(N(0, I) || q), the other direction: the encoder's "
            "distribution comes first.": 0.5
            * ((1 + mu_**2) / var - 1 + lv).sum(axis=1),
            "The sign of log_var is turned.": 0.5 * (mu_**2 + var - 1 + lv).sum(axis=1),
            "The -1 is missing: N(0, I) itself must get 0.": want + k / 2,
            "The 1 has the wrong sign: N(0, I) itself must get 0.": want + k,
            "mu is squared in the formula.": want + 0.5 * (mu_.sum(axis=1) - square),
            "The squared mean is missing.": want - 0.5 * square,
            "log_var is missing.": want + 0.5 * lv.sum(axis=1),
            "The variance, exp(log_var), is missing.": want - 0.5 * var.sum(axis=1),
            "log_var is a logarithm, not the variance: take exp(log_var).": 0.5
            * (mu_**2 + lv - 1 - np.log(np.abs(lv) + 1e-300)).sum(axis=1),
        },
        hint="Half the sum over the code of mu^2 + exp(log_var) - 1 - log_var.",
        shown=shown,
        shapes={
            (): rows,
            (k,): rows + " Here the images were summed.",
            (n, k): "Sum over the k numbers of the code: axis 1.",
            (n, 1): "Leave `keepdims` out: one axis is due.",
        },
    )


def _look_for_minus(answer: Answer, want: np.ndarray) -> None:
    answer.array(
        want.shape if answer.numbers().shape == want.shape else None,
        low=0,
        hint="A KL divergence is never below 0: the sign is turned, or a term of "
        "mu^2 + exp(log_var) - 1 - log_var.",
    )
