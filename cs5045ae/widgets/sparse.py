"""The interactive picture of lecture 06: an image as the sum of a few atoms."""

from collections.abc import Mapping, Sequence

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from cs5045ae.reference.pca import reconstruction_error
from cs5045ae.reference.sparse_k_networks import k_sparse_code, k_sparse_decode
from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["sparse_widget"]

SHOWN = 6
"""Atoms that are drawn; the others are in the sum all the same."""

REACH = 0.5
"""Ink at which an atom's colours are darkest."""

MOST = 60
"""Active nodes at the right end of the slider."""


def sparse_widget(
    x: ArrayLike,
    networks: Mapping[int, Mapping[str, ArrayLike]],
    *,
    labels: Sequence[str] | None = None,
) -> LivePicture:
    """Choose how many nodes are active; see the strongest atoms, and their sum.

    In the upper row stand the image, the decoder's bias, the sum, and the activations
    of all nodes; in the lower row the strongest atoms as they stand in the sum: red
    adds ink, blue takes it away.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images that can be chosen, pixels in [0, 1]; d is a square number.
    networks : mapping from a k to a network
        From `cs5045ae.reference.sparse_k_networks.train_k_sparse` with that k.
    labels : sequence of n strings, optional
        Names of the images; "image 0" and so on by default.

    Returns
    -------
    LivePicture
        All controls work with the arrow keys. The active nodes need not be as many as
        in the training; with none the sum is the bias.

    Raises
    ------
    ValueError
        If there is no network, or the labels do not match the images.
    """
    x = np.asarray(x, dtype=np.float64)
    labels = list(labels or [f"image {i}" for i in range(len(x))])
    if not networks:
        raise ValueError("pass the weights of one network or more")
    if len(labels) != len(x):
        raise ValueError(f"{len(labels)} labels for {len(x)} images")
    kernels = {k: np.asarray(net["kernel"]) for k, net in networks.items()}
    code_size = max(kernel.shape[1] for kernel in kernels.values())
    side = round(x.shape[1] ** 0.5)
    loudest = max(k_sparse_code(net, x, 1).max() for net in networks.values())

    fig = plt.figure(figsize=(8.8, 3.7), layout="constrained")
    grid = fig.add_gridspec(2, SHOWN)

    def image(row: int, column: int, title: str, low: float, colours: str) -> AxesImage:
        ax = fig.add_subplot(grid[row, column])
        return image_panel(ax, title, side=side, low=low, cmap=colours)

    original, bias, total = (
        image(0, i, title, 0, "gray_r")
        for i, title in enumerate(("image", "bias", "sum"))
    )
    atoms = [
        image(1, i, f"atom {i + 1}" if i else "strongest", -REACH, "RdBu_r")
        for i in range(SHOWN)
    ]
    bars = fig.add_subplot(grid[0, 3:])
    bars.set(
        xlim=(-1, code_size),
        ylim=(0, 1.1 * loudest),
        xlabel="node",
        title="activations",
    )
    (stems,) = bars.plot([], [], color="#0072B2", linewidth=1.2)

    def update(network: int, active: int, image: int) -> str:
        one, net = x[image : image + 1], networks[network]
        z = np.zeros((1, kernels[network].shape[1]))
        if active:
            z = k_sparse_code(net, one, active)
        x_hat = k_sparse_decode(net, z)
        original.set_data(one.reshape(side, side))
        bias.set_data(np.reshape(net["bias_out"], (side, side)))
        total.set_data(x_hat.reshape(side, side))
        order = np.argsort(-z[0], kind="stable")
        for atom, node in zip(atoms, order, strict=False):
            shown = z[0, node] * kernels[network][:, node]
            atom.set_data(shown.reshape(side, side))
        alone = np.reshape(net["bias_out"], (1, -1))
        on = np.flatnonzero(z[0])
        # One broken line draws all stems at once.
        stems.set_data(
            np.repeat(on, 3), np.stack([0 * on, z[0, on], np.nan * on], axis=1).ravel()
        )
        return (
            f"{labels[image]}, {active} active nodes of {z.shape[1]} in the network "
            f"trained with {network}: squared error "
            f"{reconstruction_error(one, x_hat):.2f}; the bias alone has "
            f"{reconstruction_error(one, alone):.2f}."
        )

    ks = list(networks)
    most = min(MOST, code_size)
    controls = {
        "network": ipywidgets.Dropdown(
            options=[(f"{k} active nodes", k) for k in ks],
            value=ks[0],
            description="Trained with",
        ),
        "active": ipywidgets.IntSlider(
            min(ks[0], most), min=0, max=most, description="Active nodes now"
        ),
        "image": ipywidgets.Dropdown(
            options=[(label, i) for i, label in enumerate(labels)], description="Image"
        ),
    }
    return LivePicture(fig, [original, bias, total, *atoms, stems], update, controls)
