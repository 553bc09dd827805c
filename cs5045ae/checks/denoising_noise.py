"""What the checks of exercise 04_denoising look for in random answers.

Nothing here compares with one seeded array, since right answers draw in different
orders. What is looked at are shares and means, with room for five standard deviations
of chance (six where many are looked at together).
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.failure import CheckFailed

__all__ = ["images", "look_at_hits", "look_at_seed", "near"]

Function = Callable[..., Any]
SHAPE = "Draw one random number for each pixel of each image, in the shape of x."


def images(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Draw images whose pixels are neither black nor white."""
    return rng.uniform(0.2, 0.8, size=shape)


def near(found: float, want: float, spread: float, n: int) -> bool:
    """Tell whether a mean of n numbers is what chance allows.

    Parameters
    ----------
    found, want : float
        The mean seen and the one expected.
    spread : float
        Standard deviation of one number.
    n : int
        How many there are.
    """
    return bool(abs(found - want) <= 5 * spread / n**0.5 + 1e-9)


def look_at_hits(
    answer: Answer,
    hit: np.ndarray,
    rate: float,
    shares: Mapping[str, float] | None = None,
) -> None:
    """Look whether each pixel was hit with the same chance, on its own.

    Parameters
    ----------
    answer : Answer
        For the messages.
    hit : array of shape `(n, d)`
        True where a pixel was changed; d = 28 * 28 for the look at neighbours.
    rate : float
        The share that is due.
    shares : mapping from a sentence to a share, optional
        What wrong shares that students really make tell.

    Raises
    ------
    CheckFailed
        If the hits are too many or too few, the same in all images, whole images, or
        in clusters.
    """
    share = float(hit.mean())
    told = f"{answer.subject} images in which {share:.1%} of the pixels are changed"
    if 0 < share < 1:
        _look_at_places(answer, told, hit, share)
    spread = (rate * (1 - rate)) ** 0.5
    if near(share, rate, spread, hit.size):
        return
    hint = "A pixel is hit where a uniform random number lies below the rate."
    known = {
        "Nothing has changed. Return the array that you changed.": 0.0,
        "This is the share that should stay: turn the comparison round.": 1 - rate,
        **(shares or {}),
    }
    for sentence, wrong in known.items():
        if near(share, wrong, max(spread, 0.02), hit.size):
            hint = sentence
            break
    raise CheckFailed(f"{told}; about {rate:.0%} is due.", hint)


def _look_at_places(answer: Answer, told: str, hit: np.ndarray, share: float) -> None:
    """Complain if pixels are not hit on their own, whatever their share."""
    n, d = hit.shape
    spread = (share * (1 - share)) ** 0.5
    if n > 1 and (hit == hit[0]).all():
        raise CheckFailed(
            f"{answer.subject} images that are all changed at the same places.", SHAPE
        )
    for axis, unit, size in ((1, "image", d), (0, "pixel", n)):
        if np.abs(hit.mean(axis=axis) - share).max() > 6.5 * spread / size**0.5:
            raise CheckFailed(
                f"{told}, but some {unit}s are changed much more often than others.",
                SHAPE,
            )
    gap = hit.reshape(n, 28, 28) - share
    for a, b in ((gap[:, 1:], gap[:, :-1]), (gap[:, :, 1:], gap[:, :, :-1])):
        if not near(float((a * b).mean()), 0, spread**2, a.size):
            raise CheckFailed(
                f"{told}, but neighbouring pixels share their fate.", SHAPE
            )


def look_at_seed(
    function: Function, name: str, level: float, rng: np.random.Generator
) -> None:
    """Look whether the seed, and nothing else, decides about the noise.

    Shapes are looked at as well: one image, images with two axes, both kinds of floats.

    Parameters
    ----------
    function : callable
        ``function(x, level, seed)``.
    name : str
        What the messages call the level.
    level : float
        A rate, or a standard deviation.
    rng : numpy.random.Generator
        Of the images and seeds.

    Raises
    ------
    CheckFailed
        If equal seeds differ, other seeds do not, or a shape is lost.
    """
    flat, square = images(rng, 12, 784), images(rng, 5, 28, 28)
    first, second = (int(seed) for seed in rng.choice(10_000, size=2, replace=False))
    for x in (flat, flat[:1], square, flat.astype(np.float32)):
        answer = call(function, **{"x": x, name: level, "seed": first})
        found = answer.array(x.shape)
        again = call(function, **{"x": x, name: level, "seed": first})
        if not np.array_equal(found, again.array(x.shape)):
            raise CheckFailed(
                f"{answer.told} gave another result when it was called again.",
                "Make the generator inside the function, from the seed: "
                "`rng = np.random.default_rng(seed)`.",
            )
        other = call(function, **{"x": x, name: level, "seed": second})
        if x is flat and np.array_equal(found, other.array(x.shape)):
            raise CheckFailed(
                f"{answer.told} gives the same as with seed={second}.",
                "Pass the seed that is given to the generator, not a number of your "
                "own.",
            )
