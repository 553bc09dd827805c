"""The checks of exercise 07_convolutional on arithmetic: tasks 1 and 2."""

from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.reference.convolutional import convolution_matrix as right_matrix
from cs5045ae.reference.convolutional_sizes import output_size as right_size
from cs5045ae.reference.convolutional_sizes import transposed_size as right_transposed

__all__ = [
    "check_convolution_matrix",
    "check_convolution_matrix_strides",
    "check_output_size",
    "check_transposed_size",
]

Function = Callable[..., Any]


@check(task="1")
def check_output_size(output_size: Function, *, rng: np.random.Generator) -> str:
    """Count the places of a window, for strides that fit and that do not."""
    shown = [(28, 3, 2, 1)]
    fixed = [(7, 3, 2, 0), (8, 3, 2, 0), (5, 5, 1, 0), (28, 2, 2, 0), (6, 3, 4, 2)]
    # In the first case no two mistakes give the same size.
    telling = (40, 9, 2, 6)
    cases = [telling, *shown, *fixed, *_fresh_sizes(rng)]
    for size, kernel, stride, padding in cases:
        room = size + 2 * padding - kernel
        call(
            output_size, size=size, kernel=kernel, stride=stride, padding=padding
        ).close(
            right_size(size, kernel, stride, padding),
            mistakes={
                "The padding counts twice: it is added at each end.": (
                    (size + padding - kernel) // stride + 1
                ),
                "The padding is missing.": (size - kernel) // stride + 1,
                "Add 1 after the division: the window also stands at its first place, "
                "before any step.": room // stride,
                "This rounds up, or takes away kernel - 1. Take the kernel away and "
                "round down: a window that does not fit whole finds no place.": (
                    -(-room // stride) + 1
                ),
                "The stride is missing: divide by it.": room + 1,
                "The kernel is missing.": (size + 2 * padding) // stride + 1,
                "The kernel is taken away: size + 2 * padding - kernel.": (
                    (size + 2 * padding + kernel) // stride + 1
                ),
                "The padding makes the image larger: it is added.": (
                    (size - 2 * padding - kernel) // stride + 1
                ),
                'This is the size for padding="same". Here the padding is given.': (
                    -(-size // stride)
                ),
                "This is the transposed convolution's formula.": (
                    stride * (size - 1) + kernel - 2 * padding
                ),
            },
            hint="floor((size + 2 * padding - kernel) / stride) + 1. Only the division "
            "is rounded.",
            shown=(size, kernel, stride, padding) in shown,
            whole=True,
            rtol=0,
            atol=0,
        )
    return "your sizes are right, also where the stride leaves pixels over"


@check(task="1")
def check_transposed_size(
    transposed_size: Function, *, rng: np.random.Generator
) -> str:
    """Count the outputs of a transposed convolution."""
    shown = [(14, 3, 2, 1, 1)]
    fixed = [(5, 4, 3, 1, 2), (4, 3, 1, 0, 0), (5, 2, 4, 0, 3), (1, 5, 2, 1, 0)]
    fresh = [
        (size, kernel, stride, min(padding, kernel // 2), int(rng.integers(stride)))
        for size, kernel, stride, padding in _fresh_sizes(rng)
    ]
    telling = (11, 12, 7, 2, 5)
    for size, kernel, stride, padding, extra in [telling, *shown, *fixed, *fresh]:
        want = right_transposed(size, kernel, stride, padding, extra)
        call(
            transposed_size,
            size=size,
            kernel=kernel,
            stride=stride,
            padding=padding,
            extra=extra,
        ).close(
            want,
            mistakes={
                "`extra` is missing.": want - extra,
                "The padding counts twice, once for each end.": want + padding,
                "The padding is taken away here: the convolution that is transposed "
                "had added it.": want + 4 * padding,
                "The padding is missing: it takes 2 p away.": want + 2 * padding,
                "There is one step less than there are pixels: size - 1.": (
                    want + stride
                ),
                'This is the size for padding="same" in Keras. Here the padding is '
                "given.": stride * size,
                "`extra` is added once, at one end.": want + extra,
                "`extra` is added, not taken away.": want - 2 * extra,
                "The kernel is missing.": want - kernel,
                "The stride multiplies size - 1.": (want - (stride - 1) * (size - 1)),
                "This is the convolution's formula; the transposed one leads back.": (
                    (size + 2 * padding - kernel) // stride + 1
                ),
            },
            hint="stride * (size - 1) + kernel - 2 * padding + extra.",
            shown=(size, kernel, stride, padding, extra) in shown,
            whole=True,
            rtol=0,
            atol=0,
        )
    return "your sizes of transposed convolutions are right"


@check(task="2")
def check_convolution_matrix(
    convolution_matrix: Function, *, rng: np.random.Generator
) -> str:
    """Compare the matrix for stride 1, kernels and images not square."""
    shown = np.array([[1.0, 2.0]])
    cases = [(shown, 1, 3), (_kernel(rng, 2, 3), 4, 6), (_kernel(rng, 3, 2), 5, 4)]
    for kernel, height, width in cases:
        _compare_matrix(convolution_matrix, kernel, height, width, 1, kernel is shown)
    return "your matrix times the flattened image is the convolution"


@check(task="2")
def check_convolution_matrix_strides(
    convolution_matrix: Function, *, rng: np.random.Generator
) -> str:
    """Use strides that leave pixels over, a full kernel, a single pixel."""
    for kernel, height, width, stride in [
        (_kernel(rng, 2, 3), 7, 8, 2),
        (_kernel(rng, 3, 2), 9, 7, 3),
        (_kernel(rng, 4, 5), 4, 5, 1),
        (_kernel(rng, 1, 1), 3, 4, 2),
        (_kernel(rng, 2, 2).astype(np.float32), 6, 5, 2),
    ]:
        _compare_matrix(convolution_matrix, kernel, height, width, stride, False)
    return "strides and kernels of every size are right too"


def _compare_matrix(
    function: Function,
    kernel: np.ndarray,
    height: int,
    width: int,
    stride: int,
    shown: bool,
) -> None:
    want = right_matrix(kernel, height, width, stride)
    pixels = height * width

    def other(kernel: np.ndarray) -> np.ndarray:
        return right_matrix(kernel, height, width, stride)

    rows, columns = kernel.shape
    wrong: dict[tuple[int, ...], str] = {}
    down, across = (height - rows) // stride + 1, (width - columns) // stride + 1
    for places, sentence in {
        (height - rows + 1, width - columns + 1): "The stride is missing: along both "
        "axes the kernel moves on by that many pixels.",
        (height - rows + 1, across): "The kernel moves down by the stride, too.",
        (down, width - columns + 1): "The kernel moves to the right by the stride, "
        "too.",
        (down - 1, across - 1): "The last place is missing: the kernel also stands "
        "where it ends at the image's edge.",
        (-(-height // stride), -(-width // stride)): "There is no padding: only "
        "places where the whole kernel fits count.",
        (-(-(height - rows) // stride) + 1, -(-(width - columns) // stride) + 1): (
            "Only places where the whole kernel fits count: round down."
        ),
        ((height - columns) // stride + 1, (width - rows) // stride + 1): (
            "The kernel is (rows, columns), the image (height, width): rows go with "
            "the height."
        ),
    }.items():
        if places[0] * places[1] != len(want):
            wrong.setdefault((places[0] * places[1], pixels), sentence)

    # As if the kernel moved on by one pixel from the end of a row of places.
    slid = np.stack([np.roll(want[0], i * stride) for i in range(len(want))])
    by_columns = want.reshape(-1, height, width).transpose(0, 2, 1)
    call(function, kernel=kernel, height=height, width=width, stride=stride).close(
        want,
        mistakes={
            "The kernel is turned around here. It stays as it is.": other(
                kernel[::-1, ::-1]
            ),
            "From the end of one row of places to the next, the kernel moves on by "
            "more than one pixel: it may not run over the image's edge.": slid,
            "Pixels are numbered row by row here, as `ravel` does.": (
                by_columns.reshape(want.shape)
            ),
        },
        hint="Row i * (output width) + j holds the kernel with its top left corner at "
        "pixel (stride * i, stride * j), and zeros.",
        shapes={
            want.shape[::-1]: "This is the transpose: one row for each place of the "
            "kernel, one column for each pixel.",
            **wrong,
            (pixels, pixels): "There is no padding: only places where the whole kernel "
            "fits count.",
            (pixels,): "This is one row. There is one for each place of the kernel.",
        },
        shown=shown,
    )


def _kernel(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    return rng.normal(size=(rows, columns))


def _fresh_sizes(rng: np.random.Generator) -> list[tuple[int, int, int, int]]:
    """Draw sizes, kernels, strides and paddings."""
    drawn = rng.integers([12, 2, 1, 0], [60, 8, 5, 4], size=(12, 4))
    return [(int(i), int(k), int(s), int(p)) for i, k, s, p in drawn]
