"""Deep autoencoders as plain arrays, trained as in 2006 and as today.

A network is the list of its layers, each a pair of a kernel `(nodes before, nodes)` and
a bias `(nodes,)`. The code is linear, the output has a sigmoid for each pixel, and all
other layers share one activation. Everything here is numpy, so that each step of the
training stands in the open.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

from cs5045ae.reference.pca import reconstruction_error

__all__ = ["decode", "encode", "gradient", "initial_layers", "rebuild", "train"]

Array = NDArray[np.float32]
Layers = list[tuple[Array, Array]]
ADAM = (0.9, 0.999, 1e-7)  # both decays, and what keeps the division finite


ACTIVATIONS: dict[str, tuple[Callable[[Array], Array], Callable[[Array], Array]]] = {
    "sigmoid": (expit, lambda h: h * (1 - h)),
    "relu": (lambda a: np.maximum(a, 0), lambda h: (h > 0).astype(h.dtype)),
    "linear": (lambda a: a, np.ones_like),
}
"""Each activation, and its slope as a function of what it returned."""


def initial_layers(sizes: Sequence[int], start: str | float, seed: int) -> Layers:
    """Draw the weights that a training begins with; biases are 0.

    Parameters
    ----------
    sizes : sequence of int
        Nodes of each layer, from the input to the output.
    start : float or "he"
        The standard deviation of all weights, or that of He and colleagues (2015),
        ``sqrt(2 / nodes before)``, which keeps signals of ReLU layers at their size.
    seed : int
        Of the random numbers.

    Returns
    -------
    list of (kernel, bias)
        float32 arrays.

    References
    ----------
    He, Zhang, Ren and Sun (2015), Delving deep into rectifiers, arXiv:1502.01852
    """
    rng = np.random.default_rng(seed)
    layers = []
    for before, nodes in pairwise(sizes):
        spread = np.sqrt(2 / before) if start == "he" else float(start)
        kernel = spread * rng.normal(size=(before, nodes))
        layers.append((kernel.astype(np.float32), np.zeros(nodes, np.float32)))
    return layers


def _names(layers: Layers, activation: str, code: int) -> list[str]:
    """Name the activation of each layer; `code` counts the layers of the encoder."""
    names = [activation] * len(layers)
    names[code - 1] = "linear"
    names[-1] = "sigmoid"
    return names


def _run(layers: Layers, names: list[str], x: ArrayLike) -> list[Array]:
    """Return the input and what each layer makes of it, in order."""
    nodes = [np.asarray(x, dtype=np.float32)]
    for (kernel, bias), name in zip(layers, names, strict=True):
        nodes.append(ACTIVATIONS[name][0](nodes[-1] @ kernel + bias))
    return nodes


def encode(layers: Layers, x: ArrayLike, activation: str, code: int) -> Array:
    """Give each image its code.

    Parameters
    ----------
    layers : list of (kernel, bias)
        The whole network, as `train` returns it.
    x : array of shape `(n, d)`
        Images.
    activation : "relu" or "sigmoid"
        Of all layers but the code and the output.
    code : int
        How many layers the encoder has; with a smaller number, what is returned is the
        input of that layer's units, before their activation.

    Returns
    -------
    array of shape `(n, k)`
        float32.
    """
    return _run(layers[:code], _names(layers, activation, code)[:code], x)[-1]


def decode(layers: Layers, z: ArrayLike, activation: str, code: int) -> Array:
    """Return the images `(n, d)` that codes `(n, k)` stand for; see `encode`."""
    return _run(layers[code:], _names(layers, activation, code)[code:], z)[-1]


def rebuild(layers: Layers, x: ArrayLike, activation: str, code: int) -> Array:
    """Return the reconstructions `(n, d)` of images `(n, d)`; see `encode`."""
    return decode(layers, encode(layers, x, activation, code), activation, code)


def train(
    layers: Layers,
    x: ArrayLike,
    x_test: ArrayLike,
    *,
    activation: str,
    code: int,
    rate: float,
    epochs: int,
    adam: bool = False,
    tied: bool = False,
    batch_size: int = 100,
    seed: int = 0,
) -> tuple[Layers, list[float]]:
    """Train a network on the summed cross-entropy, by gradient descent or Adam.

    The loss is summed over the pixels and averaged over the images of a batch. (Keras
    averages over the pixels too: its gradients are d times smaller, and a rate for
    gradient descent means something else there.)

    Parameters
    ----------
    layers : list of (kernel, bias)
        The start; it stays as it is.
    x, x_test : arrays of shape `(n, d)`
        Images to learn from, and images to measure the error on after each epoch.
    activation : "relu" or "sigmoid"
        Of all layers but the code and the output.
    code : int
        How many layers the encoder has.
    rate : float
        The learning rate.
    epochs, batch_size : int
        Passes over the images, and images a step.
    adam : bool
        Use Adam (Kingma and Ba, arXiv:1412.6980) in place of plain descent.
    tied : bool
        Let the decoder use the encoder's kernels, transposed. The network must be its
        own mirror image.
    seed : int
        Of the order of the images.

    Returns
    -------
    layers : list of (kernel, bias)
        The trained network.
    errors : list of float
        Squared error on the test images, before the training and after each epoch.
    """
    x = np.asarray(x, dtype=np.float32)
    layers = [(kernel.copy(), bias.copy()) for kernel, bias in layers]
    names = _names(layers, activation, code)
    if tied:
        layers = _tie(layers, code)
    numbers = _trained_arrays(layers, code, tied)
    moments = [(np.zeros_like(w), np.zeros_like(w)) for w in numbers]
    rng, step = np.random.default_rng(seed), 0
    errors = [_error(layers, names, x_test)]
    # Products of small matrices gain nothing from a second thread, and lose much where
    # the processors are busy.
    with threadpool_limits(limits=1), np.errstate(over="ignore", invalid="ignore"):
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for start in range(0, len(x), batch_size):
                step += 1
                batch = x[order[start : start + batch_size]]
                slopes = gradient(layers, names, batch)
                if tied:
                    slopes = _both_summands(slopes, code)
                for w, g, (first, second) in zip(numbers, slopes, moments, strict=True):
                    if adam:
                        g = _adam(g, first, second, step)
                    w -= np.float32(rate) * g
            errors.append(_error(layers, names, x_test))
    return layers, errors


def _error(layers: Layers, names: list[str], x: ArrayLike) -> float:
    """Measure the error; infinite once a rate was so large that numbers overflowed."""
    x_hat = _run(layers, names, x)[-1]
    return reconstruction_error(x, x_hat) if np.isfinite(x_hat).all() else np.inf


def gradient(layers: Layers, names: list[str], x: Array) -> list[Array]:
    """Return the slope of the loss for each kernel and bias, by backpropagation.

    For an output of sigmoids under cross-entropy the first slope, before the sigmoid,
    is just ``x_hat - x``.

    Parameters
    ----------
    layers : list of (kernel, bias)
        The network.
    names : list of str
        The activation of each layer, as `ACTIVATIONS` names it; the last is a sigmoid.
    x : array of shape `(n, d)`
        The images of a batch.

    Returns
    -------
    list of arrays
        Kernel, bias, kernel, bias ... in the order of the layers, each of the shape of
        what it is the slope for; summed over the pixels, averaged over the images.
    """
    nodes = _run(layers, names, x)
    delta = (nodes[-1] - x) / np.float32(len(x))
    slopes: list[Array] = []
    for i in reversed(range(len(layers))):
        slopes = [nodes[i].T @ delta, delta.sum(axis=0), *slopes]
        if i:
            delta = (delta @ layers[i][0].T) * ACTIVATIONS[names[i - 1]][1](nodes[i])
    return slopes


def _tie(layers: Layers, code: int) -> Layers:
    """Let the decoder's kernels be views of the encoder's: one array, used twice."""
    mirrored = [kernel.T for kernel, _ in reversed(layers[:code])]
    biases = [bias for _, bias in layers[code:]]
    return layers[:code] + list(zip(mirrored, biases, strict=True))


def _trained_arrays(layers: Layers, code: int, tied: bool) -> list[Array]:
    """List what a step changes: all arrays, or no kernel a second time."""
    arrays = [array for layer in layers for array in layer]
    return arrays[: 2 * code] + arrays[2 * code + 1 :: 2] if tied else arrays


def _both_summands(slopes: list[Array], code: int) -> list[Array]:
    """Add, for each tied kernel, the slope of its use in the decoder."""
    first, kernels = slopes[: 2 * code], slopes[2 * code :: 2]
    for i, kernel in enumerate(reversed(kernels)):
        first[2 * i] = first[2 * i] + kernel.T
    return first + slopes[2 * code + 1 :: 2]


def _adam(g: Array, first: Array, second: Array, step: int) -> Array:
    """Return Adam's direction, and move both running means on."""
    b1, b2, tiny = ADAM
    first += np.float32(1 - b1) * (g - first)
    second += np.float32(1 - b2) * (g * g - second)
    scale = np.float32(np.sqrt(1 - b2**step) / (1 - b1**step))
    return np.asarray(scale * first / (np.sqrt(second) + np.float32(tiny)))
