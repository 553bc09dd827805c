"""The picture of lecture 09: a point of the plane of codes, and its digit."""

from collections.abc import Mapping

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

from cs5045ae.reference.variational import kl_to_standard_normal
from cs5045ae.reference.variational_networks import decode, encode
from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["variational_widget"]

REACH = 3.0


def variational_widget(
    networks: Mapping[float, Mapping[str, ArrayLike]], x: ArrayLike, y: ArrayLike
) -> LivePicture:
    """Move over the plane of codes and see the decoded digit, for several betas.

    Parameters
    ----------
    networks : mapping from a beta to a network
        Each as `cs5045ae.reference.variational_networks.weights` gives it, with a code
        of two numbers.
    x : array of shape `(n, 784)`
        Images whose codes are drawn.
    y : array of shape `(n,)`
        Their classes.

    Returns
    -------
    LivePicture
        Three sliders: beta, and the two numbers of the code. Axes are fixed, in units
        of the prior's standard deviation, so that the codes' scale can be compared.

    Raises
    ------
    ValueError
        If there is no network, or one whose code has not two numbers.
    """
    betas = sorted(networks)
    if not betas:
        raise ValueError("pass one network or more, by its beta")
    if any(np.shape(networks[b]["kernel_mu"])[1] != 2 for b in betas):
        raise ValueError("each network needs a code of two numbers")
    x, y = np.asarray(x), np.asarray(y)
    codes, nats = {}, {}
    for b in betas:
        codes[b], log_var = encode(networks[b], x)
        nats[b] = float(kl_to_standard_normal(codes[b], log_var).mean())

    fig, (plane, image) = plt.subplots(
        1, 2, figsize=(7.4, 3.7), width_ratios=(1.2, 1), layout="constrained"
    )
    plane.set(xlim=(-REACH, REACH), ylim=(-REACH, REACH), aspect="equal")
    plane.set(xlabel="$z_1$", ylabel="$z_2$", title="codes of test digits")
    points = plane.scatter(*codes[betas[0]].T, c=y, cmap="tab10", s=8, vmin=0, vmax=9)
    names = [
        plane.text(0, 0, str(c), fontsize=12, fontweight="bold", clip_on=True)
        for c in np.unique(y)
    ]
    (mark,) = plane.plot([0], [0], "P", color="black", mec="white", ms=13)
    picture = image_panel(image, "decoded")

    def update(beta: float, z_1: float, z_2: float) -> str:
        z = np.array([[z_1, z_2]])
        picture.set_data(decode(networks[beta], z).reshape(28, 28))
        points.set_offsets(codes[beta])
        for text, c in zip(names, np.unique(y), strict=True):
            text.set_position(tuple(np.median(codes[beta][y == c], axis=0)))
        mark.set_data([z_1], [z_2])
        near = y[((codes[beta] - z) ** 2).sum(axis=1).argmin()]
        inside = (np.abs(codes[beta]) <= REACH).all(axis=1).mean()
        return (
            f"beta = {beta:g}, code ({z_1:.1f}, {z_2:.1f}): the nearest code is that "
            f"of a {near}. KL {nats[beta]:.1f} nats; {inside:.0%} of the codes lie in "
            "the square that is drawn."
        )

    steps = {"min": -REACH, "max": REACH, "step": 0.1}
    controls = {
        "beta": ipywidgets.SelectionSlider(
            options=[(f"{b:g}", b) for b in betas],
            value=1.0 if 1.0 in betas else betas[0],
            description="beta",
        ),
        "z_1": ipywidgets.FloatSlider(value=0.5, description="First number", **steps),
        "z_2": ipywidgets.FloatSlider(value=0.5, description="Second number", **steps),
    }
    return LivePicture(fig, [points, *names, mark, picture], update, controls)
