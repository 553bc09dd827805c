"""The basic autoencoder: a network with a narrow code between input and output.

Images are rows of ``x`` `(n, d)`, pixels in [0, 1]; ``z`` `(n, k)` holds codes and
``x_hat`` `(n, d)` their reconstructions. Keras is imported where a network is made,
since that costs seconds.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from cs5045ae.reference.basic_codes import dequantize, quantize
from cs5045ae.reference.basic_losses import (
    CLIP,
    binary_crossentropy,
    cross_entropy_floor,
)

__all__ = [
    "CLIP",
    "binary_crossentropy",
    "build_autoencoder",
    "count_parameters",
    "cross_entropy_floor",
    "dequantize",
    "forward",
    "quantize",
    "split",
    "train_autoencoder",
]

Array = NDArray[np.float64]


def count_parameters(sizes: Sequence[int]) -> int:
    """Count the weights and biases of a network of dense layers.

    Parameters
    ----------
    sizes : sequence of int
        The number of nodes of each layer, from the input to the output.

    Returns
    -------
    int
        For each layer after the input, ``(nodes before + 1) * nodes``: one weight for
        each node before it, and one bias.

    Examples
    --------
    >>> count_parameters([784, 128, 32, 128, 784])
    209968
    """
    return sum((before + 1) * nodes for before, nodes in pairwise(sizes))


def build_autoencoder(
    input_size: int,
    hidden_size: int | Sequence[int],
    code_size: int,
    *,
    linear_code: bool = False,
) -> Any:
    """Build the network of the lecture, not yet compiled.

    Parameters
    ----------
    input_size : int
        Pixels of an image.
    hidden_size : int or sequence of int
        Nodes of the hidden layer before the code, or of each if there are several,
        from the input on. The same follow after the code, in mirrored order.
    code_size : int
        Numbers of a code.
    linear_code : bool
        Leave the ReLU of the code away, so that no number of it can die.

    Returns
    -------
    keras.Model
        Dense layers with ReLU, and one sigmoid for each pixel at the end.

    Notes
    -----
    The lecture's deck, section "Implementation".

    Examples
    --------
    >>> build_autoencoder(784, 128, 32).count_params()  # doctest: +SKIP
    209968
    """
    from cs5045ae.backend import keras

    hidden = [hidden_size] if isinstance(hidden_size, int) else list(hidden_size)
    image = keras.Input(shape=(input_size,))
    x = image
    for nodes in hidden:
        x = keras.layers.Dense(nodes, activation="relu")(x)
    x = keras.layers.Dense(code_size, None if linear_code else "relu")(x)
    for nodes in reversed(hidden):
        x = keras.layers.Dense(nodes, activation="relu")(x)
    return keras.Model(image, keras.layers.Dense(input_size, activation="sigmoid")(x))


def forward(
    weights: Sequence[ArrayLike], x: ArrayLike, *, linear_code: bool = False
) -> Array:
    """Compute with numpy what such a network makes of images.

    Parameters
    ----------
    weights : sequence of arrays
        Kernel `(nodes before, nodes)` and bias `(nodes,)` of each layer in turn, as
        ``model.get_weights()`` gives them.
    x : array of shape `(n, d)`
        Images.
    linear_code : bool
        As in `build_autoencoder`; the code is the layer in the middle.

    Returns
    -------
    array of shape `(n, d)`
        The reconstruction: ReLU after every layer but the last, which has a sigmoid.
    """
    nodes = np.asarray(x, dtype=np.float64)
    pairs = list(zip(weights[::2], weights[1::2], strict=True))
    for i, (kernel, bias) in enumerate(pairs[:-1], start=1):
        nodes = nodes @ np.asarray(kernel) + np.asarray(bias)
        if not (linear_code and i == len(pairs) // 2):
            nodes = np.maximum(nodes, 0)
    kernel, bias = pairs[-1]
    # expit does not overflow, where exp in 1 / (1 + exp(-a)) would.
    return expit(nodes @ np.asarray(kernel) + np.asarray(bias))


def split(autoencoder: Any) -> tuple[Any, Any]:
    """Cut a trained network in two at its narrowest layer.

    Parameters
    ----------
    autoencoder : keras.Model
        Dense layers one after the other.

    Returns
    -------
    encoder, decoder : keras.Model
        They share the layers, hence the weights: nothing is trained again. The first
        narrowest layer ends the encoder.

    Examples
    --------
    >>> encoder, decoder = split(autoencoder)  # doctest: +SKIP
    >>> decoder(encoder(x))  # doctest: +SKIP
    """
    from cs5045ae.backend import keras

    layers = autoencoder.layers
    widths = [layer.output.shape[-1] for layer in layers]
    code = widths.index(min(widths))
    encoder = keras.Model(autoencoder.inputs[0], layers[code].output)
    z = keras.Input(shape=(widths[code],))
    x_hat = z
    for layer in layers[code + 1 :]:
        x_hat = layer(x_hat)
    return encoder, keras.Model(z, x_hat)


def train_autoencoder(x: ArrayLike, code_size: int, epochs: int, seed: int) -> Any:
    """Build an autoencoder and train it to give back its input.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images, pixels in [0, 1].
    code_size : int
        Numbers of a code.
    epochs : int
        Passes over the images.
    seed : int
        Of the initial weights and of the order of the images.

    Returns
    -------
    keras.Model
        The network of `build_autoencoder` with hidden layers of 128 nodes, trained
        with Adam and binary cross-entropy in batches of 32.
    """
    from cs5045ae.backend import keras

    keras.utils.set_random_seed(seed)
    x = np.asarray(x, dtype=np.float32)
    autoencoder = build_autoencoder(x.shape[1], 128, code_size)
    autoencoder.compile(
        optimizer="adam", loss="binary_crossentropy", steps_per_execution=50
    )
    autoencoder.fit(x, x, epochs=epochs, batch_size=32, verbose=0)
    return autoencoder
