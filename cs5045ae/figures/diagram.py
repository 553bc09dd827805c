"""A drawing of a network: one bar a layer, as tall as the layer is wide."""

from collections.abc import Sequence
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import Polygon, Rectangle

from cs5045ae.figures.picture import Picture, describe

GAP, BAR = 1.5, 0.34
WIDEST = 8.0
"""Inches that a drawing is wide at most."""


def network(
    sizes: Sequence[int],
    *,
    names: Sequence[str] | None = None,
    title: str = "",
    alt: str | None = None,
) -> Picture:
    """Draw the layers of an autoencoder from left to right, the code in orange.

    A bar's height grows with the logarithm of its layer's size, so that 784 and 2
    both fit. The narrowest layer is the code; what stands before it is the encoder,
    what follows the decoder.

    Parameters
    ----------
    sizes : sequence of int
        Numbers a layer holds, input first.
    names : sequence of str, optional
        What stands above each layer.
    title, alt : str
        The figure's title, and its alternative text (made from the sizes if absent).

    Raises
    ------
    ValueError
        If there are fewer than three layers, or names that do not match.
    """
    if len(sizes) < 3:
        raise ValueError("an autoencoder has at least input, code and output")
    if names is not None and len(names) != len(sizes):
        raise ValueError(f"{len(names)} names for {len(sizes)} layers")
    heights = 0.5 + np.log2(np.asarray(sizes, dtype=float) + 1) / 3
    code = int(np.argmin(sizes))
    width = min(1.25 * len(sizes) + 0.6, WIDEST)
    fig, ax = plt.subplots(figsize=(width, 3.2))
    for i, (left, right) in enumerate(pairwise(heights)):
        x0, x1 = i * GAP + BAR, (i + 1) * GAP
        corners = [(x0, -left / 2), (x1, -right / 2), (x1, right / 2), (x0, left / 2)]
        ax.add_patch(Polygon(corners, color="#0072B2", alpha=0.13, linewidth=0))
    for i, (size, height) in enumerate(zip(sizes, heights, strict=True)):
        colour = "#D55E00" if i == code else "#0072B2"
        ax.add_patch(Rectangle((i * GAP, -height / 2), BAR, height, color=colour))
        middle = i * GAP + BAR / 2
        ax.text(middle, -height / 2 - 0.16, f"{size:,}", ha="center", va="top")
        if names:
            ax.text(middle, height / 2 + 0.12, names[i], ha="center", va="bottom")
    floor = -heights.max() / 2 - 0.75
    for text, first, last in (
        ("encoder", 0, code),
        ("decoder", code, len(sizes) - 1),
    ):
        x0, x1 = first * GAP + BAR / 2 + 0.1, last * GAP + BAR / 2 - 0.1
        ax.annotate("", (x1, floor), (x0, floor), arrowprops={"arrowstyle": "->"})
        ax.text(
            (x0 + x1) / 2, floor - 0.1, text, ha="center", va="top", color="#444444"
        )
    ax.set(
        xlim=(-0.5, (len(sizes) - 1) * GAP + BAR + 0.5),
        ylim=(floor - 0.6, heights.max() / 2 + 0.6),
        title=title,
    )
    ax.axis("off")
    layers = ", ".join(f"{size:,}" for size in sizes)
    text = (
        f"layers of {layers} numbers from input to output; the code holds {min(sizes)}"
    )
    return describe(fig, alt or f"{title or 'A network'}: {text}.")
