"""The checks of exercise 07_convolutional on the transposed convolution: task 5."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference import convolutional

__all__ = ["check_transposed_convolution", "check_transposed_shapes"]

Function = Callable[..., Any]
X = np.array([[0.0, 1.0], [2.0, 3.0]])
KERNEL = np.array([[1.0, 2.0], [3.0, 4.0]])


@check(task="5")
def check_transposed_convolution(
    transposed_convolution: Function, *, rng: np.random.Generator
) -> str:
    """Compare values for strides 1 to 3."""
    for x, kernel, stride in [
        (X, KERNEL, 2),
        (_drawn(rng, 4, 3), _drawn(rng, 3, 4), 2),
        (X, KERNEL, 1),
        (_drawn(rng, 3, 4), _drawn(rng, 3, 2), 1),
        (_drawn(rng, 2, 3), _drawn(rng, 4, 3), 3),
    ]:
        _compare_transposed(transposed_convolution, x, kernel, stride, x is X)
    return "zeros between, zeros around, the kernel turned: your values are right"


@check(task="5")
def check_transposed_shapes(
    transposed_convolution: Function, *, rng: np.random.Generator
) -> str:
    """Use one pixel, one row, float32, and kernels larger than the image."""
    for height, width, rows, columns, stride in [
        (1, 1, 3, 2, 2),
        (1, 5, 1, 3, 1),
        (6, 1, 5, 2, 2),
        (5, 4, 1, 1, 1),
        (3, 5, 6, 4, 3),
    ]:
        y, kernel = _drawn(rng, height, width), _drawn(rng, rows, columns)
        if rows == 1:
            y, kernel = y.astype(np.float32), kernel.astype(np.float32)
        _compare_transposed(transposed_convolution, y, kernel, stride, False)
    return "images and kernels of every shape are right too"


def _compare_transposed(
    function: Function, x: np.ndarray, kernel: np.ndarray, stride: int, shown: bool
) -> None:
    want = convolutional.transposed_convolution(x, kernel, stride)
    (height, width), (rows, columns) = x.shape, kernel.shape
    assigned = np.zeros_like(want)
    for i, j in np.ndindex(x.shape):
        top, left = stride * i, stride * j
        assigned[top : top + rows, left : left + columns] = x[i, j] * kernel
    repeated = convolutional.transposed_convolution(
        np.kron(x, np.ones((stride, stride))), kernel
    )
    spread = convolutional.insert_zeros(x, stride)
    call(function, x=x, kernel=kernel, stride=stride).close(
        want,
        mistakes={
            "The kernel has to be turned by half a turn, kernel[::-1, ::-1]: one pixel "
            "of value 1 must give the kernel as it is.": (
                convolutional.transposed_convolution(x, kernel[::-1, ::-1], stride)
            ),
            "The kernel is turned upside down, but not left to right: both axes have "
            "to be turned.": convolutional.transposed_convolution(
                x, kernel[:, ::-1], stride
            ),
            "The kernel is turned left to right, but not upside down: both axes have "
            "to be turned.": convolutional.transposed_convolution(
                x, kernel[::-1], stride
            ),
            "Where stamped kernels overlap, their values are added; here the last one "
            "wins.": assigned,
            "This repeats the pixels. Put zeros between them.": repeated[
                : want.shape[0], : want.shape[1]
            ],
        },
        hint="Insert zeros, pad by the kernel's size less one, slide the turned kernel "
        "with stride 1.",
        shapes={
            tuple(-(-size // stride) for size in want.shape): "The kernel slides with "
            "stride 1: the stride is in the zeros between.",
            (
                spread.shape[0] + 2 * columns - rows - 1,
                spread.shape[1] + 2 * rows - columns - 1,
            ): "rows - 1 zeros go above and below, columns - 1 left and right.",
            x.shape: "This has the shape of x. Insert zeros, pad, and slide the kernel "
            "with stride 1.",
            repeated.shape: "Zeros belong between the pixels alone, stride - 1 of "
            "them: none behind the last one, and no pixel is repeated.",
            (want.shape[0] + 2, want.shape[1] + 2): "This is padded by one too many at "
            "each end: rows - 1 and columns - 1.",
            (stride * height, stride * width): 'This is the shape of padding="same". '
            "Keep all that the kernel touches.",
            spread.shape: "The zeros between are there; the padding by rows - 1 and "
            "columns - 1 at each end is missing.",
        },
        shown=shown,
    )


def _drawn(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    return rng.normal(size=(rows, columns))
