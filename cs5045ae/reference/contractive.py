"""The contractive autoencoder: codes that hardly move when the image moves a little.

Images are rows of ``x`` `(n, d)`, pixels in [0, 1]; ``h`` `(n, k)` holds codes. The
Jacobian of an encoder at one image is `(k, d)`: how much each number of the code moves
with each pixel. Kernels are `(nodes before, nodes)`, as in Keras. Everything here is
numpy; networks stand in `cs5045ae.reference.contractive_networks`.

References
----------
Rifai, Vincent, Muller, Glorot and Bengio (2011), Contractive auto-encoders: explicit
invariance during feature extraction, Proceedings of ICML, 833-840
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

__all__ = [
    "cae_loss",
    "chain_penalty",
    "contraction_ratio",
    "contractive_penalty",
    "sigmoid_jacobian",
]

Array = NDArray[np.float64]


def sigmoid_jacobian(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    """Return the Jacobian of one sigmoid layer at each image.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernel : array of shape `(d, k)`
        Weights.
    bias : array of shape `(k,)`
        Biases.

    Returns
    -------
    array of shape `(n, k, d)`
        ``J[i, j, m]`` is the derivative of code number j for pixel m, at image i:
        ``h_j (1 - h_j) kernel[m, j]``.

    Examples
    --------
    >>> sigmoid_jacobian([[0.0, 0.0]], [[4.0], [8.0]], [0.0])
    array([[[1., 2.]]])
    """
    kernel = np.asarray(kernel, dtype=np.float64)
    return _slope(x, kernel, bias)[:, :, None] * kernel.T


def contractive_penalty(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    """Return the squared Frobenius norm of that Jacobian, without making it.

    Parameters
    ----------
    x, kernel, bias : arrays
        As in `sigmoid_jacobian`.

    Returns
    -------
    array of shape `(n,)`
        For each image ``sum_j (h_j (1 - h_j))^2 sum_m kernel[m, j]^2``. The inner sum
        is the same for all images, so the price is that of one more layer.

    Examples
    --------
    >>> contractive_penalty([[0.0, 0.0]], [[4.0], [8.0]], [0.0])
    array([5.])
    """
    squares = (np.asarray(kernel, dtype=np.float64) ** 2).sum(axis=0)
    return _slope(x, kernel, bias) ** 2 @ squares


def chain_penalty(
    x: ArrayLike, kernels: Sequence[ArrayLike], biases: Sequence[ArrayLike]
) -> Array:
    """Return the squared Frobenius norm of the Jacobian of several sigmoid layers.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernels, biases : sequences of arrays
        One of each for each layer, in the order in which they are used.

    Returns
    -------
    array of shape `(n,)`
        Of the product of the layers' Jacobians, each taken at what reaches its layer.
        One layer gives `contractive_penalty`.

    Raises
    ------
    ValueError
        If there is no layer, or not one bias for each kernel.

    Examples
    --------
    >>> chain_penalty([[0.0, 0.0]], [[[4.0], [8.0]], [[4.0]]], [[0.0], [-2.0]])
    array([5.])
    """
    h = np.asarray(x, dtype=np.float64)
    jacobian: Array | None = None
    for kernel, bias in zip(kernels, biases, strict=True):
        own = sigmoid_jacobian(h, kernel, bias)
        jacobian = own if jacobian is None else own @ jacobian
        h = _layer(h, kernel, bias)
    if jacobian is None:
        raise ValueError("pass one kernel and one bias or more")
    return (jacobian**2).sum(axis=(1, 2))


def cae_loss(
    x: ArrayLike,
    kernel: ArrayLike,
    encoder_bias: ArrayLike,
    decoder_bias: ArrayLike,
    lam: float,
) -> float:
    """Return the loss of a contractive autoencoder with tied weights.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images, pixels in [0, 1].
    kernel : array of shape `(d, k)`
        Used as it is by the encoder, transposed by the decoder.
    encoder_bias, decoder_bias : arrays of shape `(k,)` and `(d,)`
        Biases. Both layers have a sigmoid.
    lam : float
        What a unit of the penalty costs.

    Returns
    -------
    float
        The mean over the images of ``||x_hat - x||^2 + lam ||J||_F^2``, the squared
        error summed over the pixels, the penalty over all entries of the Jacobian.

    Examples
    --------
    >>> cae_loss([[0.5, 0.5]], [[4.0], [8.0]], [-6.0], [-2.0, -4.0], 2.0)
    10.0
    """
    x, kernel = np.asarray(x, dtype=np.float64), np.asarray(kernel, dtype=np.float64)
    x_hat = _layer(_layer(x, kernel, encoder_bias), kernel.T, decoder_bias)
    error = ((x_hat - x) ** 2).sum(axis=1)
    return float((error + lam * contractive_penalty(x, kernel, encoder_bias)).mean())


def contraction_ratio(
    x: ArrayLike,
    kernel: ArrayLike,
    bias: ArrayLike,
    directions: ArrayLike,
    r: float,
) -> float:
    """Measure how far codes of a sigmoid layer move when images move by r.

    Parameters
    ----------
    x : array of shape `(n, d)`
        Images.
    kernel, bias : arrays of shape `(d, k)` and `(k,)`
        The encoder.
    directions : array of shape `(m, d)`
        Where the images are moved to; of any length but 0, only the direction counts.
    r : float
        How far, above 0.

    Returns
    -------
    float
        The mean over all pairs of an image and a direction u (of length 1) of
        ``||h(x + r u) - h(x)|| / r``.

    Raises
    ------
    ValueError
        If r is not above 0.

    References
    ----------
    Rifai and colleagues (2011), the curves of the contraction ratio

    Examples
    --------
    >>> contraction_ratio([[0.0]], [[100.0]], [0.0], [[3.0], [-1.0]], 2.0)
    0.25
    """
    if not r > 0:
        raise ValueError(f"r must be above 0, not {r}.")
    x, u = np.asarray(x, dtype=np.float64), np.asarray(directions, dtype=np.float64)
    u = u / np.linalg.norm(u, axis=1, keepdims=True)
    h = _layer(x, kernel, bias)
    # One direction at a time, so that n x m codes never lie in memory at once.
    moved = [
        np.linalg.norm(_layer(x + r * step, kernel, bias) - h, axis=1) for step in u
    ]
    return float(np.mean(moved) / r)


def _layer(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    x, kernel, bias = (np.asarray(part, dtype=np.float64) for part in (x, kernel, bias))
    return expit(x @ kernel + bias)


def _slope(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> Array:
    """Return the slope of each sigmoid, `(n, k)`."""
    h = _layer(x, kernel, bias)
    return h * (1 - h)
