"""Train autoencoders with Keras whose code is kept sparse by a penalty.

The KL penalty is added by `KLSparsity`, the L1 penalty by Keras' own
``activity_regularizer``. Importing this module imports Keras.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cs5045ae.backend import keras
from cs5045ae.reference.network_losses import nats
from cs5045ae.reference.sparse import TINY

__all__ = [
    "BETA",
    "KLSparsity",
    "build_halves",
    "fit_halves",
    "train_l1",
    "train_sparse",
]

BETA = 3.0
"""Weight of the KL penalty of each node, in the exercises of Ng's notes and here."""


class KLSparsity(keras.layers.Layer):
    """Hand activations on, and add their KL penalty to the model's loss.

    Parameters
    ----------
    rho : float
        Mean activity that every node should have over a batch, between 0 and 1.
    beta : float
        Weight of the penalty, which is summed over the nodes.
    **kwargs
        Of `keras.layers.Layer`.
    """

    def __init__(self, rho: float, beta: float = BETA, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rho, self.beta = rho, beta

    def call(self, h: Any) -> Any:
        """Return h `(n, code_size)`, activations in [0, 1], as it is."""
        ops, rho = keras.ops, self.rho
        rho_hat = ops.clip(ops.mean(h, axis=0), TINY, 1 - TINY)
        on = rho * ops.log(rho / rho_hat)
        off = (1 - rho) * ops.log((1 - rho) / (1 - rho_hat))
        self.add_loss(self.beta * ops.sum(on + off))
        return h


def build_halves(
    d: int,
    code_size: int,
    *,
    code: str = "sigmoid",
    output: str | None = "sigmoid",
    regularizer: Any = None,
) -> tuple[Any, Any]:
    """Build an encoder and a decoder of one dense layer each.

    Parameters
    ----------
    d, code_size : int
        Pixels, and nodes of the code.
    code, output : str
        Activations of the code and of the output; None is linear.
    regularizer : keras.Regularizer, optional
        Penalty on the activations of the code.

    Returns
    -------
    encoder, decoder : keras.Model
        From `(n, d)` to `(n, code_size)`, and back.
    """
    image, h = keras.Input(shape=(d,)), keras.Input(shape=(code_size,))
    nodes = keras.layers.Dense(code_size, code, activity_regularizer=regularizer)
    pixels = keras.layers.Dense(d, output)
    return keras.Model(image, nodes(image)), keras.Model(h, pixels(h))


def fit_halves(
    encoder: Any,
    decoder: Any,
    x: ArrayLike,
    epochs: int,
    *,
    sparsity: Any = None,
    loss: Callable[[Any, Any], Any] = nats,
    rate: float = 0.01,
) -> None:
    """Train both halves to give back images, in batches of 50 with Adam.

    Parameters
    ----------
    encoder, decoder : keras.Model
        As from `build_halves`.
    x : array of shape `(n, d)`
        Images.
    epochs : int
        Passes over the images.
    sparsity : keras.layers.Layer, optional
        Stands between both halves, such as `KLSparsity`.
    loss : callable
        `nats` for pixels in [0, 1], or `squared_error`.
    rate : float
        Adam's learning rate.
    """
    x = np.asarray(x, dtype=np.float32)
    image = keras.Input(shape=(x.shape[1],))
    h = encoder(image)
    autoencoder = keras.Model(image, decoder(h if sparsity is None else sparsity(h)))
    autoencoder.compile(keras.optimizers.Adam(rate), loss, steps_per_execution=20)
    autoencoder.fit(x, x, batch_size=50, epochs=epochs, verbose=0)


def train_sparse(
    x: ArrayLike, code_size: int, rho: float, epochs: int, seed: int
) -> tuple[Any, Any]:
    """Train a sparse autoencoder with the KL penalty.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Pixels in [0, 1].
    code_size : int
        Sigmoid nodes of the code; there may be more of them than pixels.
    rho : float
        Mean activity that every node should have, between 0 and 1.
    epochs, seed : int
        Passes over the images; seed of the start and of the order.

    Returns
    -------
    encoder, decoder : keras.Model
        As from `build_halves`, trained with the cross-entropy summed over the pixels
        plus `BETA` times the penalty.

    References
    ----------
    Ng (2011), Sparse autoencoder, section 3
    """
    keras.utils.set_random_seed(seed)
    encoder, decoder = build_halves(np.shape(x)[1], code_size)
    fit_halves(encoder, decoder, x, epochs, sparsity=KLSparsity(rho))
    return encoder, decoder


def train_l1(
    x: ArrayLike, code_size: int, lam: float, epochs: int, seed: int
) -> tuple[Any, Any]:
    """Train a sparse autoencoder with ReLU nodes and an L1 penalty on them.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Pixels in [0, 1].
    code_size : int
        Nodes of the code.
    lam : float
        Weight of the sum of an image's activations; with 0 nothing is penalised.
    epochs, seed : int
        Passes over the images; seed of the start and of the order.

    Returns
    -------
    encoder, decoder : keras.Model
        As from `build_halves`, trained with the cross-entropy summed over the pixels.
    """
    keras.utils.set_random_seed(seed)
    penalty = keras.regularizers.L1(lam)
    encoder, decoder = build_halves(
        np.shape(x)[1], code_size, code="relu", regularizer=penalty
    )
    fit_halves(encoder, decoder, x, epochs, rate=0.001)
    return encoder, decoder
