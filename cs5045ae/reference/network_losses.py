"""What the networks of the course are trained to make small, as Keras losses.

Both are summed over the pixels, as in the papers; Keras takes the mean over the images.
Importing this module imports Keras.
"""

from typing import Any

from cs5045ae.backend import keras

__all__ = ["nats", "squared_error"]


def nats(x: Any, x_hat: Any) -> Any:
    """Return the binary cross-entropy of each image, summed over its pixels.

    Parameters
    ----------
    x, x_hat : tensor of shape `(n, d)`
        Pixels in [0, 1], and their predicted means.

    Returns
    -------
    tensor of shape `(n,)`
    """
    return keras.ops.sum(keras.ops.binary_crossentropy(x, x_hat), axis=1)


def squared_error(x: Any, x_hat: Any) -> Any:
    """Return the squared error of each image, summed over its pixels.

    Parameters
    ----------
    x, x_hat : tensor of shape `(n, d)`
        Images or patches, and their reconstruction.

    Returns
    -------
    tensor of shape `(n,)`
    """
    return keras.ops.sum(keras.ops.square(x - x_hat), axis=1)
