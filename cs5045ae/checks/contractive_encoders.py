"""The checks of exercise 05_contractive on any encoder: task 4."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from scipy.special import expit, softmax

from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.checks.contractive import EACH, NO_SQUEEZE, ROWS, Function
from cs5045ae.checks.contractive_chain import draw_layers, square
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import contractive

__all__ = ["check_jacobian_penalty", "check_jacobian_penalty_edges"]

Arrays = list[np.ndarray]
Activation = Callable[[np.ndarray], np.ndarray]
RTOL, ATOL = 5e-3, 1e-4
"""How exact the penalty has to be: finite differences in float32 will do."""


@check(task="4")
def check_jacobian_penalty(
    jacobian_penalty: Function, *, rng: np.random.Generator
) -> str:
    """Differentiate encoders of one layer, whatever its activation."""
    for n, sizes, names in [
        (4, [5, 3], ["sigmoid"]),
        (3, [4, 6], ["tanh"]),
        (5, [6, 4], ["relu"]),
        (3, [5, 2], ["linear"]),
    ]:
        _encoder(jacobian_penalty, rng, n, sizes, names)
    return "it holds for sigmoid, tanh, ReLU and no activation alike"


@check(task="4")
def check_jacobian_penalty_edges(
    jacobian_penalty: Function, *, rng: np.random.Generator
) -> str:
    """Differentiate encoders of several and of other layers, at one image, k = d."""
    _encoder(jacobian_penalty, rng, 4, [5, 7, 3], ["sigmoid", "sigmoid"])
    _encoder(jacobian_penalty, rng, 1, [6, 5, 4, 2], ["tanh", "relu", "linear"])
    _encoder(jacobian_penalty, rng, 5, [5, 5], ["tanh"])
    _functional(jacobian_penalty, rng)
    return "it holds for several layers, other layers, for one image and for k = d"


NO_TENSOR = (
    "The tape follows tensors alone: inside it call `encoder(x)` with x a tensor. "
    "`predict`, `.numpy()` and `np.asarray` make arrays."
)

ANY_LAYER = (
    "This encoder has softplus, softmax, a layer without bias, and dropout, which does "
    "nothing in use: call it as it is, `encoder(x)`, without `training=True`, and let "
    "the tape find the derivatives."
)

SLOPES: dict[str, Activation] = {
    "sigmoid": lambda a: expit(a) * (1 - expit(a)),
    "tanh": lambda a: 1 - np.tanh(a) ** 2,
    "relu": lambda a: (a > 0).astype(np.float64),
    "linear": np.ones_like,
}
VALUES: dict[str, Activation] = {
    "sigmoid": expit,
    "tanh": np.tanh,
    "relu": lambda a: np.maximum(a, 0),
    "linear": lambda a: a,
}


def _encoder(
    function: Function,
    rng: np.random.Generator,
    n: int,
    sizes: Sequence[int],
    names: Sequence[str],
) -> None:
    from cs5045ae.backend import keras

    layers = [
        keras.layers.Dense(nodes, name)
        for nodes, name in zip(sizes[1:], names, strict=True)
    ]
    encoder = keras.Sequential(
        [keras.Input(shape=(sizes[0],)), *layers], name="encoder"
    )
    _, kernels, biases = draw_layers(rng, 1, sizes, scale=1.5)
    encoder.set_weights(
        [part for pair in zip(kernels, biases, strict=True) for part in pair]
    )
    x = _away_from_kinks(rng, n, kernels, biases, names)
    _compare(function, encoder, x, kernels, biases, names)


def _functional(function: Function, rng: np.random.Generator) -> None:
    """Differentiate a functional encoder: softplus, softmax, no bias, dropout."""
    from cs5045ae.backend import keras

    dense, (n, d, wide, k) = keras.layers.Dense, (4, 6, 5, 3)
    pixels = keras.Input(shape=(d,))
    hidden = dense(wide, "softplus", use_bias=False)(pixels)
    hidden = keras.layers.Dropout(0.5)(keras.layers.Concatenate()([hidden, pixels]))
    encoder = keras.Model(pixels, dense(k, "softmax")(hidden), name="encoder")
    kernels = rng.normal(size=(d, wide)), rng.normal(size=(wide + d, k))
    first, second, bias = weights = [*kernels, rng.normal(size=k)]
    encoder.set_weights(weights)
    x = rng.random((n, d)).astype(np.float32)

    a = x @ first
    code = softmax(np.hstack([np.logaddexp(0, a), x]) @ second + bias, axis=1)
    inner = expit(a)[:, :, None] * first.T
    inner = np.concatenate([inner, np.tile(np.eye(d), (n, 1, 1))], axis=1)
    slopes = code[:, :, None] * (np.eye(k) - code[:, None])
    want = square(slopes @ second.T @ inner)
    try:
        with _quiet_tracing():
            answer = call(function, encoder=encoder, x=x)
    except CheckFailed as failure:  # the other encoders went well
        raise CheckFailed(failure.complaint, ANY_LAYER) from None
    answer.close(want, hint=ANY_LAYER, rtol=RTOL, atol=ATOL)
    if not all(map(np.allclose, encoder.get_weights(), weights)):
        raise CheckFailed(
            "jacobian_penalty changed the weights of the encoder.",
            "Only call the encoder: whoever passes it wants to use it afterwards.",
        )


def _jacobians(
    x: np.ndarray, kernels: Arrays, biases: Arrays, names: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the Jacobian of the chain, and how near a ReLU comes to its kink."""
    whole = np.broadcast_to(np.eye(x.shape[1]), (len(x), x.shape[1], x.shape[1]))
    near = np.full(len(x), np.inf)
    for kernel, bias, name in zip(kernels, biases, names, strict=True):
        a = x @ kernel + bias
        if name == "relu":
            near = np.minimum(near, np.abs(a).min(axis=1))
        whole = (SLOPES[name](a)[:, :, None] * kernel.T) @ whole
        x = VALUES[name](a)
    return whole, near


def _away_from_kinks(
    rng: np.random.Generator,
    n: int,
    kernels: Arrays,
    biases: Arrays,
    names: Sequence[str],
) -> np.ndarray:
    """Draw images where finite differences meet no kink of a ReLU."""
    x = rng.random((400, len(kernels[0]))).astype(np.float32).astype(np.float64)
    return x[np.argsort(_jacobians(x, kernels, biases, names)[1])[-n:]]


@contextlib.contextmanager
def _quiet_tracing() -> Iterator[None]:
    """Keep TensorFlow from noting that it traces again, as it does for each encoder."""
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _compare(
    function: Function,
    encoder: Any,
    x: np.ndarray,
    kernels: Arrays,
    biases: Arrays,
    names: Sequence[str],
) -> None:
    whole = _jacobians(x, kernels, biases, names)[0]
    want = square(whole)
    n, k, d = whole.shape
    mistakes = {
        "All is 0: the tape did not watch what the encoder got. Make x a tensor, call "
        "`tape.watch(x)`, and hand that same x to the encoder.": np.zeros(n),
        "The units were added up before squaring, as `tape.gradient` does. Each unit "
        "needs a row of its own: `tape.batch_jacobian`.": (whole.sum(axis=1) ** 2).sum(
            axis=1
        ),
        "Add the SQUARES of the entries.": whole.sum(axis=(1, 2)),
        "Add the SQUARES of all entries; a mean of the entries lets signs cancel.": (
            whole.mean(axis=(1, 2))
        ),
        "Add the squared entries; this is their mean.": want / (k * d),
        "This is the norm; due is its square.": np.sqrt(want),
        "Each image has a penalty of its own: do not add over the images.": np.full(
            n, want.sum()
        ),
    }
    if len(names) == 1 and names[0] != "sigmoid":
        h = VALUES[names[0]](x @ kernels[0] + biases[0])
        mistakes |= {
            "h (1 - h) is the slope of the sigmoid only, and this encoder has "
            f"{names[0]}: differentiate the encoder as it is.": (h * (1 - h)) ** 2
            @ (kernels[0] ** 2).sum(axis=0),
            f"This encoder has {names[0]}, and you put a sigmoid in its place: "
            "differentiate the encoder as it is.": contractive.contractive_penalty(
                x, kernels[0], biases[0]
            ),
        }
    if len(names) > 1:
        mistakes["This is the first layer alone; the encoder has more."] = square(
            _jacobians(x, kernels[:1], biases[:1], names[:1])[0]
        )
    try:
        with _quiet_tracing():
            answer = call(function, encoder=encoder, x=x.astype(np.float32))
    except CheckFailed as failure:
        if "has no attribute 'rank'" not in failure.complaint:
            raise
        # What `batch_jacobian` says of an array: its shape is a tuple.
        raise CheckFailed(failure.complaint, NO_TENSOR) from None
    answer.close(
        want,
        mistakes=mistakes,
        hint="Watch x with a tape, take `tape.batch_jacobian(encoder(x), x)`, and add "
        "its squared entries over units and pixels.",
        shapes={
            (n, k, d): "This is the Jacobian: add its squared entries for each image.",
            (n, d): "Add over units AND pixels: one number for each image.",
            (n, k): "Add over units AND pixels: one number for each image.",
            (k,): "Add over units and pixels, the axes 1 and 2; axis 0 are the images.",
            (d,): ROWS,
            (k, d): ROWS,
            (): EACH if n > 1 else f"{EACH} {NO_SQUEEZE}",
        },
        rtol=RTOL,
        atol=ATOL,
    )
