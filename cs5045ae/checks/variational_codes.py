"""The checks of exercise 09_variational on codes: tasks 4 and 5."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.variational import Function
from cs5045ae.reference import variational

__all__ = [
    "check_generate",
    "check_generate_draws",
    "check_interpolate",
]

MANY = 1500  # draws; a loop over the images has to end in time as well


@check(task="4")
def check_generate(generate: Function, *, rng: np.random.Generator) -> str:
    """Images come out of the decoder, as many as asked, and the seed decides."""
    for code_size, pixels, n in [(3, 8, 6), (5, 4, 1), (2, 9, 17)]:
        weights = rng.normal(size=(code_size, pixels))
        decoder = _decoder(weights)
        seed = int(rng.integers(1000)) if n != 6 else 0  # a seed like others
        answer, images = _images(generate, decoder, code_size, n, seed, pixels)
        codes = images @ np.linalg.pinv(weights)
        if np.abs(codes @ weights - images).max() > 1e-3:
            raise CheckFailed(
                f"{answer.told} gave images that this decoder makes of no code.",
                "Draw codes, not pixels, and return what `decoder(z)` makes of them, "
                "as it is.",
            )
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
        if (np.abs(images[:, None] - other).max(axis=2) < 1e-5).any():
            raise CheckFailed(
                f"{answer.told} shares images with the seed that comes next.",
                "Make one generator of the seed, before any loop, and take all draws "
                "from it: `default_rng(seed + i)` is the first draw of another seed.",
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
    if len(np.unique(np.abs(z).round(5), axis=0)) < MANY:
        raise CheckFailed(
            f"{told} some values again in a later row, as they are or with the sign "
            "turned.",
            "Each image needs a draw of its own: an array (n_samples, code_size).",
        )
    mean, spread = z.mean(axis=0), z.std(axis=0)
    # In standard errors, of which a standard deviation has the smaller ones.
    off = np.maximum(np.abs(mean), 2**0.5 * np.abs(spread - 1)) * MANY**0.5
    if off.max() > 5:
        j = int(off.argmax())
        raise CheckFailed(
            f"{told} a mean of {mean[j]:.2f} and a standard deviation of "
            f"{spread[j]:.2f} in column {j}.",
            "The prior is N(0, I): `rng.standard_normal((n_samples, code_size))`. "
            "`rng.random` draws evenly between 0 and 1."
            if abs(mean[j] - 0.5) < 0.08
            else "The prior is N(0, I), with mean 0 and standard deviation 1 in every "
            "number: `rng.standard_normal((n_samples, code_size))`.",
        )
    fourth = (z**4).mean()
    # Of 6,000 draws 16 lie beyond 3 standard deviations, and none one time in 1e7.
    if abs(fourth - 3) > 5 * (96 / (MANY * k)) ** 0.5 or np.abs(z).max() < 3:
        raise CheckFailed(
            f"{told} mean 0 and standard deviation 1, but another shape than the "
            "normal distribution.",
            "The prior is normal, its tails not cut: `rng.standard_normal`.",
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
    # As in the statement: whole numbers, but what lies between them is none.
    cases = [(np.array([0, 2]), np.array([1, -2]), 5)]
    for k, steps in [(3, 8), (1, 4), (7, 2), (4, 4), (20, 11), (2, 50), (3, 31)]:
        cases.append((rng.normal(size=k), 2 * rng.normal(size=k), steps))
    cases[-1][1][0] = cases[-1][0][0]  # one number that stays as it is
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
