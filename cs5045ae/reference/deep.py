"""Deep autoencoders: their sizes, tied weights, the paper's measure, and the depth.

Images are rows of ``x`` `(n, d)`, pixels in [0, 1]; ``z`` `(n, k)` holds codes and
``x_hat`` `(n, d)` their reconstructions. The paper is Hinton and Salakhutdinov (2006),
Reducing the dimensionality of data with neural networks, doi:10.1126/science.1127647.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

__all__ = [
    "build_halves",
    "count_parameters",
    "paper_error",
    "smallest_depth",
    "tied_forward",
    "tied_gradient",
]

Array = NDArray[np.float64]


def count_parameters(encoder_sizes: Sequence[int], tied: bool = False) -> int:
    """Count the weights and biases of an autoencoder that is its own mirror image.

    Parameters
    ----------
    encoder_sizes : sequence of int
        Nodes of each layer, from the input to the code.
    tied : bool
        Whether the decoder uses the encoder's kernels, transposed. Biases are never
        shared: a layer and its mirror image have different numbers of nodes.

    Returns
    -------
    int
        Parameters that are trained; a shared kernel counts once.

    Examples
    --------
    >>> count_parameters([784, 1000, 500, 250, 30])
    2837314
    >>> count_parameters([784, 1000, 500, 250, 30], tied=True)
    1420814
    """
    kernels = sum(before * nodes for before, nodes in pairwise(encoder_sizes))
    biases = sum(encoder_sizes[1:]) + sum(encoder_sizes[:-1])
    return (1 if tied else 2) * kernels + biases


def build_halves(
    encoder_sizes: Sequence[int], decoder_sizes: Sequence[int]
) -> tuple[Any, Any]:
    """Build an encoder and a decoder that need not mirror each other.

    Parameters
    ----------
    encoder_sizes : sequence of int
        Nodes from the input to the code.
    decoder_sizes : sequence of int
        Nodes from the code to the output.

    Returns
    -------
    encoder, decoder : keras.Model
        Not compiled. ReLU in the hidden layers with weights as He and colleagues draw
        them, a linear code, a sigmoid for each pixel.

    Raises
    ------
    ValueError
        If the two do not meet in one code.

    Examples
    --------
    >>> encoder, decoder = build_halves([784, 500, 30], [30, 784])  # doctest: +SKIP
    """
    from cs5045ae.backend import keras

    if encoder_sizes[-1] != decoder_sizes[0]:
        raise ValueError(
            f"the encoder ends with {encoder_sizes[-1]} nodes, the decoder begins with "
            f"{decoder_sizes[0]}: let both name the same code"
        )

    def stack(sizes: Sequence[int], last: str) -> Any:
        model = keras.Sequential([keras.Input(shape=(sizes[0],))])
        for nodes in sizes[1:-1]:
            model.add(keras.layers.Dense(nodes, "relu", kernel_initializer="he_normal"))
        model.add(keras.layers.Dense(sizes[-1], last))
        return model

    return stack(encoder_sizes, "linear"), stack(decoder_sizes, "sigmoid")


def tied_forward(
    x: ArrayLike,
    kernels: Sequence[ArrayLike],
    encoder_biases: Sequence[ArrayLike],
    decoder_biases: Sequence[ArrayLike],
) -> tuple[Array, Array]:
    """Compute code and reconstruction of an autoencoder with tied weights.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernels : sequence of arrays
        One for each layer of the encoder, `(nodes before, nodes)`. The decoder runs
        through them backwards, transposed.
    encoder_biases, decoder_biases : sequences of arrays
        In the order in which they are used.

    Returns
    -------
    z : array of shape `(n, k)`
        Codes.
    x_hat : array of shape `(n, d)`
        Reconstructions; every layer has a sigmoid.
    """
    z = np.asarray(x, dtype=np.float64)
    for kernel, bias in zip(kernels, encoder_biases, strict=True):
        z = expit(z @ np.asarray(kernel) + np.asarray(bias))
    x_hat = z
    for kernel, bias in zip(reversed(kernels), decoder_biases, strict=True):
        x_hat = expit(x_hat @ np.asarray(kernel).T + np.asarray(bias))
    return z, x_hat


def tied_gradient(
    x: ArrayLike, kernel: ArrayLike, encoder_bias: ArrayLike, decoder_bias: ArrayLike
) -> Array:
    """Return the slope of the loss of one tied sigmoid layer for its kernel.

    The loss is the cross-entropy, summed over the pixels and averaged over the images.
    As the kernel is used twice, its slope is the sum of two parts.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images, pixels in [0, 1].
    kernel : array of shape `(d, k)`
        Used as it is by the encoder, transposed by the decoder.
    encoder_bias, decoder_bias : arrays of shape `(k,)` and `(d,)`
        Biases.

    Returns
    -------
    array of shape `(d, k)`
        The derivative for each weight.
    """
    x, kernel = np.asarray(x, dtype=np.float64), np.asarray(kernel, dtype=np.float64)
    z, x_hat = tied_forward(x, [kernel], [encoder_bias], [decoder_bias])
    to_output = (x_hat - x) / len(x)
    to_code = (to_output @ kernel) * z * (1 - z)
    return x.T @ to_code + to_output.T @ z


def paper_error(x: ArrayLike, x_hat: ArrayLike) -> tuple[float, float]:
    """Measure reconstructions as the paper does, and say how sure the measure is.

    Parameters
    ----------
    x, x_hat : arrays of equal shape `(n, ...)`
        Images and their reconstructions, two images or more.

    Returns
    -------
    error : float
        Squared error, summed over the pixels of an image, averaged over the images.
    standard_error : float
        Of that average: the standard deviation over the images (divisor n - 1) by the
        square root of n.

    Raises
    ------
    ValueError
        If the shapes differ or there is only one image.

    Examples
    --------
    >>> paper_error([[0, 0], [1, 1]], [[0, 1], [1, 4]])
    (5.0, 4.0)
    """
    x, x_hat = np.asarray(x, dtype=np.float64), np.asarray(x_hat, dtype=np.float64)
    if x.shape != x_hat.shape or len(x) < 2:
        raise ValueError(
            f"pass two images or more, and reconstructions of their shape: got "
            f"{x.shape} and {x_hat.shape}"
        )
    each = ((x - x_hat) ** 2).reshape(len(x), -1).sum(axis=1)
    return float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each)))


def smallest_depth(
    depths: ArrayLike, train_errors: ArrayLike, test_errors: ArrayLike
) -> int:
    """Choose the smallest depth that is as good as the best, within its doubt.

    Parameters
    ----------
    depths : array of m whole numbers
        How many layers each network has, in any order.
    train_errors, test_errors : arrays of shape `(m, r)`
        Errors over r seeds. Those on the training images have no say.

    Returns
    -------
    int
        The smallest depth whose mean test error is at most that of the best plus one
        standard error of the best.

    References
    ----------
    Breiman, Friedman, Olshen and Stone (1984), Classification and regression trees,
    section 3.4.3: the rule of one standard error.

    Examples
    --------
    >>> smallest_depth([1, 2, 3], [[9, 9], [5, 5], [1, 1]], [[9, 9], [6, 6], [5, 7]])
    2
    """
    test = np.asarray(test_errors, dtype=np.float64)
    means = test.mean(axis=1)
    doubts = test.std(axis=1, ddof=1) / np.sqrt(test.shape[1])
    depths = np.asarray(depths)
    best = min(range(len(means)), key=lambda i: (means[i], depths[i]))
    return int(depths[means <= means[best] + doubts[best] + 1e-12].min())
