"""The denoising autoencoder: spoil the input, keep the target clean.

Images are rows of ``x`` `(n, d)`, pixels in [0, 1]; ``x_noisy`` `(n, d)` is what the
network sees and ``x_hat`` `(n, d)` what it makes of it. Keras is imported where a
network is trained, since that costs seconds.

References
----------
Vincent, Larochelle, Bengio and Manzagol (2008), Extracting and composing robust
features with denoising autoencoders, doi:10.1145/1390156.1390294
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs5045ae.data import add_gaussian, mask, salt_and_pepper
from cs5045ae.reference.basic import build_autoencoder
from cs5045ae.reference.denoising_score import mixture_score

__all__ = [
    "KINDS",
    "RATE",
    "corrupt",
    "epoch_pairs",
    "linear_denoiser",
    "mixture_score",
    "psnr",
    "spatial_extent",
    "train_denoiser",
]

Array = NDArray[np.float64]

KINDS = {"masking": mask, "Gaussian": add_gaussian, "salt and pepper": salt_and_pepper}
"""The three corruptions by name; each takes ``(x, level, seed=...)``."""

RATE = 0.25
"""The share of the pixels that `epoch_pairs` masks."""


def corrupt(x: ArrayLike, kind: str, level: float, *, seed: int) -> NDArray[np.float32]:
    """Spoil images in one of the three ways of `cs5045ae.data`.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images in [0, 1].
    kind : {"masking", "Gaussian", "salt and pepper"}
        What to do.
    level : float
        The share of the pixels that are hit or, for Gaussian noise, the standard
        deviation.
    seed : int
        Of the random numbers.

    Returns
    -------
    array of shape `(n, d)`
        float32, in [0, 1].

    Raises
    ------
    ValueError
        If the kind is unknown, or x or the level is out of its range.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}, not {kind!r}.")
    return KINDS[kind](np.asarray(x, dtype=np.float32), level, seed=seed)


def epoch_pairs(x: ArrayLike, epoch: int, seed: int) -> tuple[Array, Array]:
    """Make the inputs and targets of one epoch, with masks of its own.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Clean images.
    epoch, seed : int
        Of 0 or more. Every pair of them has masks of its own.

    Returns
    -------
    x_in : array of shape `(n, d)`
        The images, each pixel set to 0 with chance `RATE`.
    x_target : array of shape `(n, d)`
        The clean images.
    """
    x = np.asarray(x, dtype=np.float64)
    kept = np.random.default_rng([seed, epoch]).random(x.shape) >= RATE
    return x * kept, x.copy()


def psnr(x: ArrayLike, x_hat: ArrayLike) -> Array:
    """Measure each image by its peak signal-to-noise ratio.

    Parameters
    ----------
    x, x_hat : array of shape `(n, d)`
        Originals and what was made of them; white is 1.

    Returns
    -------
    array of shape `(n,)`
        ``10 log10(1 / mse)`` in decibels, with the mean squared error over the pixels
        of an image. It is infinite where both images are equal.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> psnr([[0.0, 1.0]], [[0.1, 0.9]]).round(6)
    array([20.])
    """
    x, x_hat = np.asarray(x, dtype=np.float64), np.asarray(x_hat, dtype=np.float64)
    if x.shape != x_hat.shape:
        raise ValueError(f"x has shape {x.shape}, but x_hat {x_hat.shape}.")
    mse = ((x - x_hat) ** 2).mean(axis=1)
    with np.errstate(divide="ignore"):
        return -10 * np.log10(mse)


def linear_denoiser(
    x_noisy: ArrayLike, x: ArrayLike, strength: float
) -> tuple[Array, Array]:
    """Fit the best linear map from noisy images to clean ones (ridge regression).

    Parameters
    ----------
    x_noisy, x : array of shape `(n, d)`
        Pairs of a spoiled image and its original.
    strength : float
        Above 0; what a squared weight costs.

    Returns
    -------
    weights : array of shape `(d, d)`
    bias : array of shape `(d,)`
        With ``x_hat = x_noisy @ weights + bias`` they minimise the sum over all images
        of ``||x_hat - x||^2``, plus ``strength`` times the sum of the squared weights.
        The bias is not punished.

    Raises
    ------
    ValueError
        If the shapes differ or the strength is not above 0.

    References
    ----------
    Hoerl and Kennard (1970), Ridge regression, doi:10.1080/00401706.1970.10488634
    """
    x_noisy, x = np.asarray(x_noisy, dtype=np.float64), np.asarray(x, dtype=np.float64)
    if x_noisy.shape != x.shape:
        raise ValueError(f"x_noisy has shape {x_noisy.shape}, but x {x.shape}.")
    if not strength > 0:
        raise ValueError(f"strength must be above 0, not {strength}.")
    mean_in, mean_out = x_noisy.mean(axis=0), x.mean(axis=0)
    inputs, outputs = x_noisy - mean_in, x - mean_out
    gram = inputs.T @ inputs + strength * np.eye(inputs.shape[1])
    weights = np.linalg.solve(gram, inputs.T @ outputs)
    return weights, mean_out - mean_in @ weights


def train_denoiser(x: ArrayLike, sigma: float, epochs: int, seed: int) -> Any:
    """Train a network to give back clean images for images with Gaussian noise.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Clean images in [0, 1].
    sigma : float
        Standard deviation of the noise; the noisy images are clipped to [0, 1].
    epochs : int
        Passes over the images, each with new noise.
    seed : int
        Of the initial weights, the order of the images and the noise.

    Returns
    -------
    keras.Model
        One hidden layer of 256 nodes with ReLU, sigmoid at the end; trained with Adam
        and binary cross-entropy in batches of 32.
    """
    from cs5045ae.backend import keras

    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    rng = np.random.default_rng(seed)
    denoiser = build_autoencoder(x.shape[1], [], 256)
    denoiser.compile("adam", "binary_crossentropy", steps_per_execution=50)
    for _ in range(epochs):
        x_noisy = corrupt(x, "Gaussian", sigma, seed=int(rng.integers(2**31)))
        denoiser.fit(x_noisy, x, batch_size=32, verbose=0)
    return denoiser


def spatial_extent(filters: ArrayLike) -> Array:
    """Measure how far the weights of filters spread over the image.

    Parameters
    ----------
    filters : array of shape `(k, side * side)`
        One filter a row.

    Returns
    -------
    array of shape `(k,)`
        The root mean square distance, in pixels, of a filter's squared weights from
        their centre. On 28 x 28 pixels, equal weights everywhere have 11.4.

    Examples
    --------
    >>> spatial_extent([[1.0, 1.0, 0.0, 0.0]])
    array([0.5])
    """
    energy = np.asarray(filters, dtype=np.float64) ** 2
    energy /= energy.sum(axis=1, keepdims=True)
    side = round(energy.shape[1] ** 0.5)
    at = np.indices((side, side)).reshape(2, -1)
    centre = energy @ at.T
    return np.sqrt(energy @ (at**2).sum(axis=0) - (centre**2).sum(axis=1))
