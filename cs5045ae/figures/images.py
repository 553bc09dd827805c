"""Figures made of images: grids, reconstructions, weights."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike

from cs5045ae.figures.picture import Picture, Undrawable, describe

CELL = 0.8
"""Inches per image: ten of them fill a notebook column."""
NARROWEST, WIDEST = 2.4, 8.0
"""Inches that a figure is wide at least and at most."""
LABEL, TITLE = 0.18, 0.35


def as_images(x: ArrayLike) -> np.ndarray:
    """View `x` as a stack of images `(n, height, width)`.

    Raises
    ------
    Undrawable
        If there is no image, or rows of pixels do not form a square.
    """
    images = np.asarray(x)
    if images.ndim == 4 and images.shape[-1] == 1:
        images = images[..., 0]
    if images.ndim == 2:
        side = round(images.shape[1] ** 0.5)
        if side * side != images.shape[1]:
            raise Undrawable(
                f"rows of {images.shape[1]} pixels are not square images: "
                "reshape to (n, height, width) first"
            )
        images = images.reshape(-1, side, side)
    if images.ndim != 3 or len(images) == 0:
        raise Undrawable(
            "expected images of shape (n, height, width), (n, height, width, 1) or "
            f"(n, side * side) with n > 0, got {np.shape(x)}"
        )
    return images


def _show(ax: Axes, image: np.ndarray, low: float, high: float, cmap: str) -> None:
    ax.imshow(image, vmin=low, vmax=high, cmap=cmap)
    ax.set(xticks=[], yticks=[])
    for spine in ax.spines.values():
        spine.set(visible=True, color="#BBBBBB", linewidth=0.6)


def _grid(
    images: np.ndarray,
    draw: Callable[[Axes, np.ndarray], None],
    columns: int,
    labels: Sequence[str] | None,
    title: str,
) -> Figure:
    if labels is not None and len(labels) != len(images):
        raise Undrawable(f"{len(labels)} labels for {len(images)} images")
    columns = min(columns, len(images))
    rows = -(-len(images) // columns)
    cell = min(max(CELL, NARROWEST / columns), WIDEST / columns)
    size = (cell * columns, rows * (cell + LABEL * bool(labels)) + TITLE * bool(title))
    fig, axes = plt.subplots(rows, columns, figsize=size, squeeze=False)
    for ax in axes.flat[len(images) :]:
        ax.axis("off")
    for i, image in enumerate(images):
        draw(axes.flat[i], image)
        if labels:
            axes.flat[i].set_xlabel(labels[i], fontsize=8)
    if title:
        fig.suptitle(title, x=0.01, ha="left")
    return fig


def _listed(labels: Sequence[str] | None) -> str:
    """Tell the labels, each run of equal ones once and with its length."""
    runs = [(label, len(list(run))) for label, run in groupby(labels or ())]
    told = [f"{n} times {label}" if n > 1 else label for label, n in runs]
    return f", labelled {', '.join(told)}" if told else ""


def image_grid(
    x: ArrayLike,
    *,
    columns: int = 10,
    labels: Sequence[str] | None = None,
    title: str = "",
    alt: str | None = None,
) -> Picture:
    """Draw images side by side, black on white, with one scale from 0 to 1.

    Parameters
    ----------
    x : array of shape `(n, 784)`, `(n, h, w)` or `(n, h, w, 1)`
        Pixels in [0, 1]; values outside are drawn as 0 or 1.
    columns : int
        Images per row.
    labels : sequence of n strings, optional
        Written under the images.
    title, alt : str
        The figure's title, and its alternative text (made from the title if absent).

    Raises
    ------
    Undrawable
        If `x` is none of these, or there is not one label for each image.
    """
    images = as_images(x)
    fig = _grid(
        images,
        lambda ax, image: _show(ax, image, 0, 1, "gray_r"),
        columns,
        labels,
        title,
    )
    n = len(images)
    text = f"{n} images, {columns} a row" if n > 1 else "1 image"
    text += _listed(labels)
    return describe(fig, alt or f"{title or 'Images'}: {text}.")


def filters(
    weights: ArrayLike,
    *,
    columns: int = 10,
    labels: Sequence[str] | None = None,
    title: str = "",
    alt: str | None = None,
) -> Picture:
    """Draw each row of weights as an image: red adds, blue takes away, white is zero.

    Parameters
    ----------
    weights : array of shape `(k, d)` with d a square number, or `(k, h, w)`
        One filter a row; each is scaled by its own largest absolute value.
    columns, labels, title, alt
        As in `image_grid`.

    Raises
    ------
    Undrawable
        As in `image_grid`.
    """
    images = as_images(weights)

    def draw(ax: Axes, image: np.ndarray) -> None:
        reach = float(np.abs(image).max()) or 1.0
        _show(ax, image, -reach, reach, "RdBu_r")

    fig = _grid(images, draw, columns, labels, title)
    text = f"{len(images)} images of weights, red positive and blue negative"
    return describe(fig, alt or f"{title or 'Filters'}: {text}{_listed(labels)}.")


def original_and_reconstruction(
    x: ArrayLike,
    x_hat: ArrayLike | Mapping[str, ArrayLike],
    *,
    title: str = "",
    alt: str | None = None,
) -> Picture:
    """Draw originals in the first row and reconstructions below, with their errors.

    Parameters
    ----------
    x : array of shape `(n, 784)`, `(n, h, w)` or `(n, h, w, 1)`
        The originals, pixels in [0, 1].
    x_hat : array like `x`, or a mapping from a row's name to such an array
        One row of reconstructions for each entry. The squared error, summed over the
        pixels, stands under every image.
    title, alt : str
        As in `image_grid`.

    Raises
    ------
    Undrawable
        If a row differs from the originals in shape.
    """
    originals = as_images(x)
    rows = x_hat if isinstance(x_hat, Mapping) else {"rebuilt": x_hat}
    built = {name: as_images(row) for name, row in rows.items()}
    for name, row in built.items():
        if row.shape != originals.shape:
            raise Undrawable(
                f"row {name!r} has shape {row.shape}, the originals {originals.shape}"
            )
    n = len(originals)
    names = 1.0  # inches for the names of the rows
    cell = min(max(CELL, (NARROWEST - names) / n), (WIDEST - names) / n)
    height = cell + (cell + LABEL) * len(built) + TITLE * bool(title)
    fig, axes = plt.subplots(
        1 + len(built), n, figsize=(cell * n + names, height), squeeze=False
    )
    notes = []
    for ax, image in zip(axes[0], originals, strict=True):
        _show(ax, image, 0, 1, "gray_r")
    for line, (name, row) in zip(axes[1:], built.items(), strict=True):
        errors = ((originals - row) ** 2).sum(axis=(1, 2))
        notes.append(f"{name}, with a squared error of {errors.mean():.1f} on average")
        for ax, image, error in zip(line, row, errors, strict=True):
            _show(ax, image, 0, 1, "gray_r")
            ax.set_xlabel(f"{error:.1f}", fontsize=8)
    for ax, name in zip(axes[:, 0], ["original", *built], strict=True):
        ax.set_ylabel(name, rotation=0, ha="right", va="center")
    if title:
        fig.suptitle(title, x=0.01, ha="left")
    text = f"{n} originals in the first row; below them {'; '.join(notes)}"
    return describe(fig, alt or f"{title or 'Reconstructions'}: {text}.")
