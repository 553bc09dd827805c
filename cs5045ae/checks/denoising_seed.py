"""What the checks of exercise 04_denoising ask of a seed, for images of any shape."""

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.denoising_noise import Function, images, look_at_pairs
from cs5045ae.checks.failure import CheckFailed

__all__ = ["look_at_seed"]


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
        If equal seeds differ, other seeds do not, a shape is lost, or the pixels of
        images with two axes are not drawn one by one.
    """
    flat, square = images(rng, 40, 784), images(rng, 40, 28, 28)
    first, second = (
        int(seed) for seed in rng.choice(np.arange(1, 10_000), size=2, replace=False)
    )
    single, apart = flat.astype(np.float32), True
    for x, seed in ((flat, first), (flat[:1], 0), (square, first), (single, first)):
        answer = call(function, **{"x": x, name: level, "seed": seed})
        found = answer.array(x.shape)
        again = call(function, **{"x": x, name: level, "seed": seed})
        if not np.array_equal(found, again.array(x.shape)):
            raise CheckFailed(
                f"{answer.told} gave another result when it was called again.",
                "Make the generator inside the function, from the seed: "
                "`rng = np.random.default_rng(seed)`."
                if seed
                else "0 is a seed like any other: `if seed` and `seed or ...` pass it "
                "over.",
            )
        other = call(function, **{"x": x, name: level, "seed": second})
        if len(x) > 1 and np.array_equal(found, other.array(x.shape)):
            raise CheckFailed(
                f"{answer.told} gives the same as with seed={second}.",
                "Nothing has changed: images of any shape are due, rows of pixels and "
                "squares."
                if x is not flat and np.allclose(found, x)
                else "Pass the seed that is given to the generator, not a number of "
                "your own.",
            )
        moved = (found - x).reshape(len(x), -1)
        if x is flat:
            # Numbers that are shared in rows of pixels as well are another check's.
            apart = _drawn_one_by_one(moved)
        if x is square and apart:
            look_at_pairs(f"{answer.subject} images with noise", moved)


def _drawn_one_by_one(moved: np.ndarray) -> bool:
    try:
        look_at_pairs("", moved)
    except CheckFailed:
        return False
    return True
