"""What the checks of exercise 04_denoising look for in random answers.

Nothing here compares with one seeded array, since right answers draw in different
orders. What is looked at are shares and means, with room for five standard deviations
of chance (six where many are looked at together).
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed

__all__ = ["images", "look_at_brightness", "look_at_hits", "look_at_pairs", "near"]

Function = Callable[..., Any]
SHAPE = "Draw one random number for each pixel of each image, in the shape of x."
ANEW = (
    f"{SHAPE} A generator that is made anew from the same seed, in a loop for example, "
    "gives the same numbers again."
)


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
    x: np.ndarray,
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
    x : array of shape `(n, d)`
        The images before.
    rate : float
        The share that is due.
    shares : mapping from a sentence to a share, optional
        What wrong shares that students really make tell.

    Raises
    ------
    CheckFailed
        If the hits are too many or too few, the same in all images, whole images, in
        clusters, the same in some images, or go with the brightness of the pixels.
    """
    share = float(hit.mean())
    told = f"{answer.subject} images in which {share:.1%} of the pixels are changed"
    if 0 < share < 1:
        _look_at_places(answer, told, hit, share)
        look_at_brightness(told, hit, x)
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
    look_at_pairs(told, hit)


def look_at_brightness(told: str, values: np.ndarray, x: np.ndarray) -> None:
    """Complain if what chance decides `(n, d)` goes with the pixels of x `(n, d)`."""
    gap, light = values - values.mean(), x - x.mean()
    spread = float(gap.std() * light.std())
    if not near(float((gap * light).mean()), 0, spread, gap.size):
        raise CheckFailed(
            f"{told}, but that goes with the brightness of the pixels.",
            "Chance alone decides, whatever the pixel's value is.",
        )


def look_at_pairs(told: str, values: np.ndarray) -> None:
    """Complain if some images, or some pixels, share their random numbers.

    The covariances of all pairs are squared and averaged. Where every number is drawn
    on its own, that mean is the variance squared by the length of what is compared. A
    single pair of images that are much alike is seen too.

    Parameters
    ----------
    told : str
        How the message begins.
    values : array of shape `(n, d)`
        What chance decided: the noise, or whether a pixel was hit.

    Raises
    ------
    CheckFailed
        If the mean is higher than chance allows.
    """
    gap = values - values.mean()
    for unit, part in (("image", gap), ("pixel", gap.T)):
        m, size = part.shape
        if m < 2 or size < 20 or not part.any():
            continue
        products = part @ part.T / size
        np.fill_diagonal(products, 0.0)
        pairs = m * (m - 1)
        ratio = size * float((products**2).sum()) / pairs / float(gap.var()) ** 2
        equal = unit == "image" and np.abs(products).max() > 0.5 * gap.var()
        if equal or ratio > 1 + PAIRS * (4 / pairs) ** 0.5:
            raise CheckFailed(
                f"{told}, but the random numbers of some {unit}s follow from those of "
                "others.",
                ANEW if unit == "image" else SHAPE,
            )


PAIRS = 8.0
"""How many standard deviations above chance the pairs may be."""
