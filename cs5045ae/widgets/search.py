"""The picture of lecture 08: one query, and its neighbours in three spaces."""

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import IntSlider
from numpy.typing import ArrayLike

from cs5045ae.reference.search import (
    as_columns,
    balanced_thresholds,
    pack_bits,
    scan,
    to_bits,
)
from cs5045ae.reference.search_networks import activations
from cs5045ae.widgets.stage import LivePicture

__all__ = ["search_widget"]

SIDE, GAP = 28, 4
MOST = 4  # pixels of a shift
SIGNAL = "#D55E00"
# Around an image that begins at (0, 0); NaN lifts the pen.
_SQUARE = np.array(
    [(-1, -1), (SIDE, -1), (SIDE, SIDE), (-1, SIDE), (-1, -1), (np.nan, np.nan)]
)


def search_widget(
    network: Mapping[str, ArrayLike],
    x: ArrayLike,
    y: ArrayLike,
    queries: ArrayLike,
    query_labels: ArrayLike,
    *,
    k: int = 9,
) -> LivePicture:
    """Choose a digit, push it about, and see who is near it in three spaces.

    Parameters
    ----------
    network : mapping from a name to an array
        From `cs5045ae.reference.search_networks.train_bits`, with a multiple of 64
        bits.
    x : array of shape `(n, 784)`
        The database; the bits' thresholds are balanced on it.
    y : array of shape `(n,)`
        Its classes.
    queries : array of shape `(m, 784)`
        Images to choose from.
    query_labels : array of shape `(m,)`
        Their classes.
    k : int
        Neighbours a row.

    Returns
    -------
    LivePicture
        Three sliders, which work with the arrow keys: the digit, and how far it is
        pushed to the right and down. A neighbour of another class stands in a frame.

    Raises
    ------
    ValueError
        If there are fewer than k images in the database.
    """
    x, queries = (np.asarray(part, dtype=np.float32) for part in (x, queries))
    y, query_labels = np.asarray(y), np.asarray(query_labels)
    if len(x) < k:
        raise ValueError(f"{k} neighbours a row need as many images, not {len(x)}")
    codes = activations(network, x)
    thresholds = balanced_thresholds(codes)
    columns = as_columns(pack_bits(to_bits(codes, thresholds)))
    halves = [(part**2).sum(axis=1) / 2 for part in (x, codes)]
    spaces = ("pixels", f"{codes.shape[1]} numbers", f"{codes.shape[1]} bits")

    step = SIDE + GAP
    fig, (left, right) = plt.subplots(
        1, 2, figsize=(7.4, 2.3), width_ratios=(2.4, k), layout="constrained"
    )
    for ax, title in ((left, "query"), (right, "nearest first; framed: another class")):
        ax.set(xticks=[], yticks=[], title=title)
        ax.grid(False)
        ax.spines[:].set_visible(False)
    middles = np.arange(3) * step + SIDE / 2
    right.set_yticks(middles, labels=spaces)
    right.tick_params(length=0)
    # Whole blocks of one grey are resampled and packed twice as fast as smooth ones.
    look = {"vmin": 0, "vmax": 1, "cmap": "gray_r", "interpolation": "nearest"}
    asked = left.imshow(np.zeros((SIDE, SIDE)), **look)
    sheet = np.zeros((3 * step - GAP, k * step - GAP), dtype=np.float32)
    found = right.imshow(sheet, **look)
    height, width = sheet.shape
    right.set(xlim=(-GAP, width + GAP), ylim=(height + GAP, -GAP))
    # One broken line draws all frames in the time of one.
    (frames,) = right.plot([], [], color=SIGNAL, linewidth=2)

    def update(which: int, across: int, down: int) -> str:
        query = _push(queries[which].reshape(SIDE, SIDE), across, down)
        a = activations(network, query.reshape(1, -1))
        far = scan(columns, pack_bits(to_bits(a, thresholds))[0])
        # Half the squared distance, less what is the same for all.
        gaps = [halves[0] - x @ query.ravel(), halves[1] - codes @ a[0], far]
        shares, corners = [], []
        for row, gap in enumerate(gaps):
            near = np.argsort(gap, kind="stable")[:k]
            for column, i in enumerate(near):
                top, at = row * step, column * step
                sheet[top : top + SIDE, at : at + SIDE] = x[i].reshape(SIDE, SIDE)
                if y[i] != query_labels[which]:
                    corners.append((at, top))
            shares.append(int((y[near] == query_labels[which]).sum()))
        asked.set_data(query)
        found.set_data(sheet)
        outlines = [_SQUARE + corner for corner in corners]
        frames.set_data(*np.concatenate([*outlines, [(np.nan, np.nan)]]).T)
        pairs = zip(spaces, shares, strict=True)
        told = ", ".join(f"{share} by {space}" for space, share in pairs)
        return (
            f"A {query_labels[which]}, pushed {across} to the right and {down} down: "
            f"of its {k} nearest, those of its class are {told}."
        )

    controls = {
        "which": IntSlider(0, 0, len(queries) - 1, description="Digit"),
        "across": IntSlider(0, -MOST, MOST, description="Push to the right"),
        "down": IntSlider(0, -MOST, MOST, description="Push down"),
    }
    return LivePicture(fig, [asked, found, frames], update, controls)


def _push(image: np.ndarray, across: int, down: int) -> np.ndarray:
    """Move an image by whole pixels; what leaves it is lost."""
    wide = np.pad(image, MOST)
    top, left = MOST - down, MOST - across
    return wide[top : top + SIDE, left : left + SIDE]
