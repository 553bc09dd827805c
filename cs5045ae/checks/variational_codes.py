"""The checks of exercise 09_variational on codes: tasks 4, 5 and 6."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.variational import Function
from cs5045ae.reference import variational

__all__ = [
    "check_choose_beta",
    "check_choose_beta_edges",
    "check_generate",
    "check_generate_draws",
    "check_interpolate",
]

MANY = 4000  # draws


@check(task="4")
def check_generate(generate: Function, *, rng: np.random.Generator) -> str:
    """Images come out of the decoder, as many as asked, and the seed decides."""
    for code_size, pixels, n in [(3, 8, 6), (5, 4, 1), (2, 9, 17)]:
        decoder = _decoder(rng.normal(size=(code_size, pixels)))
        seed = int(rng.integers(1000))
        answer, images = _images(generate, decoder, code_size, n, seed, pixels)
        again = _images(generate, decoder, code_size, n, seed, pixels)[1]
        if not np.allclose(images, again):
            raise CheckFailed(
                f"{answer.told} gave other images when it was called again.",
                "Let the seed decide: `rng = np.random.default_rng(seed)`.",
            )
        other = _images(generate, decoder, code_size, n, seed + 1, pixels)[1]
        if np.allclose(images, other):
            raise CheckFailed(
                f"{answer.told} gave the same images as with another seed.",
                "Pass the seed on: `rng = np.random.default_rng(seed)`.",
            )
    return "your function decodes as many draws as asked, and the seed decides which"


@check(task="4")
def check_generate_draws(generate: Function, *, rng: np.random.Generator) -> str:
    """Look for draws of N(0, I): mean, variance, shape, independence.

    The decoder hands the code on, so that the images are the codes. Moments may lie
    five standard errors away.
    """
    k = 4
    decoder = _decoder(np.eye(k))
    seed = int(rng.integers(1000))
    answer, z = _images(generate, decoder, k, MANY, seed, k)
    told = f"In {answer.told}, the codes have"
    if np.ptp(z, axis=0).max() < 1e-6 or len(np.unique(z[:100, 0].round(6))) < 50:
        raise CheckFailed(
            f"{told} the same values in many rows.",
            "Each image needs a draw of its own: an array (n_samples, code_size).",
        )
    if np.abs(z[:, 0] - z[:, 1]).max() < 1e-6:
        raise CheckFailed(
            f"{told} the same value in every column.",
            "All numbers of a code are drawn: an array (n_samples, code_size).",
        )
    mean, spread = z.mean(axis=0), z.std(axis=0)
    if np.abs(mean).max() > 5 / MANY**0.5 or np.abs(spread - 1).max() > 0.06:
        raise CheckFailed(
            f"{told} a mean of {mean[0]:.2f} and a standard deviation of "
            f"{spread[0]:.2f}.",
            "The prior is N(0, I): `rng.standard_normal((n_samples, code_size))`. "
            "`rng.random` draws evenly between 0 and 1."
            if abs(mean[0] - 0.5) < 0.05
            else "The prior is N(0, I), with mean 0 and standard deviation 1 in every "
            "number: `rng.standard_normal((n_samples, code_size))`.",
        )
    fourth = (z**4).mean()
    if abs(fourth - 3) > 0.4:
        raise CheckFailed(
            f"{told} mean 0 and standard deviation 1, but another shape than the "
            "normal distribution.",
            "The prior is normal: `rng.standard_normal`, not `rng.uniform`.",
        )
    cross = (z.T @ z / MANY)[~np.eye(k, dtype=bool)]
    neighbours = (z[1:] * z[:-1]).mean(axis=0)
    if max(np.abs(cross).max(), np.abs(neighbours).max()) > 5.5 / MANY**0.5:
        raise CheckFailed(
            f"{told} numbers that depend on one another.",
            "Draw all of them at once: `rng.standard_normal((n_samples, code_size))`.",
        )
    return "the codes are independent draws of N(0, I)"


def _decoder(weights: np.ndarray) -> Any:
    """Make a decoder of one linear layer, so that images tell their codes."""
    from cs5045ae.backend import keras

    code_size, pixels = weights.shape
    layer = keras.layers.Dense(pixels)
    model = keras.Sequential([keras.Input(shape=(code_size,)), layer])
    layer.set_weights([weights.astype(np.float32), np.zeros(pixels, np.float32)])
    return model


def _images(
    generate: Function, decoder: Any, code_size: int, n: int, seed: int, pixels: int
) -> tuple[Answer, np.ndarray]:
    answer = call(
        generate, decoder=decoder, code_size=code_size, n_samples=n, seed=seed
    )
    images = answer.array(
        (n, pixels),
        shapes={
            (n, code_size): "These are the codes; pass them through the decoder.",
            (pixels,): "One row for each image is due.",
        },
    )
    return answer, images


@check(task="5")
def check_interpolate(interpolate: Function, *, rng: np.random.Generator) -> str:
    """Even steps on the straight line, both ends among them."""
    cases = [(np.array([0.0, 2.0]), np.array([1.0, -2.0]), 5)]
    for k, steps in [(3, 8), (1, 4), (7, 2), (4, 4), (20, 11)]:
        cases.append((rng.normal(size=k), 2 * rng.normal(size=k), steps))
    cases.append((rng.normal(size=3).astype(np.float32), np.zeros(3, np.float32), 6))
    for start, end, steps in cases:
        k = len(start)
        want = variational.interpolate(start, end, steps)
        open_end = np.linspace(0, 1, steps, endpoint=False)[:, None]
        inner = np.linspace(0, 1, steps + 2)[1:-1, None]
        gap = end - start
        call(interpolate, z_start=start, z_end=end, steps=steps).close(
            want,
            mistakes={
                "The walk goes from z_start to z_end; here it goes back.": want[::-1],
                "The last code is z_end: np.linspace(0, 1, steps) has both ends.": start
                + open_end * gap,
                "Both ends belong to the walk: `np.linspace(0, 1, steps)`.": start
                + inner * gap,
                "z_start + t * (z_end - z_start): z_start is weighed with 1 - t.": start
                + np.linspace(0, 1, steps)[:, None] * end,
            },
            hint="(1 - t) * z_start + t * z_end, with t from 0 to 1 in even steps.",
            shown=steps == 5 and k == 2,
            shapes={
                (k, steps): "One code is one row: transpose it.",
                (steps + 1, k): "`steps` codes in all, both ends among them.",
                (steps + 2, k): "`steps` codes in all, both ends among them.",
                (steps - 1, k): "`steps` codes in all, both ends among them.",
                (k,): "One row for each step is due.",
            },
        )
    return "your walk has even steps on the straight line, and both ends"


BETAS = [0.1, 0.3, 1.0, 3.0, 10.0]
ERRORS = [88.0, 92.0, 95.0, 133.0, 186.0]
NATS = [62.0, 39.0, 24.0, 9.0, 1.0]


@check(task="6")
def check_choose_beta(choose_beta: Function, *, rng: np.random.Generator) -> str:
    """Take the lowest reconstruction among the betas that keep to the budget."""
    _choice(choose_beta, BETAS, ERRORS, NATS, 30.0, shown=True)
    order = rng.permutation(5)
    tried, errors, nats = ([a[i] for i in order] for a in (BETAS, ERRORS, NATS))
    _choice(choose_beta, tried, errors, nats, 40.0)
    _choice(choose_beta, tried, errors, nats, 10.0)
    # Measured curves are not smooth: the smallest beta that fits is not the best.
    _choice(choose_beta, [0.5, 1.0, 2.0, 4.0], [99.0, 96.5, 101.0, 120.0],
            [25.0, 24.0, 15.0, 8.0], 25.5)  # fmt: skip
    betas = (0.5 * 2.0 ** np.arange(6)).tolist()
    errors = (90 + 20 * rng.random(6)).tolist()
    nats = (30 * rng.random(6)).tolist()
    _choice(choose_beta, betas, errors, nats, sorted(nats)[3] + 0.01)
    return "your rule takes the best reconstruction that the budget allows"


@check(task="6")
def check_choose_beta_edges(choose_beta: Function, *, rng: np.random.Generator) -> str:
    """Try a KL at the budget, equal errors, and a budget that none keeps to."""
    _choice(choose_beta, BETAS, ERRORS, NATS, 24.0)
    _choice(choose_beta, [2.0, 0.5, 1.0, 4.0], [95.0, 95.0, 97.0, 99.0],
            [20.0, 22.0, 12.0, 6.0], 25.0)  # fmt: skip
    _choice(choose_beta, [1.0, 4.0, 2.0], [95.0, 120.0, 104.0], [24.0, 9.0, 8.5], 5.0)
    only = float(rng.uniform(0.5, 4))
    _choice(choose_beta, [only], [90.0], [20.0], 25.0)
    _choice(choose_beta, [only], [90.0], [20.0], 15.0)
    return "a KL at the budget, equal errors and an impossible budget are settled too"


def _choice(
    function: Function,
    betas: list[float],
    errors: list[float],
    nats: list[float],
    budget: float,
    shown: bool = False,
) -> None:
    want = variational.choose_beta(betas, errors, nats, budget)
    tried = list(zip(betas, errors, nats, strict=True))
    fit = [one for one in tried if one[2] <= budget]
    strict = [one for one in tried if one[2] < budget]
    wrong = {
        "A KL equal to the budget keeps to it: `<=`.": min(
            strict, key=lambda one: (one[1], -one[0]), default=(np.inf,)
        )[0],
        "If none keeps to the budget, the one with the smallest KL is due.": (
            min(betas) if not fit else np.inf
        ),
        "Of several equal reconstructions, the largest beta is due.": min(
            (one for one in fit), key=lambda one: (one[1], one[0]), default=(np.inf,)
        )[0],
        "This is the lowest reconstruction of all; first leave out what does not "
        "keep to the budget.": min(tried, key=lambda one: one[1])[0],
        "This is the smallest beta within the budget: measured curves are not smooth, "
        "so compare the reconstructions.": min((one[0] for one in fit), default=np.inf),
        "This is the largest beta that was tried.": max(betas),
        "This is the smallest sum of both curves; the rule is another one.": min(
            tried, key=lambda one: one[1] + one[2]
        )[0],
        "Return the beta, not its place in the list.": float(betas.index(want)),
        "Return the beta, not its reconstruction.": errors[betas.index(want)],
    }
    answer = call(function, betas=betas, reconstruction=errors, kl=nats, budget=budget)
    sentence = {
        text: value for text, value in wrong.items() if value not in (want, np.inf)
    }
    answer.close(
        want,
        mistakes=sentence,
        hint="Of the betas with kl <= budget take the one with the lowest "
        "reconstruction; the lists are in any order.",
        shown=shown,
    )
