"""Drawings of pooling that keeps its locations, and of the autoencoder that uses them.

Source: deck, "Convolutional autoencoder"; Zeiler and Fergus (2014) call the locations
switches.
"""

from collections.abc import Sequence

import numpy as np

from cs5045ae.figures.board import CODE, DATA, LAYER, Board
from cs5045ae.figures.picture import Picture, describe

__all__ = ["convolutional", "pooling_locations"]

TITLE = "Each pooling layer sends its locations to an unpooling layer"


def pooling_locations(values: np.ndarray) -> Picture:
    """Draw max pooling that keeps its locations, and the unpooling that uses them.

    Parameters
    ----------
    values : array of shape (4, 4)
        One feature map, pooled by windows of 2 x 2.

    Raises
    ------
    ValueError
        If `values` has another shape.
    """
    values = np.asarray(values, dtype=float)
    if values.shape != (4, 4):
        raise ValueError(f"values must have the shape (4, 4), not {values.shape}")
    blocks = values.reshape(2, 2, 2, 2).transpose(0, 2, 1, 3).reshape(2, 2, 4)
    pooled, place = blocks.max(axis=2), blocks.argmax(axis=2)
    shades = np.array([["#CFE3F0", "#F6D5BF"], ["#C9E8DD", "#F0DCE7"]])
    unpooled, colours = np.zeros((4, 4)), np.full((4, 4), "#F2F2F2", dtype=object)
    bright = np.full((4, 4), "#F2F2F2", dtype=object)
    for i in range(2):
        for j in range(2):
            row, column = 2 * i + place[i, j] // 2, 2 * j + place[i, j] % 2
            unpooled[row, column] = pooled[i, j]
            colours[row, column] = bright[row, column] = shades[i, j]
    board = Board(16, 6.2, "Pooling keeps each maximum and its location")
    y = 3.9
    board.table(2.2, y, 3.6, values, bright)
    board.table(7.9, y, 1.8, pooled, shades)
    board.table(13.6, y, 3.6, unpooled, colours)
    board.arrow((4.2, y), (6.8, y))
    board.words(5.5, y + 0.4, "max pool")
    board.arrow((9, y), (11.6, y))
    board.words(10.3, y + 0.4, "unpool")
    board.arrow((2.2, 1.9), (13.6, 1.9), CODE, bend=0.16)
    board.words(7.9, 0.45, "the four locations go past the code", color=CODE)
    return describe(
        board.figure,
        "A map of 4 by 4 numbers. Max pooling keeps the largest of each 2 by 2 window, "
        f"{', '.join(f'{value:g}' for value in pooled.ravel())}. "
        "Unpooling puts each maximum back at its location and fills the rest with 0; "
        "the locations reach it past the code.",
    )


def convolutional(maps: Sequence[tuple[int, int]], code_size: int) -> Picture:
    """Draw a convolutional autoencoder whose pooling locations go to its decoder.

    Parameters
    ----------
    maps : sequence of (int, int)
        Side and channels of the image and after each pooling layer, such as
        ``[(28, 1), (14, 8), (7, 16)]``.
    code_size : int
        Numbers per code.
    """
    board = Board(16, 7.6, TITLE)
    count, y = len(maps), 3.4
    gap = 6.2 / count
    for i, (side, channels) in enumerate(maps):
        size = (0.95, 0.7 + side / 10)
        name = f"{side} x {side}\nx {channels}"
        colour = DATA if i == 0 else LAYER
        left, right = 1.1 + i * gap, 14.9 - i * gap
        board.box(left, y, size, "x" if i == 0 else "", colour)
        board.box(right, y, size, "x_hat" if i == 0 else "", colour)
        for middle in (left, right):
            board.words(middle, y - size[1] / 2 - 0.5, name, fontsize=9)
        if i:
            board.arrow((left - gap + 0.5, y), (left - 0.5, y))
            board.arrow((right + 0.5, y), (right + gap - 0.5, y))
            board.words(left - gap / 2, y + 0.55, "conv\npool", fontsize=9)
            board.words(right + gap / 2, y + 0.55, "unpool\nconv", fontsize=9)
            top = y + 1.5 + 0.75 * (count - i)
            ends = (left - gap / 2, right + gap / 2)
            board.axes.plot(
                [ends[0], ends[0], ends[1]], [y + 1.1, top, top], color=CODE, lw=1.4
            )
            board.arrow((ends[1], top), (ends[1], y + 1.1), CODE)
            board.words(8, top + 0.25, f"locations of pooling {i}", color=CODE)
    board.box(8, y, (0.95, 0.8), f"z\n{code_size}", CODE)
    board.arrow((1.1 + (count - 1) * gap + 0.5, y), (7.5, y))
    board.arrow((8.5, y), (14.9 - (count - 1) * gap - 0.5, y))
    return describe(
        board.figure,
        f"From x, {count - 1} steps of convolution and pooling lead to z with "
        f"{code_size} numbers, and {count - 1} steps of unpooling and convolution from "
        "z to x_hat. "
        "The locations of each pooling layer go past z to the unpooling layer of the "
        "same size.",
    )
