"""The picture of lecture 02_basic that follows the size of the code."""

from collections.abc import Mapping, Sequence
from itertools import chain

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from cs5045ae.reference.basic import forward
from cs5045ae.reference.pca import project, reconstruct, reconstruction_error
from cs5045ae.widgets.stage import LivePicture

__all__ = ["basic_widget"]

ROWS = ("original", "network", "PCA")


def basic_widget(
    images: Mapping[str, ArrayLike],
    networks: Mapping[int, Sequence[ArrayLike]],
    mean: ArrayLike,
    components: ArrayLike,
    x_test: ArrayLike,
) -> LivePicture:
    """Show what a code of each size keeps of images, for networks and for PCA.

    Parameters
    ----------
    images : mapping from a name to an array of shape `(784,)`
        The images to rebuild, digits and strangers.
    networks : mapping from a code size to a list of arrays
        The weights of a network with a linear code of each size, as `forward` takes
        them.
    mean : array of shape `(784,)`
        The mean of the training images.
    components : array of shape `(m, 784)`
        Principal components, at least as many as the largest code size.
    x_test : array of shape `(n, 784)`
        The images whose mean error makes the curves.

    Returns
    -------
    LivePicture
        One slider, the code size; everything else is computed in advance.

    Raises
    ------
    ValueError
        If there is no network, or fewer components than numbers in a code.
    """
    sizes = sorted(networks)
    mean, components = np.asarray(mean), np.asarray(components)
    if not sizes or len(components) < sizes[-1]:
        raise ValueError(
            "pass a network for each code size, and at least as many components as "
            "the largest code has numbers"
        )
    originals, test = np.stack([*images.values()]), np.asarray(x_test)

    def by_network(x: np.ndarray, k: int) -> np.ndarray:
        return forward(networks[k], x, linear_code=True)

    def flat(x: np.ndarray, k: int) -> np.ndarray:
        kept = components[:k]
        return reconstruct(project(x, mean, kept), mean, kept).clip(0, 1)

    built = {k: (by_network(originals, k), flat(originals, k)) for k in sizes}
    lines = {
        name: [reconstruction_error(test, rebuild(test, k)) for k in sizes]
        for name, rebuild in (("network", by_network), ("PCA", flat))
    }
    fig, grid, curve = _stage(originals, list(images))
    _draw_curves(curve, sizes, lines)
    marks = [curve.plot([], [], "o", ms=11, mfc="none", mew=2, color="black")[0]]
    marks.append(curve.axvline(sizes[0], color="#999999", lw=1))
    pictures = [
        [_image(ax, original) for ax, original in zip(row, originals, strict=True)]
        for row in grid[1:]
    ]
    errors = [
        [ax.text(0.5, -0.06, "", transform=ax.transAxes, ha="center", va="top", size=8)
         for ax in row]
        for row in grid[1:]
    ]  # fmt: skip

    def update(code_size: int) -> str:
        for artists, texts, rebuilt in zip(
            pictures, errors, built[code_size], strict=True
        ):
            gaps = ((originals - rebuilt) ** 2).sum(axis=1)
            for artist, text, image, gap in zip(
                artists, texts, rebuilt, gaps, strict=True
            ):
                artist.set_data(image.reshape(28, 28))
                text.set_text(f"{gap:.1f}")
        network, pca = (lines[name][sizes.index(code_size)] for name in ROWS[1:])
        marks[0].set_data([code_size, code_size], [network, pca])
        marks[1].set_xdata([code_size, code_size])
        return (
            f"A code of {code_size} numbers: on the test digits the network has an "
            f"error of {network:.1f}, PCA (clipped to [0, 1]) one of {pca:.1f}."
        )

    slider = ipywidgets.SelectionSlider(
        options=sizes,
        value=32 if 32 in sizes else sizes[0],
        description="Numbers in the code",
        continuous_update=True,
    )
    moving = [*marks, *chain(*pictures, *errors)]
    return LivePicture(fig, moving, update, {"code_size": slider})


def _stage(originals: np.ndarray, names: list[str]) -> tuple[Figure, np.ndarray, Axes]:
    """Make the figure: three rows of images on the left, the curves on the right."""
    m = len(names)
    fig = plt.figure(figsize=(0.8 * m + 4.2, 3.3), layout="none")
    halves = fig.add_gridspec(
        1,
        2,
        width_ratios=[0.8 * m, 3.2],
        left=0.08,
        right=0.98,
        top=0.88,
        bottom=0.16,
        wspace=0.18,
    )
    inner = halves[0].subgridspec(3, m, hspace=0.3, wspace=0.08)
    grid = np.array(
        [[fig.add_subplot(inner[r, c]) for c in range(m)] for r in range(3)]
    )
    for ax in grid.flat:
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color="#BBBBBB", linewidth=0.6)
    for ax, name in zip(grid[:, 0], ROWS, strict=True):
        ax.set_ylabel(name, rotation=0, ha="right", va="center")
    for ax, name, image in zip(grid[0], names, originals, strict=True):
        ax.set_title(name, fontsize=8, loc="center")
        _image(ax, image)
    return fig, grid, fig.add_subplot(halves[1])


def _image(ax: Axes, image: np.ndarray) -> AxesImage:
    return ax.imshow(image.reshape(28, 28), vmin=0, vmax=1, cmap="gray_r")


def _draw_curves(ax: Axes, sizes: list[int], lines: Mapping[str, list[float]]) -> None:
    for (name, line), marker in zip(lines.items(), "os", strict=True):
        ax.plot(sizes, line, marker=marker, label=name)
    ax.set_xscale("log")
    ax.set_xticks(sizes, labels=[str(k) for k in sizes])
    ax.minorticks_off()
    ax.set(
        xlabel="numbers in the code", ylabel="error on the test digits", ylim=(0, None)
    )
    ax.legend(loc="lower left")
