"""Places in a widget's picture where an image stands that changes."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage

__all__ = ["image_panel"]


def image_panel(
    ax: Axes, title: str, *, side: int = 28, low: float = 0, cmap: str = "gray_r"
) -> AxesImage:
    """Frame a square image, blank until it gets its data.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Where.
    title : str
        What stands above it.
    side : int
        Pixels a side.
    low : float
        Value of the lowest colour: 0 for pixels up to 1; ``-v`` for a scale that goes
        from ``-v`` to ``v``.
    cmap : str
        Colours.
    """
    ax.set(xticks=[], yticks=[], title=title)
    ax.grid(False)
    ax.spines[:].set(visible=True, color="#BBBBBB", linewidth=0.6)
    return ax.imshow(np.zeros((side, side)), vmin=low, vmax=-low or 1, cmap=cmap)
