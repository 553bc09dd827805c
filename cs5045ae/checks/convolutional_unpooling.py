"""The checks of exercise 07_convolutional on unpooling: task 4."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import convolutional_pooling as reference

__all__ = ["check_unpool", "check_unpool_sizes"]

Function = Callable[..., Any]
SHOWN = (
    np.array([[4.0, 5.0], [7.0, 9.0]])[None, :, :, None],
    np.array([[4, 7], [12, 10]])[None, :, :, None],
)


@check(task="4")
def check_unpool(unpool: Function, *, rng: np.random.Generator) -> str:
    """Put values at their places, in batches and channels."""
    cases = [(*SHOWN, 4, 4), *(_random_places(rng, 3, 6, 8, 2) for _ in range(2))]
    for pooled, locations, height, width in cases:
        _compare_unpooled(unpool, pooled, locations, height, width, len(pooled) == 1)
    return "each value stands at its location, and all else is zero"


@check(task="4")
def check_unpool_sizes(unpool: Function, *, rng: np.random.Generator) -> str:
    """Use odd sizes, negative numbers, float32, one image, one window."""
    for n, height, width, channels in [
        (2, 5, 7, 2),
        (1, 3, 4, 3),
        (2, 7, 3, 1),
        (1, 2, 2, 1),
    ]:
        pooled, locations, _, _ = _random_places(rng, n, height, width, channels)
        negative = -pooled.astype(np.float32)
        _compare_unpooled(unpool, negative, locations, height, width)
    return "odd sizes, one image and negative numbers are right too"


def _compare_unpooled(
    function: Function,
    pooled: np.ndarray,
    locations: np.ndarray,
    height: int,
    width: int,
    shown: bool = False,
) -> None:
    want = reference.unpool(pooled, locations, height, width)
    n, tall, wide, channels = pooled.shape
    repeated = pooled.repeat(2, axis=1).repeat(2, axis=2)[:, :height, :width]
    corner = np.zeros_like(want)
    corner[:, ::2, ::2] = pooled
    at_once = np.zeros_like(want).reshape(n, -1)
    for i in range(n):
        at_once[0, locations[i].ravel()] = pooled[i].ravel()
    carried = np.zeros_like(want).reshape(n, -1)
    for i in range(n):
        for j in range(i + 1):
            carried[i, locations[j].ravel()] = pooled[j].ravel()
    shapes = {
        (n, width, height, channels): "Height comes before width.",
        (n, 2 * tall, 2 * wide, channels): "The size is not always twice the "
        "pooled one: take height and width.",
        (n, height * width * channels): "The images are still flat: reshape them.",
        (n, height, width): "The channels are missing.",
        (n, channels, height, width): "The channels come last.",
    }
    shapes.pop(want.shape, None)
    call(
        function, pooled=pooled, locations=locations, height=height, width=width
    ).close(
        want,
        mistakes={
            "This repeats each value over its window. It belongs at its location "
            "alone; all else is zero.": repeated,
            "This puts every value into the top left corner of its window. The "
            "locations say where it belongs.": corner,
            "All images are written into the first one. Each has zeros of its own, and "
            "the count starts again.": at_once.reshape(want.shape),
            "Every image gets the values and places of the first one.": (
                np.broadcast_to(want[:1], want.shape)
            ),
            "Every image is the last one: each needs an array of its own.": (
                np.broadcast_to(want[-1:], want.shape)
            ),
            "Values of the images before are still there: begin each image with zeros "
            "of its own.": carried.reshape(want.shape),
        },
        hint="Write pooled[i] at locations[i] into a flat image of zeros, of height * "
        "width * channels numbers, and reshape.",
        shapes=shapes,
        shown=shown,
    )


def _random_places(
    rng: np.random.Generator, n: int, height: int, width: int, channels: int
) -> tuple[np.ndarray, np.ndarray, int, int]:
    """Draw values and, independent of them, a place in the window of each."""
    _, locations = reference.max_pool_with_locations(
        rng.random((n, height, width, channels)), padding="same"
    )
    return rng.uniform(0.1, 1, size=locations.shape), locations, height, width
