"""The picture of lecture 00: an autoencoder made by hand, from fine to coarse."""

from collections.abc import Callable

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np

from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["block_widget"]


def block_widget(
    x: np.ndarray,
    encode: Callable[[np.ndarray, int], np.ndarray],
    decode: Callable[[np.ndarray, int], np.ndarray],
    sides: tuple[int, ...] = (1, 2, 4, 7, 14, 28),
) -> LivePicture:
    """Choose a block size; see a digit, its code, its reconstruction and the error.

    Parameters
    ----------
    x : array of shape `(n, 784)`
        Images, pixels in [0, 1].
    encode, decode : callables
        ``encode(x, side)`` gives `(n, k)` and ``decode(z, side)`` gives `(n, 784)`.
    sides : tuple of int
        Block sizes to choose from; each divides 28.

    Returns
    -------
    LivePicture
        Two controls, the size of a block and the image; both work with the arrow keys.
    """
    codes = {side: encode(x, side) for side in sides}
    built = {side: decode(codes[side], side) for side in sides}
    errors = {
        side: float(((x - built[side]) ** 2).sum(axis=1).mean()) for side in sides
    }

    fig, axes = plt.subplots(1, 4, figsize=(8.6, 2.2), width_ratios=(1, 1, 1, 1.4))
    images = []
    for ax, title in zip(axes, ("x", "code z", "x_hat"), strict=False):
        ax.set_anchor("N")
        images.append(image_panel(ax, title))
    sizes = [codes[side].shape[1] for side in sides]
    axes[3].plot(sizes, [errors[side] for side in sides], marker="o", markersize=3)
    axes[3].set_xscale("log")
    axes[3].set_xticks(sizes, labels=[str(size) for size in sizes])
    axes[3].minorticks_off()
    axes[3].set(xlabel="numbers in the code", ylabel="squared error an image")
    (here,) = axes[3].plot([], [], "o", color="#D55E00", markersize=9)

    def update(side: int, which: int) -> str:
        z = codes[side][which].reshape(28 // side, 28 // side)
        for image, pixels in zip(
            images,
            (x[which].reshape(28, 28), z, built[side][which].reshape(28, 28)),
            strict=True,
        ):
            image.set_data(pixels)
            image.set_extent((0, 28, 28, 0))
        here.set_data([z.size], [errors[side]])
        own = float(((x[which] - built[side][which]) ** 2).sum())
        return (
            f"Blocks of {side} by {side} pixels: {z.size} numbers in the code. Squared "
            f"error {own:.1f} for this image, {errors[side]:.1f} on average."
        )

    controls = {
        "side": ipywidgets.SelectionSlider(
            options=[(f"{side} by {side}", side) for side in sides],
            value=sides[len(sides) // 3],
            description="block of pixels",
        ),
        "which": ipywidgets.IntSlider(max=min(len(x), 20) - 1, description="image"),
    }
    return LivePicture(fig, [*images, here], update, controls)
