"""The interactive picture of lecture 01: more components, better reconstruction."""

import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import Dropdown, IntSlider
from numpy.typing import ArrayLike

from cs5045ae.reference.pca import project, reconstruct
from cs5045ae.widgets.panels import image_panel
from cs5045ae.widgets.stage import LivePicture

__all__ = ["pca_widget"]


def pca_widget(
    x: ArrayLike,
    mean: ArrayLike,
    components: ArrayLike,
    variances: ArrayLike,
    *,
    labels: list[str] | None = None,
    most: int = 100,
) -> LivePicture:
    """Show images rebuilt from as many components as a slider says.

    Beside the image and its reconstruction, two curves over the number of components
    with a marker each: the share of the variance, and the squared error.

    Parameters
    ----------
    x : array of shape `(n, 784)`
        Images to choose from.
    mean : array of shape `(784,)`
        The mean of the training images.
    components : array of shape `(k, 784)`
        Orthonormal rows, the largest variance first; at least `most` of them.
    variances : array of shape `(784,)`
        The variances of all components, so that shares can be told.
    labels : list of n strings, optional
        Names of the images for the menu; "image 0" and so on by default.
    most : int
        The right end of the slider.

    Returns
    -------
    LivePicture
        Slider and menu work with the arrow keys.

    Raises
    ------
    ValueError
        If there are fewer components than `most`.
    """
    x, mean = np.asarray(x, dtype=np.float64), np.asarray(mean, dtype=np.float64)
    components = np.asarray(components)[:most]
    if len(components) < most:
        raise ValueError(
            f"{len(components)} components can't fill a slider up to {most}: pass more "
            "components or a smaller `most`."
        )
    z = project(x, mean, components)
    share = 100 * np.cumsum([0.0, *np.asarray(variances)]) / np.sum(variances)
    # Orthonormal components: each takes the square of its coordinate off the error.
    start = ((x - mean) ** 2).sum(axis=1, keepdims=True)
    errors = start - np.hstack([np.zeros_like(start), (z**2).cumsum(axis=1)])
    errors = errors.clip(min=0)  # rounding may leave a little less than nothing

    fig = plt.figure(figsize=(8.8, 2.6))
    left, right, of_share, of_error = fig.subplots(
        1, 4, width_ratios=[1, 1, 1.35, 1.35]
    )
    original, rebuilt = image_panel(left, "image"), image_panel(right, "rebuilt")
    counts = np.arange(most + 1)
    of_share.plot(counts, share[: most + 1])
    of_share.set(xlabel="components", ylabel="% of the variance", ylim=(0, 102))
    of_error.plot(counts, errors.mean(axis=0), color="#999999", label="all images")
    (line,) = of_error.plot(counts, errors[0], label="this image")
    of_error.set(xlabel="components", ylabel="squared error", ylim=(0, errors.max()))
    of_error.legend()
    markers = [
        ax.plot([0], [0], "o", color="#D55E00", markersize=8)[0]
        for ax in (of_share, of_error)
    ]
    names = labels or [f"image {i}" for i in range(len(x))]

    def update(k: int, image: int) -> str:
        x_hat = reconstruct(z[image : image + 1, :k], mean, components[:k])[0]
        original.set_data(x[image].reshape(28, 28))
        rebuilt.set_data(x_hat.reshape(28, 28))
        line.set_ydata(errors[image])
        markers[0].set_data([k], [share[k]])
        markers[1].set_data([k], [errors[image, k]])
        plural = "component" if k == 1 else "components"
        return (
            f"{names[image]} from the mean and {k} {plural}, which carry "
            f"{share[k]:.1f} % of the variance: squared error {errors[image, k]:.1f}."
        )

    return LivePicture(
        fig,
        [original, rebuilt, line, *markers],
        update,
        {
            "k": IntSlider(min(10, most), 0, most, description="Components"),
            "image": Dropdown(
                options=list(zip(names, range(len(x)), strict=True)),
                value=0,
                description="Image",
            ),
        },
    )
