"""Train contractive autoencoders and their rivals with Keras; differentiate encoders.

Importing this module imports Keras.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs5045ae.backend import keras, tf
from cs5045ae.reference.network_losses import squared_error

__all__ = [
    "TiedAutoencoder",
    "jacobian",
    "jacobian_penalty",
    "train_cae",
    "train_tied",
]

Array = NDArray[np.float64]
ROWS = 200  # images at a time: the Jacobians of all would fill the memory


def jacobian(encoder: Any, x: ArrayLike) -> Array:
    """Return the Jacobian of any encoder at each image, by automatic differentiation.

    Parameters
    ----------
    encoder : keras.Model
        From `(n, d)` to `(n, k)`, each row on its own: no batch normalisation that is
        in training.
    x : array of shape `(n, d)`
        Images.

    Returns
    -------
    array of shape `(n, k, d)`
        ``J[i, j, m]`` is the derivative of code number j for pixel m, at image i.
    """
    x = np.asarray(x, dtype=np.float32)
    return np.concatenate(
        [
            _batch_jacobian(encoder, x[start : start + ROWS])
            for start in range(0, len(x), ROWS)
        ]
    )


def _batch_jacobian(encoder: Any, x: NDArray[np.float32]) -> Array:
    images = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(images)
        h = encoder(images)
    # The plain gradient would add up the units; this keeps a row for each of them.
    return np.asarray(tape.batch_jacobian(h, images), dtype=np.float64)


def jacobian_penalty(encoder: Any, x: ArrayLike) -> Array:
    """Return the squared Frobenius norm of any encoder's Jacobian at each image.

    Parameters
    ----------
    encoder, x
        As in `jacobian`.

    Returns
    -------
    array of shape `(n,)`
        For one sigmoid layer that of `cs5045ae.reference.contractive`.
    """
    x = np.asarray(x, dtype=np.float32)
    return np.concatenate(
        [
            (_batch_jacobian(encoder, x[start : start + ROWS]) ** 2).sum(axis=(1, 2))
            for start in range(0, len(x), ROWS)
        ]
    )


class TiedAutoencoder(keras.layers.Layer):
    """One sigmoid layer and its mirror image, with what its training adds to the loss.

    Parameters
    ----------
    code_size : int
        Units of the hidden layer.
    lam : float
        Weight of the contractive penalty, the squared Frobenius norm of the encoder's
        Jacobian.
    decay : float
        Weight of the sum of all squared weights.
    sigma : float
        Standard deviation of noise that is added to the input in training.
    tied : bool
        False gives the decoder a kernel of its own.
    **kwargs
        Of `keras.layers.Layer`.
    """

    def __init__(
        self,
        code_size: int,
        lam: float = 0.0,
        decay: float = 0.0,
        sigma: float = 0.0,
        tied: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.code_size, self.tied = code_size, tied
        self.lam, self.decay, self.sigma = lam, decay, sigma
        self.seeds = keras.random.SeedGenerator()

    def build(self, input_shape: tuple[int | None, int]) -> None:
        """Make the weights, drawn as Glorot and Bengio (2010) do."""
        d, k = input_shape[-1], self.code_size
        self.kernel = self.add_weight(shape=(d, k), initializer="glorot_uniform")
        self.encoder_bias = self.add_weight(shape=(k,), initializer="zeros")
        self.decoder_bias = self.add_weight(shape=(d,), initializer="zeros")
        if not self.tied:
            self.own = self.add_weight(shape=(k, d), initializer="glorot_uniform")

    def decoder_kernel(self) -> Any:
        """Return the tensor `(k, d)` that the decoder multiplies with."""
        return keras.ops.transpose(self.kernel) if self.tied else self.own

    def call(self, x: Any, training: bool = False) -> Any:
        """Return x_hat, and add the penalties, averaged over the batch, to the loss."""
        ops = keras.ops
        if training and self.sigma:
            x = x + self.sigma * keras.random.normal(ops.shape(x), seed=self.seeds)
        h = ops.sigmoid(x @ self.kernel + self.encoder_bias)
        squares = ops.sum(ops.square(self.kernel), axis=0)
        penalty = ops.square(h * (1 - h)) @ ops.expand_dims(squares, 1)
        self.add_loss(self.lam * ops.mean(penalty) + self.decay * ops.sum(squares))
        return ops.sigmoid(h @ self.decoder_kernel() + self.decoder_bias)

    def halves(self) -> tuple[Any, Any]:
        """Return encoder and decoder as plain models with copies of the weights."""
        d = self.kernel.shape[0]
        encoder, decoder = (
            keras.Sequential(
                [keras.Input(shape=(n_in,)), keras.layers.Dense(n_out, "sigmoid")]
            )
            for n_in, n_out in ((d, self.code_size), (self.code_size, d))
        )
        arrays = (self.kernel, self.encoder_bias)
        encoder.set_weights([np.asarray(array) for array in arrays])
        arrays = (self.decoder_kernel(), self.decoder_bias)
        decoder.set_weights([np.asarray(array) for array in arrays])
        return encoder, decoder


def train_tied(
    x: ArrayLike,
    code_size: int,
    epochs: int,
    seed: int,
    *,
    rate: float = 3e-3,
    batch_size: int = 50,
    **settings: Any,
) -> tuple[Any, Any]:
    """Train an autoencoder of two sigmoid layers, with or without a penalty.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images, pixels in [0, 1].
    code_size : int
        Numbers of a code.
    epochs, seed : int
        Rounds through the images; seed of the start, the order and the noise.
    rate : float
        Learning rate of Adam.
    batch_size : int
        Images a step.
    **settings
        Of `TiedAutoencoder`: ``lam`` makes it contractive, ``decay`` decays the
        weights, ``sigma`` makes it denoising, ``tied=False`` unties it; without any of
        them it is a plain autoencoder.

    Returns
    -------
    encoder, decoder : keras.Model
        Plain models, one dense layer each.
    """
    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    layer = TiedAutoencoder(code_size, **settings)
    image = keras.Input(shape=(x.shape[1],))
    model = keras.Model(image, layer(image))
    model.compile(keras.optimizers.Adam(rate), squared_error, steps_per_execution=20)
    model.fit(x, x, batch_size=batch_size, epochs=epochs, verbose=0)
    return layer.halves()


def train_cae(
    x: ArrayLike, code_size: int, lam: float, epochs: int, seed: int
) -> tuple[Any, Any]:
    """Train a contractive autoencoder with tied weights.

    Parameters
    ----------
    x, code_size, epochs, seed
        As in `train_tied`.
    lam : float
        What a unit of the squared Frobenius norm costs, where a unit of squared error
        costs 1.

    Returns
    -------
    encoder, decoder : keras.Model
        As from `train_tied`.
    """
    return train_tied(x, code_size, epochs, seed, lam=lam)
