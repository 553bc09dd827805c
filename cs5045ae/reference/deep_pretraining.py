"""Greedy pre-training as in 2006: one layer at a time, each on the codes below it.

A layer is a restricted Boltzmann machine (RBM): pixels and hidden units, connected by
one kernel, with no connections inside either group. Contrastive divergence trains it
without a target: what the data make of the units is strengthened, what the machine
makes of its own reconstruction is weakened.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit
from threadpoolctl import threadpool_limits

from cs5045ae.reference.deep_training import Layers

__all__ = ["pretrain", "train_rbm"]

Array = NDArray[np.float32]
START, COST = 0.1, 2e-4  # of the paper's code: spread of the first weights, decay
RATE, LINEAR_RATE = 0.1, 0.001
CALM = 5  # epochs with a momentum of 0.5; then it is 0.9


def train_rbm(
    v: ArrayLike, nodes: int, epochs: int, *, linear: bool = False, seed: int = 0
) -> tuple[Array, Array, Array]:
    """Train one restricted Boltzmann machine by one step of contrastive divergence.

    Parameters
    ----------
    v : array of shape `(n, m)`
        What the layer below gives, in [0, 1].
    nodes : int
        Hidden units.
    epochs : int
        Passes over `v`, in batches of 100.
    linear : bool
        Whether the hidden units are linear with normal noise, as the code's are, and
        not switched on with the chance that a sigmoid gives.
    seed : int
        Of the weights, the order and the draws.

    Returns
    -------
    kernel, hidden_bias, visible_bias : arrays of shape `(m, nodes)`, `(nodes,)`, `(m,)`
        float32.

    References
    ----------
    Hinton (2002), Training products of experts by minimizing contrastive divergence,
    doi:10.1162/089976602760128018. Rates, momentum, weight cost and start are those
    of the code that Hinton and Salakhutdinov published with their paper.
    """
    rng, v = np.random.default_rng(seed), np.asarray(v, dtype=np.float32)
    kernel = START * rng.normal(size=(v.shape[1], nodes)).astype(np.float32)
    weights = [kernel, np.zeros(nodes, np.float32), np.zeros(v.shape[1], np.float32)]
    steps = [np.zeros_like(w) for w in weights]
    rate = np.float32(LINEAR_RATE if linear else RATE)
    with threadpool_limits(limits=1):
        for epoch in range(epochs):
            order = rng.permutation(len(v))
            momentum = np.float32(0.5 if epoch < CALM else 0.9)
            for start in range(0, len(v), 100):
                slopes = _divergence(
                    weights, v[order[start : start + 100]], linear, rng
                )
                for w, step, slope in zip(weights, steps, slopes, strict=True):
                    step *= momentum
                    step += rate * slope
                    w += step
    return weights[0], weights[1], weights[2]


def _divergence(
    weights: list[Array], v: Array, linear: bool, rng: np.random.Generator
) -> tuple[Array, Array, Array]:
    """Return what the data say minus what their reconstruction says."""
    kernel, hidden_bias, visible_bias = weights

    def mean_hidden(visible: Array) -> Array:
        a = visible @ kernel + hidden_bias
        return a if linear else expit(a)

    h = mean_hidden(v)
    if linear:
        drawn = h + rng.normal(size=h.shape).astype(np.float32)
    else:
        drawn = (rng.random(h.shape) < h).astype(np.float32)
    v_hat = expit(drawn @ kernel.T + visible_bias)
    h_hat = mean_hidden(v_hat)
    n = np.float32(len(v))
    return (
        (v.T @ h - v_hat.T @ h_hat) / n - np.float32(COST) * kernel,
        (h - h_hat).mean(axis=0),
        (v - v_hat).mean(axis=0),
    )


def pretrain(
    x: ArrayLike, encoder_sizes: Sequence[int], epochs: int, seed: int = 0
) -> Layers:
    """Train the encoder layer by layer, and unroll it into an autoencoder.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images, pixels in [0, 1].
    encoder_sizes : sequence of int
        Nodes from the input to the code, which is linear.
    epochs : int
        Passes over the images for each layer.
    seed : int
        Of all that is random.

    Returns
    -------
    list of (kernel, bias)
        The encoder's layers, then their mirror image: kernels transposed, with the
        visible biases. All are copies, free to go their own ways in `train`.
    """
    encoder: Layers = []
    decoder: Layers = []
    v = np.asarray(x, dtype=np.float32)
    for i, nodes in enumerate(encoder_sizes[1:], start=1):
        linear = i == len(encoder_sizes) - 1
        kernel, hidden, visible = train_rbm(
            v, nodes, epochs, linear=linear, seed=seed + i
        )
        encoder.append((kernel, hidden))
        decoder.insert(0, (kernel.T.copy(), visible))
        if not linear:
            v = expit(v @ kernel + hidden)
    return encoder + decoder
