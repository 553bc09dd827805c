"""The checks of exercise 07_convolutional on pooling with locations: task 3."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.words import index
from cs5045ae.reference.convolutional_pooling import max_pool_with_locations

__all__ = [
    "check_locations",
    "check_odd_sizes",
    "check_pooled",
]

Function = Callable[..., Any]
SHOWN = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 6, 3, 8]], dtype=float)


@check(task="3")
def check_pooled(max_pool: Function, *, rng: np.random.Generator) -> str:
    """Compare the maxima, in batches and channels, of even sizes."""
    for x in [SHOWN[None, :, :, None], rng.random((3, 4, 6, 2))]:
        pooled, _, _ = _pool(max_pool, x)
        want, _ = max_pool_with_locations(x, padding="same")
        blocks = _blocks(x)
        pooled.close(
            want,
            mistakes={
                "This is the mean of each window; the maximum is due.": (
                    blocks.mean(axis=(2, 4))
                ),
                "This is the minimum of each window; the maximum is due.": (
                    blocks.min(axis=(2, 4))
                ),
                "This is the maximum over all channels; each channel has its own.": (
                    np.broadcast_to(want.max(axis=-1, keepdims=True), want.shape)
                ),
                "Every image has the values of the first one.": (
                    np.broadcast_to(want[:1], want.shape)
                ),
                "This is every window's top left pixel.": blocks[:, :, 0, :, 0],
                "These are cut to whole numbers: an array of type int keeps no "
                "fractions.": np.trunc(want),
            },
            hint="Of each window of 2 by 2 pixels the largest, in each image and "
            "channel.",
            shapes=_pooled_shapes(x),
            shown=len(x) == 1,
        )
    return "every window gives its largest number, in each image and channel"


@check(task="3")
def check_locations(max_pool: Function, *, rng: np.random.Generator) -> str:
    """Compare flat indices in batches and channels; take any of equal maxima."""
    twice = np.stack([SHOWN, SHOWN])[..., None]
    few = rng.integers(-1, 2, size=(2, 8, 6, 3)).astype(np.float32)
    few[0, 2:4, 2:4, 0] = -1  # a window without any number from 0 on
    # Three channels: with two, twice the pooled width is the width. Then an image of
    # more than 256 numbers, and another of the same shape.
    large = [rng.random((1, 12, 14, 2)) for _ in range(2)]
    drawn: list[np.ndarray] = [rng.random((3, 4, 6, 3)), *large, few]
    for x in [twice[:1], twice, *drawn, np.zeros((2, 2, 4, 2))]:
        _, locations, answer = _pool(max_pool, x)
        _compare_locations(locations, answer, x)
    return "every location is the flat index of a maximum, in its own image"


@check(task="3")
def check_odd_sizes(max_pool: Function, *, rng: np.random.Generator) -> str:
    """Use odd heights and widths, negative numbers, a single pixel."""
    for shape in [(1, 3, 3, 1), (2, 5, 4, 3), (2, 4, 7, 3), (1, 1, 1, 2), (1, 1, 5, 1)]:
        for x in (rng.random(shape), -1 - rng.random(shape)):
            want, _ = max_pool_with_locations(x, padding="same")
            pooled, locations, answer = _pool(max_pool, x)
            pooled.close(
                want,
                mistakes={
                    "Here all numbers are negative, and a zero from beyond the edge "
                    "wins. Beyond the edge there is nothing.": np.where(
                        _cut(x), 0.0, want
                    ),
                    "Here all numbers are negative. Do you start from 0?"
                    if x.max() < 0
                    else "These are cut to whole numbers: an array of type int keeps "
                    "no fractions.": 0 * want,
                },
                hint="Windows at the lower and right edge may have one row or one "
                "column only. They count, with what they have.",
                shapes=_pooled_shapes(x),
            )
            _compare_locations(locations, answer, x)
    return "windows cut off by the edge and negative numbers are right too"


def _pool(max_pool: Function, x: np.ndarray) -> tuple[Answer, Answer, Answer]:
    answer = call(max_pool, x=x)
    pooled, locations = answer.parts("pooled", "locations")
    return pooled, locations, answer


def _pooled_shapes(x: np.ndarray) -> dict[tuple[int, ...], str]:
    n, height, width, channels = x.shape
    small = (-(-height // 2), -(-width // 2))
    cut = (n, height // 2, width // 2, channels)
    shapes = {
        cut: "A row or column left over at the end makes windows of its own: round "
        "up, not down.",
        (n, height - 1, width - 1, channels): "The windows stand side by side: the "
        "next one begins two pixels on.",
        (n, *small): "Each channel has maxima of its own: the last axis stays.",
        (*small, channels): "Each image has maxima of its own: the first axis stays.",
        (n, channels, *small): "The channels come last.",
    }
    shapes.pop((n, *small, channels), None)
    return shapes


def _compare_locations(locations: Answer, answer: Answer, x: np.ndarray) -> None:
    """Complain unless each location is that of a maximum of its window."""
    pooled, want = max_pool_with_locations(x, padding="same")
    n, height, width, channels = x.shape
    shapes = _pooled_shapes(x)
    shapes[(*want.shape, 2)] = (
        "One number for each maximum: (row * width + column) * channels + channel."
    )
    if x.shape != want.shape:
        shapes[x.shape] = (
            "One number for each window says where its maximum is; no image of marks "
            "is due."
        )
    got = locations.array(want.shape, shapes=shapes, whole=True)
    pixels = height * width * channels
    image = np.arange(n)[:, None, None, None]
    c = np.arange(channels)
    inside = (got >= 0) & (got < pixels)
    flat = np.where(inside, got, 0)
    row, column = flat // channels // width, flat // channels % width
    _, tall, wide, _ = want.shape
    right = (
        inside
        & (flat % channels == c)
        & (row // 2 == np.arange(tall)[:, None, None])
        & (column // 2 == np.arange(wide)[:, None])
        & (x[image, row, column, np.broadcast_to(c, flat.shape)] == pooled)
    )
    if right.all():
        return
    y, x_at = want // channels // width, want // channels % width
    even = width + width % 2
    mistakes = {
        "The count starts again with every image; here it goes on from one image to "
        "the next.": want + image * pixels,
        "The channels are part of the index: (row * width + column) * channels + "
        "channel.": y * width + x_at,
        "The channel itself is still to be added: (row * width + column) * channels + "
        "channel.": (y * width + x_at) * channels,
        "The channel runs fastest: multiply by the number of channels, then add the "
        "channel.": c * (height * width) + y * width + x_at,
        "Row and column are multiplied by the number of channels, both: (row * width + "
        "column) * channels + channel.": y * width + x_at * channels + c,
        "Locations are counted from 0.": want + 1,
        "Beyond 255 `uint8` starts again from 0: use int64.": want % 256,
        "This is the number of the pixel inside its window. The index into the whole "
        "image is due.": y % 2 * 2 + x_at % 2,
        "The width is that of the image itself, without anything added to make it "
        "even.": (y * even + x_at) * channels + c,
        "A whole row above adds the width, not the height.": (
            (y * height + x_at) * channels + c
        ),
        "Rows come first: (row * width + column), not (column * height + row).": (
            (x_at * height + y) * channels + c
        ),
        "The width is that of the image, not that of the pooled image.": (
            (y * wide + x_at) * channels + c
        ),
        "These are the indices of the windows' top left pixels. Where in the window is "
        "the maximum?": ((y // 2 * 2) * width + x_at // 2 * 2) * channels + c,
    }
    hint = "(row * width + column) * channels + channel, row and column in the image."
    for sentence, wrong in mistakes.items():
        if np.array_equal(got, np.broadcast_to(wrong, got.shape)):
            hint = sentence
            break
    at = tuple(np.argwhere(~right)[0])
    raise CheckFailed(
        f"{locations.subject} {int(got[at])} at {index(at)}, which is not "
        "where that window has its maximum.",
        hint,
    )


def _blocks(x: np.ndarray) -> np.ndarray:
    n, height, width, channels = x.shape
    return x.reshape(n, height // 2, 2, width // 2, 2, channels)


def _cut(x: np.ndarray) -> np.ndarray:
    """Tell which windows the edge cuts off, as an array of the pooled shape."""
    n, height, width, channels = x.shape
    low = np.arange(-(-height // 2)) * 2 + 1 >= height
    right = np.arange(-(-width // 2)) * 2 + 1 >= width
    cut = (low[:, None] | right)[None, :, :, None]
    return np.broadcast_to(cut, (n, *cut.shape[1:3], channels))
