"""Autoencoders whose code can be cut to bits without losing much.

Two ways prepare a sigmoid for the cut in training. Noise before the sigmoid drowns
fine differences (Salakhutdinov and Hinton 2009, doi:10.1016/j.ijar.2008.11.006). Or the
forward pass rounds, while the gradient is that of the sigmoid (Krizhevsky and Hinton
2011, Using very deep autoencoders for content-based image retrieval, ESANN).

A trained network is kept as a mapping from names to arrays, which `activations` and
`rebuild` run with numpy. Keras is imported only where a network is built or trained.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

__all__ = ["activations", "binary_autoencoder", "rebuild", "train_bits"]

Floats = NDArray[np.float32]
Network = Mapping[str, ArrayLike]

NAMES = (
    "kernel_hidden",
    "bias_hidden",
    "kernel_code",
    "mean_code",
    "variance_code",
    "kernel_hidden_2",
    "bias_hidden_2",
    "kernel_output",
    "bias_output",
)
EPSILON = 1e-3  # Keras' own, added to the variance of a batch


def binary_autoencoder(
    input_size: int,
    hidden_size: int,
    n_bits: int,
    *,
    noise: float = 0.0,
    rounded: bool = False,
) -> tuple[Any, Any]:
    """Build an autoencoder with a code of sigmoid units, not yet compiled.

    Parameters
    ----------
    input_size : int
        Pixels of an image.
    hidden_size : int
        ReLU units before the code, and after it.
    n_bits : int
        Units of the code.
    noise : float
        Standard deviation of the Gaussian noise on the activations, from 0 to 1, in
        training only.
    rounded : bool
        Hand 0 or 1 on to the decoder, with the gradient of the sigmoid.

    Returns
    -------
    autoencoder : keras.Model
        From images to reconstructions.
    encoder : keras.Model
        From images to the activations before noise and sigmoid, each scaled by its
        standard deviation over a batch (in use, over the training data): it shares
        the autoencoder's layers. They lie around 0, where the sigmoid is 0.5.
    """
    from cs5045ae.backend import keras

    layers, ops = keras.layers, keras.ops
    image = keras.Input((input_size,))
    hidden = layers.Dense(hidden_size, activation="relu")(image)
    # Without a scale of their own the activations can't outgrow the noise, and their
    # mean at 0 keeps a bit from being the same for all images.
    scaled = layers.BatchNormalization(
        momentum=0.9, center=False, scale=False, epsilon=EPSILON
    )
    a = scaled(layers.Dense(n_bits, use_bias=False)(hidden))
    noisy = layers.GaussianNoise(noise)(a) if noise else a
    code = layers.Activation("sigmoid")(noisy)
    if rounded:
        code = code + ops.stop_gradient(ops.round(code) - code)
    hidden_2 = layers.Dense(hidden_size, activation="relu")(code)
    x_hat = layers.Dense(input_size, activation="sigmoid")(hidden_2)
    return keras.Model(image, x_hat), keras.Model(image, a)


def train_bits(
    x: ArrayLike,
    n_bits: int,
    epochs: int,
    *,
    noise: float = 1.0,
    rounded: bool = False,
    seed: int = 0,
) -> dict[str, np.ndarray]:
    """Train a binary autoencoder on images and return its arrays.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Pixels in [0, 1].
    n_bits : int
        Units of the code; 256 hidden units stand on each side of it.
    epochs : int
        Rounds through the images.
    noise, rounded
        As in `binary_autoencoder`.
    seed : int
        Seed of the start, the order and the noise.

    Returns
    -------
    dict
        Arrays by name, as `activations` and `rebuild` take them.
    """
    from cs5045ae.backend import keras
    from cs5045ae.layers import ProgressBar

    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    autoencoder, _ = binary_autoencoder(
        x.shape[1], 256, n_bits, noise=noise, rounded=rounded
    )
    adam = keras.optimizers.Adam(3e-3)
    autoencoder.compile(adam, "binary_crossentropy", steps_per_execution=40)
    bar = ProgressBar(f"{n_bits} bits")
    autoencoder.fit(x, x, batch_size=100, epochs=epochs, verbose=0, callbacks=[bar])
    arrays = [
        array
        for layer in autoencoder.layers
        for array in layer.get_weights()
        if array.ndim  # not the counter of the noise's random numbers
    ]
    return dict(zip(NAMES, arrays, strict=True))


def activations(network: Network, x: ArrayLike) -> Floats:
    """Compute the code units' activations, which `search.to_bits` makes bits of.

    Parameters
    ----------
    network : mapping from a name to an array
        From `train_bits`.
    x : array of shape `(n, d)`
        Images.

    Returns
    -------
    array of shape `(n, n_bits)`
        float32, each unit with mean about 0 and variance about 1 over the training
        images.
    """
    w = {name: np.asarray(network[name], dtype=np.float32) for name in NAMES}
    hidden = np.asarray(x, dtype=np.float32) @ w["kernel_hidden"] + w["bias_hidden"]
    a = np.maximum(hidden, 0) @ w["kernel_code"]
    return (a - w["mean_code"]) / np.sqrt(w["variance_code"] + np.float32(EPSILON))


def rebuild(network: Network, code: ArrayLike) -> Floats:
    """Decode bits, or any numbers from 0 to 1 in their place.

    Parameters
    ----------
    network : mapping from a name to an array
        From `train_bits`.
    code : array of shape `(n, n_bits)`
        From 0 to 1.

    Returns
    -------
    array of shape `(n, d)`
        float32, pixels in [0, 1].
    """
    w = {name: np.asarray(network[name], dtype=np.float32) for name in NAMES}
    hidden = np.asarray(code, np.float32) @ w["kernel_hidden_2"] + w["bias_hidden_2"]
    x_hat = np.maximum(hidden, 0) @ w["kernel_output"] + w["bias_output"]
    return expit(x_hat)
