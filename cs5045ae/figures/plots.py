"""Figures made of lines and points: curves, training curves, maps of codes."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from cs5045ae.figures.picture import Picture, Undrawable, describe

WIDTH, HEIGHT = 6.4, 3.4  # inches
MARKERS = "os^Dvp*"
FEW = 20  # points of a line that has a marker at each
CLOSE, LETTER = 0.05, 4.3  # of the axis; points, in the size of the bars' names


def _baselines(ax: Axes, baselines: Mapping[str, float]) -> None:
    """Draw a dashed line for each bar to beat, its name at the right end.

    Where two bars are close, the name of the higher one stands left of the other.
    """
    for level in baselines.values():
        ax.axhline(level, color="#666666", linestyle="--", linewidth=1)
    bottom, top = ax.get_ylim()
    below, taken = -math.inf, 0.0
    for name, level in sorted(baselines.items(), key=lambda bar: bar[1]):
        taken = taken if level - below < CLOSE * (top - bottom) else 0.0
        ax.annotate(
            name,
            (1.0, level),
            xycoords=("axes fraction", "data"),
            xytext=(-3 - taken, 2),
            textcoords="offset points",
            ha="right",
            va="bottom",
            fontsize=8,
            color="#444444",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5, "alpha": 0.8},
        )
        below, taken = level, taken + LETTER * (len(name) + 3)


def _mark(i: int, lines: int, points: int) -> dict[str, Any]:
    """Give line number i a marker of its own, so that it can be told without colours.

    A long line carries about eight of them, not where the other lines have theirs.
    """
    step = max(1, points // 8) if points > FEW else 1
    return {
        "marker": MARKERS[i % len(MARKERS)] if lines > 1 or points <= FEW else "",
        "markevery": (i * step // lines, step),
    }


def _numbers(values: ArrayLike) -> str:
    values = np.asarray(values, dtype=float)
    return f"{values[0]:.3g} to {values[-1]:.3g}"


def curves(
    x: ArrayLike,
    lines: Mapping[str, ArrayLike],
    *,
    xlabel: str,
    ylabel: str,
    title: str = "",
    baselines: Mapping[str, float] | None = None,
    log_x: bool = False,
    log_y: bool = False,
    alt: str | None = None,
) -> Picture:
    """Draw one line for each entry of `lines` over a common `x`.

    Parameters
    ----------
    x : array of shape `(m,)`
        Positions on the horizontal axis.
    lines : mapping from a name to an array of shape `(m,)`
        Lines differ in colour and in marker.
    xlabel, ylabel : str
        Axis labels, with the unit.
    baselines : mapping from a name to a level, optional
        Horizontal dashed lines: the bars a model has to beat.
    log_x, log_y : bool
        Logarithmic axes.
    title, alt : str
        The figure's title, and its alternative text (made from the data if absent).
    """
    fig, ax = plt.subplots(figsize=(WIDTH, HEIGHT))
    x = np.asarray(x)
    for i, (name, line) in enumerate(lines.items()):
        ax.plot(x, line, label=name, **_mark(i, len(lines), len(x)))
    _baselines(ax, baselines or {})
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    if log_x:
        ax.set_xscale("log")
        if len(x) <= FEW:
            ax.set_xticks(x, labels=[f"{value:g}" for value in x], minor=False)
            ax.minorticks_off()
    if log_y:
        ax.set_yscale("log")
    if len(lines) > 1:
        ax.legend()
    told = [f"{name} goes from {_numbers(line)}" for name, line in lines.items()]
    told += [f"dashed line: {name}, {at:.3g}" for name, at in (baselines or {}).items()]
    text = f"{ylabel} over {xlabel}, {_numbers(x)}: {'; '.join(told)}."
    return describe(fig, alt or (f"{title}. {text}" if title else text))


def training_curves(
    history: Mapping[str, Sequence[float]],
    *,
    ylabel: str = "loss",
    title: str = "",
    baselines: Mapping[str, float] | None = None,
    alt: str | None = None,
) -> Picture:
    """Draw what a training run wrote down, epoch by epoch.

    Parameters
    ----------
    history : mapping from a name to a list, one number an epoch
        Such as the ``history`` of what Keras' ``fit`` returns; ``loss`` and
        ``val_loss`` are named "train" and "test". Lists may differ in length. Lines
        differ in colour and in marker.
    ylabel, title, baselines, alt
        As in `curves`.
    """
    names = {"loss": "train", "val_loss": "test"}
    fig, ax = plt.subplots(figsize=(WIDTH, HEIGHT))
    told = []
    for i, (name, line) in enumerate(history.items()):
        label, epochs = names.get(name, name), np.arange(1, len(line) + 1)
        ax.plot(epochs, line, label=label, **_mark(i, len(history), len(line)))
        told.append(f"{label} from {_numbers(line)} in {len(line)} epochs")
    _baselines(ax, baselines or {})
    ax.set(xlabel="epoch", ylabel=ylabel, title=title)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if len(history) > 1:
        ax.legend()
    told += [f"dashed line: {name}, {at:.3g}" for name, at in (baselines or {}).items()]
    return describe(fig, alt or f"{title or 'Training'}: {ylabel}; {'; '.join(told)}.")


def latent_map(
    z: ArrayLike,
    y: ArrayLike,
    *,
    xlabel: str = "$z_1$",
    ylabel: str = "$z_2$",
    title: str = "",
    alt: str | None = None,
) -> Picture:
    """Draw two-dimensional codes as points, coloured and named by class.

    Parameters
    ----------
    z : array of shape `(n, 2)`
        Codes.
    y : array of shape `(n,)`
        Class of each code; the class's name stands at the median of its points, or a
        little aside where names would overlap, so that the map can be read without
        its colours.
    xlabel, ylabel, title, alt : str
        As in `curves`.

    Raises
    ------
    Undrawable
        If `z` is not `(n, 2)` or `y` does not match it.
    """
    z, y = np.asarray(z), np.asarray(y)
    if z.ndim != 2 or z.shape[1] != 2 or y.shape != z.shape[:1]:
        raise Undrawable(f"expected z (n, 2) and y (n,), got {z.shape} and {y.shape}")
    fig, ax = plt.subplots(figsize=(5.2, 4.6))
    medians = draw_classes(ax, z, y)
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title)
    where = [
        f"{name} at ({right:.2g}, {up:.2g})" for name, (right, up) in medians.items()
    ]
    text = f"{len(z)} codes as points in the plane; the medians of the classes: "
    text += ", ".join(where)
    return describe(fig, alt or f"{title or 'Map of the codes'}: {text}.")


def draw_classes(
    ax: Axes, z: np.ndarray, y: np.ndarray, *, least: float = 0.075
) -> dict[Any, np.ndarray]:
    """Draw codes as points in the colour of their class, and name each class once.

    Parameters
    ----------
    ax : matplotlib axes
        Where to draw.
    z, y : arrays of shape `(n, 2)` and `(n,)`
        Codes and their classes.
    least : float
        How far apart names stand at least, as a share of the axes.

    Returns
    -------
    dict
        The median `(2,)` of the codes of each class; its name stands there, or a
        little aside where names would overlap.
    """
    colours = {
        name: plt.get_cmap("tab10")(i % 10) for i, name in enumerate(np.unique(y))
    }
    for name, colour in colours.items():
        own = z[y == name]
        ax.scatter(own[:, 0], own[:, 1], s=6, color=colour, alpha=0.5, linewidths=0)
    medians = {name: np.median(z[y == name], axis=0) for name in colours}
    to_axes = ax.transData + ax.transAxes.inverted()
    spots = _apart(to_axes.transform(np.array([*medians.values()])), least)
    for (name, colour), (across, up) in zip(colours.items(), spots, strict=True):
        ax.text(
            across,
            up,
            str(name),
            transform=ax.transAxes,
            weight="bold",
            ha="center",
            va="center",
            bbox={
                "boxstyle": "circle,pad=0.2",
                "fc": "white",
                "ec": colour,
                "alpha": 0.85,
            },
        )
    return medians


def _apart(spots: np.ndarray, least: float = 0.075) -> np.ndarray:
    """Push spots `(n, 2)` apart until no two are nearer than `least`."""
    spots = spots.astype(float).copy()
    for _ in range(100):
        gaps = spots[:, None] - spots[None]
        far = np.hypot(gaps[..., 0], gaps[..., 1]) + np.eye(len(spots))
        near = np.argwhere(np.triu(far < 0.999 * least))
        for a, b in near:
            # Spots on one another are parted by their order alone.
            way = gaps[a, b] / far[a, b] if far[a, b] > 0 else np.array([1.0, 0.0])
            push = (least - far[a, b]) / 2 * way
            spots[a] += push
            spots[b] -= push
        if len(near) == 0:
            break
    return spots
