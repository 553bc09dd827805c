"""The interactive picture of lecture 04: spoil an image and let a network mend it."""

from collections.abc import Mapping, Sequence

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from cs5045ae.reference.basic import forward
from cs5045ae.reference.denoising import KINDS, corrupt, psnr
from cs5045ae.reference.pca import reconstruction_error
from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["denoising_widget"]

LEVELS = tuple(round(0.05 * i, 2) for i in range(17))
SEED = 11


def denoising_widget(
    x: ArrayLike,
    networks: Mapping[str, Sequence[ArrayLike]],
    *,
    labels: Sequence[str] | None = None,
) -> LivePicture:
    """Choose noise, its level and a network; see what it gives back, and its error.

    Beside the clean, the noisy and the denoised image stand two curves over the level:
    the error of all images with and without the network.

    Parameters
    ----------
    x : array of shape `(n, 784)`
        Clean images; their mean error makes the curves.
    networks : mapping from a name to a list of arrays
        The weights of networks, as `cs5045ae.reference.basic.forward` takes them.
    labels : sequence of str, optional
        Names of the first images, which can be chosen; "image 0" and so on, up to
        ten, by default.

    Returns
    -------
    LivePicture
        All controls work with the arrow keys. An update computes one image; the curves
        are computed once for each kind of noise and network.

    Raises
    ------
    ValueError
        If there is no network, or a label without an image.
    """
    x = np.asarray(x, dtype=np.float32)
    labels = labels or [f"image {i}" for i in range(min(len(x), 10))]
    if not networks:
        raise ValueError("pass the weights of one network or more")
    if len(labels) > len(x):
        raise ValueError(f"{len(labels)} labels for {len(x)} images")
    noisy = {
        (kind, level): corrupt(x, kind, level, seed=SEED)
        for kind in KINDS
        for level in LEVELS
    }
    lines = {
        (kind, name): [
            reconstruction_error(x, forward(weights, noisy[kind, level]))
            for level in LEVELS
        ]
        for name, weights in networks.items()
        for kind in KINDS
    }
    nothing = {
        kind: [reconstruction_error(x, noisy[kind, level]) for level in LEVELS]
        for kind in KINDS
    }

    fig, axes = plt.subplots(1, 4, figsize=(8.8, 2.6), width_ratios=(1, 1, 1, 1.6))
    titles = ("clean", "noisy", "denoised")
    pictures = [image_panel(*pair) for pair in zip(axes, titles, strict=False)]
    axes[3].set(xlabel="level of the noise", ylabel="squared error an image")
    axes[3].set(xlim=(0, LEVELS[-1]), ylim=(0, 150))
    (grey,) = axes[3].plot(LEVELS, LEVELS, "--", color="#666666", label="doing nothing")
    (line,) = axes[3].plot(LEVELS, LEVELS, color="#0072B2", label="network")
    (mark,) = axes[3].plot([], [], "o", color="#D55E00", markersize=8)
    axes[3].legend(loc="lower center", bbox_to_anchor=(0.5, 0.98), ncols=2)

    def update(kind: str, level: float, network: str, image: int) -> str:
        spoiled = noisy[kind, level][image : image + 1]
        x_hat = forward(networks[network], spoiled)
        for artist, pixels in zip(pictures, (x[image], spoiled, x_hat), strict=True):
            artist.set_data(np.reshape(pixels, (28, 28)))
        grey.set_ydata(nothing[kind])
        line.set_ydata(lines[kind, network])
        at = LEVELS.index(level)
        mark.set_data([level], [lines[kind, network][at]])
        clean = x[image : image + 1]
        return (
            f"{labels[image]}, {kind} at level {level:.2f}, the network trained on "
            f"{network}: error {reconstruction_error(clean, spoiled):.1f} before and "
            f"{reconstruction_error(clean, x_hat):.1f} after "
            f"({psnr(clean, x_hat)[0]:.1f} dB). All images: {nothing[kind][at]:.1f} "
            f"and {lines[kind, network][at]:.1f}."
        )

    controls = {
        "kind": ipywidgets.Dropdown(options=list(KINDS), description="Noise"),
        "level": ipywidgets.SelectionSlider(
            options=LEVELS, value=LEVELS[8], description="Level"
        ),
        "network": ipywidgets.Dropdown(
            options=list(networks), description="Network trained on"
        ),
        "image": ipywidgets.Dropdown(
            options=[(label, i) for i, label in enumerate(labels)], description="Image"
        ),
    }
    return LivePicture(fig, [*pictures, grey, line, mark], update, controls)
