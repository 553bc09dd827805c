"""The headlines of 07_convolutional: two ways to a code of 32 numbers."""

from typing import Any

import numpy as np

from benchmarks.results.headlines import Data, headline

WHAT = "squared error of a test image"


@headline(
    "07_convolutional",
    f"convolutions of 8, 16 and 32 channels, code of 32 numbers: {WHAT}",
    "none for a code of 32 numbers",
)
def convolutional_32(data: Data, seed: int) -> float:
    from cs5045ae.reference.convolutional_networks import conv_autoencoder

    return error_of(lambda: conv_autoencoder(8), data, seed)


@headline(
    "07_convolutional",
    f"784-128-32-128-784, trained the same way: {WHAT}",
    "none; the dense rival of the row above",
)
def dense_32(data: Data, seed: int) -> float:
    from cs5045ae.reference.convolutional_networks import dense_autoencoder

    return error_of(lambda: dense_autoencoder(128), data, seed)


def error_of(build: Any, data: Data, seed: int) -> float:
    """Train a pair of halves as the lecture does; return the error on test images."""
    from cs5045ae.backend import keras
    from cs5045ae.reference.pca import reconstruction_error

    keras.utils.set_random_seed(seed)
    encoder, decoder = build()
    image = keras.Input((28, 28, 1))
    both = keras.Model(image, decoder(encoder(image)))
    adam = keras.optimizers.Adam(0.003)
    both.compile(adam, "binary_crossentropy", steps_per_execution=25)
    x = data.x_train.reshape(-1, 28, 28, 1)
    both.fit(x, x, epochs=data.epochs(25, 5), verbose=0)
    x_hat = both.predict(data.x_test.reshape(-1, 28, 28, 1), verbose=0)
    return reconstruction_error(data.x_test, np.asarray(x_hat).reshape(-1, 784))
