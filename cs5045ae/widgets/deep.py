"""The picture of lecture 03: a point of the map of codes, and its digit."""

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from cs5045ae.figures.plots import draw_classes
from cs5045ae.reference.deep_training import Layers, decode, encode
from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["deep_widget"]

NEIGHBOURS, STEPS = 5, 100


def deep_widget(layers: Layers, x: ArrayLike, y: ArrayLike, code: int) -> LivePicture:
    """Move over the map of two-dimensional codes and see what each point decodes to.

    Beside the map stand the decoded point, and the image whose code is nearest to it.

    Parameters
    ----------
    layers : list of (kernel, bias)
        A network of ReLU layers with a code of two numbers, as
        `cs5045ae.reference.deep_training.train` returns it.
    x : array of shape `(n, d)`
        Images whose codes make the map; d is a square number.
    y : array of shape `(n,)`
        Their classes.
    code : int
        How many layers the encoder has.

    Returns
    -------
    LivePicture
        Two sliders, the numbers of the code; both work with the arrow keys. It starts
        at the code of the first image.

    Raises
    ------
    ValueError
        If the code has not two numbers, or there are fewer than five images.
    """
    x, y = np.asarray(x), np.asarray(y)
    if layers[code - 1][0].shape[1] != 2:
        raise ValueError("a map needs a code of two numbers")
    if len(x) < NEIGHBOURS:
        raise ValueError(f"pass at least {NEIGHBOURS} images, with their classes")
    side = round(x.shape[1] ** 0.5)
    codes = encode(layers, x, "relu", code)
    low, high = codes.min(axis=0), codes.max(axis=0)

    fig, (plane, left, right) = plt.subplots(
        1, 3, figsize=(9, 3.7), width_ratios=(1.5, 1, 1), layout="constrained"
    )
    draw_classes(plane, codes, y, least=0.1)
    plane.set(xlabel="$z_1$", ylabel="$z_2$", title="codes of test digits")
    (mark,) = plane.plot([0], [0], "P", color="black", mec="white", ms=13)
    decoded = image_panel(left, "decoded", side=side)
    nearest = image_panel(right, "nearest test digit", side=side)

    def update(z_1: float, z_2: float) -> str:
        z = np.array([[z_1, z_2]])
        gaps = np.sqrt(((codes - z) ** 2).sum(axis=1))
        near = np.argsort(gaps)[:NEIGHBOURS]
        decoded.set_data(decode(layers, z, "relu", code).reshape(side, side))
        nearest.set_data(x[near[0]].reshape(side, side))
        mark.set_data([z_1], [z_2])
        told = ", ".join(str(name) for name in y[near])
        return (
            f"Code ({z_1:.2f}, {z_2:.2f}): the nearest code is that of a {y[near[0]]}, "
            f"at a distance of {gaps[near[0]]:.2f}. The {NEIGHBOURS} nearest: {told}."
        )

    def slider(i: int, name: str) -> ipywidgets.FloatSlider:
        return ipywidgets.FloatSlider(
            value=codes[0, i],
            min=low[i],
            max=high[i],
            step=(high[i] - low[i]) / STEPS,
            description=name,
        )

    controls = {"z_1": slider(0, "First number"), "z_2": slider(1, "Second number")}
    return LivePicture(fig, [mark, decoded, nearest], update, controls)
