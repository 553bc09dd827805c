"""Train a k-sparse autoencoder with Keras, and run it with numpy.

Only the k largest nodes of an image's code are kept; the decoder is linear and has the
encoder's own weights. A trained network is a mapping from names to arrays, so that it
can lie in the course's cache. Importing this module imports Keras.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cs5045ae.backend import keras
from cs5045ae.reference.network_losses import squared_error
from cs5045ae.reference.sparse import k_sparse

__all__ = ["TiedKSparse", "k_sparse_code", "k_sparse_decode", "train_k_sparse"]

Array = NDArray[np.float64]
Network = Mapping[str, ArrayLike]


class TiedKSparse(keras.layers.Layer):
    """A linear layer, the k largest of its nodes, and the same weights back.

    Parameters
    ----------
    code_size, k : int
        Nodes, and how many of them an input keeps.
    mean : array of shape `(d,)`
        Where the output's bias starts: the mean image.
    **kwargs
        Of `keras.layers.Layer`.
    """

    def __init__(self, code_size: int, k: int, mean: ArrayLike, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.k, self.mean = k, np.asarray(mean, dtype=np.float32)
        self.kernel = self.add_weight(
            shape=(len(self.mean), code_size), initializer="glorot_uniform"
        )
        self.bias = self.add_weight(shape=(code_size,), initializer="zeros")
        self.bias_out = self.add_weight(shape=self.mean.shape, initializer="zeros")
        self.bias_out.assign(self.mean)

    def call(self, x: Any) -> Any:
        """Return the reconstruction `(n, d)` of x `(n, d)` from k nodes each."""
        ops = keras.ops
        z = ops.matmul(x, self.kernel) + self.bias
        # The k-th largest value is the bar; equal floats are too rare to matter here.
        bar = ops.top_k(z, self.k)[0][:, -1:]
        kept = z * ops.cast(z >= bar, z.dtype)
        return ops.matmul(kept, ops.transpose(self.kernel)) + self.bias_out


def train_k_sparse(
    x: ArrayLike, code_size: int, k: int, epochs: int, seed: int
) -> dict[str, np.ndarray]:
    """Train a k-sparse autoencoder with a linear, tied decoder.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    code_size, k : int
        Nodes, and how many of them an image keeps.
    epochs, seed : int
        Passes over the images; seed of the start and of the order.

    Returns
    -------
    dict
        ``kernel`` `(d, code_size)`, ``bias`` `(code_size,)` and ``bias_out`` `(d,)`,
        as `k_sparse_code` and `k_sparse_decode` take them; trained with the squared
        error, Adam, batches of 50.

    References
    ----------
    Makhzani and Frey (2013), section 2.1
    """
    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    image, layer = (
        keras.Input(shape=(x.shape[1],)),
        TiedKSparse(code_size, k, x.mean(0)),
    )
    network = keras.Model(image, layer(image))
    network.compile("adam", squared_error, steps_per_execution=20)
    network.fit(x, x, batch_size=50, epochs=epochs, verbose=0)
    names = ("kernel", "bias", "bias_out")
    return dict(zip(names, layer.get_weights(), strict=True))


def k_sparse_code(network: Network, x: ArrayLike, k: int) -> Array:
    """Give each image its code with k nodes at most that are not 0, with numpy.

    Parameters
    ----------
    network : mapping from a name to an array
        From `train_k_sparse`.
    x : array of shape `(n, d)`
        Images.
    k : int
        From 1 to code_size; need not be the one of the training.

    Returns
    -------
    array of shape `(n, code_size)`
    """
    kernel = np.asarray(network["kernel"], dtype=np.float64)
    z = np.asarray(x) @ kernel + np.asarray(network["bias"])
    return k_sparse(z, k)


def k_sparse_decode(network: Network, z: ArrayLike) -> Array:
    """Give each code its image: the output's bias plus columns of the kernel.

    Parameters
    ----------
    network : mapping from a name to an array
        From `train_k_sparse`.
    z : array of shape `(n, code_size)`
        Codes.

    Returns
    -------
    array of shape `(n, d)`
    """
    kernel = np.asarray(network["kernel"], dtype=np.float64)
    return np.asarray(z, dtype=np.float64) @ kernel.T + np.asarray(network["bias_out"])
