"""Train a variational autoencoder with Keras, and run it with numpy.

A trained network is kept as a mapping from names to arrays, so that it can lie in the
course's cache: `weights` makes it of two Keras models, `encode` and `decode` run it.
Importing this module imports Keras.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from cs5045ae.backend import keras
from cs5045ae.reference.network_losses import nats

__all__ = [
    "Sampling",
    "build_halves",
    "decode",
    "encode",
    "train_vae",
    "weights",
]

Array = NDArray[np.float64]
Network = Mapping[str, ArrayLike]

PARTS = ("hidden", "mu", "log_var", "hidden_2", "output")


class Sampling(keras.layers.Layer):
    """Draw a code for each image, and add the KL divergence to the model's loss.

    Parameters
    ----------
    beta : float
        Weight of the KL divergence.
    noise : bool
        False hands on mu without noise, as a plain autoencoder does.
    **kwargs
        Of `keras.layers.Layer`.
    """

    def __init__(self, beta: float, noise: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.beta, self.noise = beta, noise
        self.seeds = keras.random.SeedGenerator()

    def call(self, inputs: Any) -> Any:
        """Return ``mu + exp(log_var / 2) * eps`` with new eps at every call."""
        mu, log_var = inputs
        terms = keras.ops.square(mu) + keras.ops.exp(log_var) - 1 - log_var
        kl = 0.5 * keras.ops.sum(terms, axis=1)
        self.add_loss(self.beta * keras.ops.mean(kl))
        if not self.noise:
            return mu
        eps = keras.random.normal(keras.ops.shape(mu), seed=self.seeds)
        return mu + keras.ops.exp(log_var / 2) * eps


def build_halves(d: int, hidden_size: int, code_size: int) -> tuple[Any, Any]:
    """Build an encoder with two heads and a decoder, one hidden layer each.

    Parameters
    ----------
    d, hidden_size, code_size : int
        Pixels, hidden nodes and numbers in the code.

    Returns
    -------
    encoder : keras.Model
        From `(n, d)` to ``[mu, log_var]``, both `(n, code_size)` and linear.
    decoder : keras.Model
        From `(n, code_size)` to pixels `(n, d)` in [0, 1].
    """
    dense = keras.layers.Dense
    image = keras.Input(shape=(d,))
    hidden = dense(hidden_size, activation="relu")(image)
    encoder = keras.Model(image, [dense(code_size)(hidden), dense(code_size)(hidden)])
    z = keras.Input(shape=(code_size,))
    hidden = dense(hidden_size, activation="relu")(z)
    return encoder, keras.Model(z, dense(d, activation="sigmoid")(hidden))


def train_vae(
    x: ArrayLike, code_size: int, beta: float, epochs: int, seed: int
) -> tuple[Any, Any]:
    """Train a variational autoencoder on images.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Pixels in [0, 1].
    code_size : int
        Numbers in the code.
    beta : float
        Weight of the KL divergence (Higgins et al. 2017); 1 for the ELBO.
    epochs, seed : int
        Rounds through the images; seed of the start, the order and the draws.

    Returns
    -------
    encoder, decoder : keras.Model
        As from `build_halves`, with 128 hidden nodes.
    """
    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    encoder, decoder = build_halves(x.shape[1], 128, code_size)
    image = keras.Input(shape=(x.shape[1],))
    vae = keras.Model(image, decoder(Sampling(beta)(encoder(image))))
    vae.compile(keras.optimizers.Adam(3e-3), nats, steps_per_execution=20)
    vae.fit(x, x, batch_size=100, epochs=epochs, verbose=0)
    return encoder, decoder


def weights(encoder: Any, decoder: Any) -> dict[str, np.ndarray]:
    """Return the arrays of both halves by name, as `encode` and `decode` take them.

    Parameters
    ----------
    encoder, decoder : keras.Model
        From `build_halves`.

    Returns
    -------
    dict
        ``kernel_`` and ``bias_`` of hidden, mu, log_var, hidden_2 and output.
    """
    arrays = encoder.get_weights() + decoder.get_weights()
    names = [f"{kind}_{part}" for part in PARTS for kind in ("kernel", "bias")]
    return dict(zip(names, arrays, strict=True))


def encode(network: Network, x: ArrayLike) -> tuple[Array, Array]:
    """Give each image the mean and the log variance of its code, with numpy.

    Parameters
    ----------
    network : mapping from a name to an array
        From `weights`.
    x : array of shape `(n, d)`
        Images.

    Returns
    -------
    mu, log_var : array of shape `(n, k)`
    """
    hidden = np.maximum(_dense(network, "hidden", x), 0)
    return _dense(network, "mu", hidden), _dense(network, "log_var", hidden)


def decode(network: Network, z: ArrayLike) -> Array:
    """Give each code its image, with numpy.

    Parameters
    ----------
    network : mapping from a name to an array
        From `weights`.
    z : array of shape `(n, k)`
        Codes.

    Returns
    -------
    array of shape `(n, d)`
        Pixels in [0, 1].
    """
    hidden = np.maximum(_dense(network, "hidden_2", z), 0)
    return expit(_dense(network, "output", hidden))


def _dense(network: Network, part: str, x: ArrayLike) -> Array:
    kernel = np.asarray(network[f"kernel_{part}"], dtype=np.float64)
    bias = np.asarray(network[f"bias_{part}"], dtype=np.float64)
    return np.asarray(x, dtype=np.float64) @ kernel + bias
