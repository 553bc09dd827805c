"""The checks of exercise 04_denoising on the three corruptions: tasks 1 to 3."""

from statistics import NormalDist

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.denoising_noise import (
    SHAPE,
    Function,
    images,
    look_at_brightness,
    look_at_hits,
    look_at_pairs,
    near,
)
from cs5045ae.checks.denoising_seed import look_at_seed
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.words import index

__all__ = [
    "check_add_gaussian",
    "check_add_gaussian_seed",
    "check_mask",
    "check_mask_seed",
    "check_salt_and_pepper",
    "check_salt_and_pepper_seed",
]


@check(task="1")
def check_mask(mask: Function, *, rng: np.random.Generator) -> str:
    """Hit pixels are 0, the others as they were, and the share is right."""
    for rate in (0.25, float(rng.uniform(0.1, 0.4)), 0.7, 1.0, 0.0):
        x = images(rng, 150, 784)
        answer = call(mask, x=x, rate=rate, seed=int(rng.integers(10_000)))
        found = answer.array(x.shape)
        hit = np.abs(found - x) > 1e-5
        _only(answer, found, x, (0.0,))
        look_at_hits(answer, hit, x, rate)
    return "hit pixels are 0, all others as they were, and the share of hits is right"


def _of_mask(found: np.ndarray, x: np.ndarray, hit: np.ndarray) -> str:
    """Say what happened to pixels that were changed to something else than 0."""
    others = hit & (np.abs(found) > 1e-5)
    if np.abs(found - x)[others].max() < 0.01:
        return "The pixels that stay are not rounded."
    if np.isin(found, (0.0, 1.0)).all() and hit.all():
        return "This is the mask alone: multiply x by it."
    scale = found[others] / x[others]
    if np.ptp(found[others]) < 1e-5:
        return f"Hit pixels become 0, not {found[others][0]:.3g}."
    if np.ptp(scale) > 1e-3:
        return (
            "Multiply by a mask of zeros and ones. Random numbers in the mask dim the "
            "pixels instead."
        )
    if scale[0] > 1:
        return (
            "The pixels that stay were made brighter, as dropout does by "
            "1 / (1 - rate). Masking leaves them as they are."
        )
    return (
        "Every pixel was made darker by the same factor. Draw for each pixel whether "
        "it stays."
    )


@check(task="1")
def check_mask_seed(mask: Function, *, rng: np.random.Generator) -> str:
    """Look whether the seed decides, and whether the shape stays."""
    look_at_seed(mask, "rate", 0.3, rng)
    return "equal seeds mask alike, other seeds do not, for images of any shape"


@check(task="2")
def check_add_gaussian(add_gaussian: Function, *, rng: np.random.Generator) -> str:
    """Mean, spread and form of the noise, then what clipping makes of it."""
    for x in (images(rng, 60, 784), np.full((40, 784), 0.5)):
        sigma = float(rng.uniform(0.002, 0.004))
        answer = _gaussian(add_gaussian, x, sigma, rng)
        noise = answer.array(x.shape, low=0, high=1, hint=CLIP) - x
        _places(answer, noise)
        _spread(answer, noise, sigma)
        _form(answer, noise, sigma)
    for level in (0.0, 1.0, 0.4):
        x, sigma = np.full((80, 784), level), float(rng.uniform(0.3, 0.7))
        answer = _gaussian(add_gaussian, x, sigma, rng)
        _clipped(answer, answer.array(x.shape, low=0, high=1, hint=CLIP), level, sigma)
    x = images(rng, 3, 784)
    hint = "With sigma=0 there is no noise at all: this is x."
    _gaussian(add_gaussian, x, 0.0, rng).close(x, hint=hint)
    return "the noise has the right spread at every pixel, and the result is clipped"


CLIP = "Clip the noisy image (not the noise) to the range of pixels: `.clip(0, 1)`."


def _gaussian(
    function: Function, x: np.ndarray, sigma: float, rng: np.random.Generator
) -> Answer:
    return call(function, x=x, sigma=sigma, seed=int(rng.integers(10_000)))


def _spread(answer: Answer, noise: np.ndarray, sigma: float) -> None:
    told = (
        f"{answer.subject} images that differ from x by {noise.mean():.4f} on average, "
        f"with a standard deviation of {noise.std():.4f}"
    )
    if not near(float(noise.std()), sigma, sigma / 2**0.5, noise.size):
        known = {
            "Nothing has changed. Return the array that you changed.": 0.0,
            "sigma is the standard deviation; you used it as the variance.": sigma**0.5,
            "You squared sigma: `rng.normal` takes the standard deviation.": sigma**2,
            "Noise between 0 and sigma, or between -sigma and sigma, is uniform; "
            "normal noise is due.": sigma / 3**0.5,
            "Noise between 0 and sigma is uniform; normal noise is due.": (
                sigma / 12**0.5
            ),
        }
        hint = "Standard normal numbers times sigma have the standard deviation sigma."
        for sentence, wrong in known.items():
            if abs(noise.std() - wrong) <= 0.02 * max(wrong, 1e-6):
                hint = sentence
                break
        raise CheckFailed(f"{told}; {sigma:.4f} is due.", hint)
    if not near(float(noise.mean()), 0, sigma, noise.size):
        raise CheckFailed(f"{told}.", "The noise has mean 0: some of it is negative.")


def _places(answer: Answer, noise: np.ndarray) -> None:
    """Look for noise that is not drawn for each pixel, whatever its spread."""
    told = f"{answer.subject} images with noise"
    if noise.std() > 1e-6 and np.abs(noise - noise[0]).max() < 1e-6:
        raise CheckFailed(f"{told} that is the same in every image.", SHAPE)
    gap = noise - noise.mean()
    for axis, unit in ((1, "image"), (0, "pixel")):
        room = 6.5 * noise.std() / noise.shape[axis] ** 0.5 + 1e-6
        if np.abs(gap.mean(axis=axis)).max() > room:
            raise CheckFailed(f"{told} that moves some {unit}s as a whole.", SHAPE)
    look_at_pairs(told, noise)


def _form(answer: Answer, noise: np.ndarray, sigma: float) -> None:
    """Look for noise that is not normal."""
    beyond = 2 * (1 - NormalDist().cdf(2.0))
    share = float((np.abs(noise) > 2 * sigma).mean())
    if not near(share, beyond, beyond**0.5, noise.size):
        raise CheckFailed(
            f"{answer.subject} images with noise of which {share:.1%} lies beyond 2 "
            f"sigma; {beyond:.1%} is due.",
            "Is it normal noise? `rng.standard_normal(x.shape)` draws it.",
        )


def _clipped(answer: Answer, found: np.ndarray, level: float, sigma: float) -> None:
    """Compare the share of black and of white pixels with that of clipped noise."""
    normal = NormalDist(level, sigma)
    for edge, due in ((0, normal.cdf(0)), (1, 1 - normal.cdf(1))):
        share = float((np.abs(found - edge) < 1e-6).mean())
        if not near(share, due, (due * (1 - due)) ** 0.5, found.size):
            raise CheckFailed(
                f"{answer.subject} images with {share:.1%} of the pixels at {edge}; "
                f"about {due:.1%} is due.",
                "Whatever falls below 0 becomes 0, and whatever exceeds 1 becomes 1: "
                "do not scale, reflect or draw again. " + CLIP,
            )


@check(task="2")
def check_add_gaussian_seed(add_gaussian: Function, *, rng: np.random.Generator) -> str:
    """Look whether the seed decides, and whether the shape stays."""
    look_at_seed(add_gaussian, "sigma", 0.3, rng)
    return "equal seeds add equal noise, other seeds do not, for images of any shape"


@check(task="3")
def check_salt_and_pepper(
    salt_and_pepper: Function, *, rng: np.random.Generator
) -> str:
    """Hit pixels are 0 or 1 with equal chance, and no hit pixel stays."""
    for rate in (float(rng.uniform(0.1, 0.4)), 0.5, 1.0, 0.0):
        x = images(rng, 150, 784)
        answer = call(salt_and_pepper, x=x, rate=rate, seed=int(rng.integers(10_000)))
        found = answer.array(x.shape)
        hit = np.abs(found - x) > 1e-5
        _only(answer, found, x, (0.0, 1.0))
        look_at_hits(
            answer,
            hit,
            x,
            rate,
            {
                "A third of your hits change nothing: a hit pixel becomes salt or "
                "pepper, never what it was.": 2 * rate / 3,
                "Salt falls on some of the pepper, or the other way round: let one "
                "draw decide which pixels are hit at all.": rate - rate**2 / 4,
                "rate is the share of both kinds together, half of it each.": (
                    min(2 * rate, 1.0) if rate >= 0.5 else 2 * rate
                ),
                "One of the two kinds is missing.": rate / 2,
                "rate is the share of both kinds together, half of it each; and the "
                "second kind falls on some of the first.": 1 - (1 - rate) ** 2,
            },
        )
        salt = float((found[hit] > 0.5).mean()) if rate else 0.5
        if rate and not near(salt, 0.5, 0.5, int(hit.sum())):
            raise CheckFailed(
                f"{answer.subject} images in which {salt:.1%} of the hit pixels are "
                "white; half of them is due.",
                "A hit pixel becomes 0 or 1 with equal chance.",
            )
        if rate == 1:
            white = (found > 0.5).mean(axis=1)
            if np.abs(white - 0.5).max() > 6.5 * 0.5 / 784**0.5:
                raise CheckFailed(
                    f"{answer.subject} images with much more of one kind than of the "
                    "other.",
                    "Draw for each hit pixel anew whether it becomes 0 or 1.",
                )
            told = f"{answer.subject} images of salt and pepper"
            look_at_pairs(told, found)
            look_at_brightness(told, found, x)
    return "half of the hit pixels are 0, half are 1, and all others are as they were"


@check(task="3")
def check_salt_and_pepper_seed(
    salt_and_pepper: Function, *, rng: np.random.Generator
) -> str:
    """Look whether the seed decides, and whether the shape stays."""
    look_at_seed(salt_and_pepper, "rate", 0.3, rng)
    return "equal seeds hit alike, other seeds do not, for images of any shape"


def _only(
    answer: Answer, found: np.ndarray, x: np.ndarray, values: tuple[float, ...]
) -> None:
    """Complain of a pixel that was changed to none of these values."""
    hit = np.abs(found - x) > 1e-5
    strange = hit & (np.abs(found[..., None] - np.array(values)).min(axis=-1) > 1e-5)
    if strange.any():
        at = tuple(np.argwhere(strange)[0])
        wanted = " or ".join(f"{value:g}" for value in values)
        raise CheckFailed(
            f"{answer.subject} {found[at]:.4g} at {index(at)}, which is neither what "
            f"x holds there nor {wanted}.",
            answer.coarse() or _of_mask(found, x, hit)
            if values == (0.0,)
            else answer.coarse()
            or "A pixel is either as it was, or exactly 0, or exactly 1.",
        )
