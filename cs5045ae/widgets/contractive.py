"""The interactive picture of lecture 05: what a stronger penalty leaves of the code."""

from collections.abc import Mapping, Sequence

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit

from cs5045ae.reference.contractive_spectrum import (
    effective_directions,
    sensitive_directions,
)
from cs5045ae.reference.pca import reconstruction_error
from cs5045ae.widgets.stage import LivePicture

__all__ = ["contractive_widget"]


def contractive_widget(
    x: ArrayLike,
    networks: Mapping[float, Sequence[ArrayLike]],
    *,
    labels: Sequence[str] | None = None,
) -> LivePicture:
    """Choose the penalty's weight; see the reconstruction and the Jacobian's spectrum.

    Beside an image and what its code keeps of it stand the direction that moves the
    code the most, and the singular values of the Jacobian at this image, over those of
    the first network in grey.

    Parameters
    ----------
    x : array of shape `(n, 784)`
        Images to choose from, a few: the Jacobian of each is decomposed beforehand.
    networks : mapping from a penalty's weight to four arrays
        Kernel `(784, k)` and bias of the encoder, kernel `(k, 784)` and bias of the
        decoder, both of them layers of sigmoids.
    labels : sequence of n strings, optional
        Names of the images; "image 0" and so on by default.

    Returns
    -------
    LivePicture
        Both controls work with the arrow keys.

    Raises
    ------
    ValueError
        If there is no network, or not one label for each image.
    """
    x = np.asarray(x, dtype=np.float64)
    labels = labels or [f"image {i}" for i in range(len(x))]
    if not networks:
        raise ValueError("pass the weights of one network or more")
    if len(labels) != len(x):
        raise ValueError(f"{len(labels)} labels for {len(x)} images")
    rebuilt, spectra = {}, {}
    for lam, (kernel, bias, kernel_out, bias_out) in networks.items():
        codes = expit(x @ np.asarray(kernel) + np.asarray(bias))
        rebuilt[lam] = expit(codes @ np.asarray(kernel_out) + np.asarray(bias_out))
        count = min(np.shape(kernel))
        spectra[lam] = [sensitive_directions(row, kernel, bias, count) for row in x]
    first = next(iter(networks))
    floor = 1e-3  # values below are off the picture

    fig, axes = plt.subplots(1, 4, figsize=(8.8, 2.8), width_ratios=(1, 1, 1, 1.7))
    titles = ("image", "rebuilt", "moves the code\nthe most")
    pictures = []
    for ax, title, cmap in zip(
        axes, titles, ("gray_r", "gray_r", "RdBu_r"), strict=False
    ):
        ax.set(xticks=[], yticks=[], title=title)
        ax.spines[:].set(visible=True, color="#BBBBBB", linewidth=0.6)
        low = -1 if cmap == "RdBu_r" else 0
        pictures.append(ax.imshow(np.zeros((28, 28)), vmin=low, vmax=1, cmap=cmap))
    count = max(len(values) for rows in spectra.values() for _, values in rows)
    axes[3].set(xlim=(0, count + 1), ylim=(floor, 5), yscale="log")
    axes[3].set(xlabel="number", ylabel="singular value of J")
    (grey,) = axes[3].plot([], [], "--", color="#666666", label=f"penalty {first:g}")
    (line,) = axes[3].plot([], [], color="#0072B2", label="chosen penalty")
    axes[3].legend(loc="lower center", bbox_to_anchor=(0.5, 0.98), ncols=2)

    def update(lam: float, image: int) -> str:
        directions, values = spectra[lam][image]
        # Either sign is right; ink that the direction adds is drawn in red.
        top = directions[0] * np.sign(directions[0] @ x[image] or 1.0)
        for artist, pixels in zip(
            pictures,
            (x[image], rebuilt[lam][image], top / np.abs(top).max()),
            strict=True,
        ):
            artist.set_data(np.reshape(pixels, (28, 28)))
        before = spectra[first][image][1]
        for artist, heights in ((grey, before), (line, values)):
            artist.set_data(
                np.arange(1, len(heights) + 1), heights.clip(min=floor / 10)
            )
        error = reconstruction_error(x[image : image + 1], rebuilt[lam][image][None])
        return (
            f"{labels[image]}, penalty {lam:g}: squared error {error:.1f}, norm of the "
            f"Jacobian {np.linalg.norm(values):.2f} (with penalty {first:g} it is "
            f"{np.linalg.norm(before):.2f}), effective number of "
            f"directions {effective_directions(values[None])[0]:.0f}."
        )

    controls = {
        "lam": ipywidgets.SelectionSlider(
            options=[(f"{lam:g}", lam) for lam in networks],
            value=list(networks)[len(networks) // 2],
            description="Weight of the penalty",
        ),
        "image": ipywidgets.Dropdown(
            options=[(label, i) for i, label in enumerate(labels)], description="Image"
        ),
    }
    return LivePicture(fig, [*pictures, grey, line], update, controls)
