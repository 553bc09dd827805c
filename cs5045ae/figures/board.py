"""A blank board for drawings: boxes, arrows and words, without axes."""

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Polygon

__all__ = ["CODE", "DATA", "LAYER", "NOISE", "Board"]

LAYER, CODE, DATA, NOISE = "#0072B2", "#D55E00", "#555555", "#009E73"
"""Colours of layers, of the code, of data and of noise, as in the other figures."""

Point = tuple[float, float]


class Board:
    """A figure of so many units across and up; one unit is half an inch.

    Parameters
    ----------
    width, height : float
        Size in units. A notebook column takes 16 units across.
    title : str
        Title of the figure.
    """

    def __init__(self, width: float, height: float, title: str = "") -> None:
        self.figure, self.axes = plt.subplots(figsize=(width / 2, height / 2))
        self.axes.set(xlim=(0, width), ylim=(0, height), title=title)
        self.axes.set_aspect("equal")
        self.axes.axis("off")

    def box(self, x: float, y: float, size: Point, text: str, colour: str) -> None:
        """Draw a rounded box around a centre, with words in it."""
        width, height = size
        corner = (x - width / 2, y - height / 2)
        shape = FancyBboxPatch(
            corner, width, height, boxstyle="round,pad=0,rounding_size=0.12"
        )
        shape.set(facecolor=f"{colour}22", edgecolor=colour, linewidth=1.4)
        self.axes.add_patch(shape)
        self.words(x, y, text)

    def wedge(self, x: Point, heights: Point, y: float, text: str, colour: str) -> None:
        """Draw a layer that narrows or widens from left to right, with words in it."""
        (x0, x1), (left, right) = x, heights
        corners = [
            (x0, y - left / 2),
            (x1, y - right / 2),
            (x1, y + right / 2),
            (x0, y + left / 2),
        ]
        self.axes.add_patch(
            Polygon(corners, facecolor=f"{colour}22", edgecolor=colour, linewidth=1.4)
        )
        self.words((x0 + x1) / 2, y, text)

    def arrow(
        self, start: Point, end: Point, colour: str = DATA, bend: float = 0
    ) -> None:
        """Draw an arrow; `bend` curves it to one side, as a share of its length."""
        style = {"arrowstyle": "-|>", "color": colour, "linewidth": 1.4}
        style["connectionstyle"] = f"arc3,rad={bend}"
        self.axes.annotate("", end, start, arrowprops=style)

    def words(self, x: float, y: float, text: str, **how: Any) -> None:
        """Write words around a centre."""
        how = {"ha": "center", "va": "center", "fontsize": 10, **how}
        self.axes.text(x, y, text, **how)

    def image(self, x: float, y: float, size: float, picture: np.ndarray) -> None:
        """Show a grey image around a centre; 0 is white and 1 is black."""
        side = round(np.sqrt(picture.size))
        inset = self._inset(x, y, size)
        inset.imshow(np.reshape(picture, (side, side)), vmin=0, vmax=1)

    def table(
        self, x: float, y: float, size: float, rows: np.ndarray, colours: np.ndarray
    ) -> None:
        """Write a square table of numbers around a centre, each cell in its colour."""
        step = size / len(rows)
        for i, (row, shades) in enumerate(zip(rows, colours, strict=True)):
            for j, (value, shade) in enumerate(zip(row, shades, strict=True)):
                left, low = x - size / 2 + j * step, y + size / 2 - (i + 1) * step
                corners = [
                    (left, low),
                    (left + step, low),
                    (left + step, low + step),
                    (left, low + step),
                ]
                self.axes.add_patch(
                    Polygon(corners, facecolor=shade, edgecolor="white", linewidth=1.2)
                )
                self.words(left + step / 2, low + step / 2, f"{value:g}", fontsize=9)

    def _inset(self, x: float, y: float, size: float) -> Axes:
        corner = (x - size / 2, y - size / 2, size, size)
        inset = self.axes.inset_axes(corner, transform=self.axes.transData)
        inset.set(xticks=[], yticks=[])
        inset.grid(False)
        for spine in inset.spines.values():
            spine.set(visible=True, color="#AAAAAA")
        return inset
