"""Look at the dense layers of a Keras model one by one, each with what follows it."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import chain

__all__ = ["before_activation", "dense_blocks", "near"]


def dense_blocks(answer: Answer, model: Any) -> list[list[Any]]:
    """Split a model into its dense layers, each with what follows it.

    Raises
    ------
    CheckFailed
        If the layers do not follow one another, if the first is not a dense one, or if
        an activation is not one of Keras' own.
    """
    from cs5045ae.backend import keras

    blocks: list[list[Any]] = []
    for layer in chain(answer, model):
        if isinstance(layer, keras.layers.Dense):
            blocks.append([layer])
        elif blocks:
            blocks[-1].append(layer)
        else:
            raise CheckFailed(
                f"{answer.subject} a model that begins with a layer of kind "
                f"{type(layer).__name__}.",
                "A dense layer comes first.",
            )
        _own_activation(answer, layer)
    return blocks


def _own_activation(answer: Answer, layer: Any) -> None:
    from cs5045ae.backend import keras

    bend = getattr(layer, "activation", None)
    name = getattr(bend, "__name__", "")
    if bend is None or isinstance(bend, keras.layers.Layer):
        return
    if not hasattr(keras.activations, name):
        raise CheckFailed(
            f"{answer.subject} a model with an activation of your own, {name or bend}.",
            'Take one of Keras\' activations, such as "relu": Python code does not '
            "pass to where the check runs.",
        )


def before_activation(dense: Any, x: np.ndarray) -> np.ndarray:
    """Return what a dense layer makes of x before its activation."""
    bias = 0 if dense.bias is None else np.asarray(dense.bias)
    return np.asarray(x @ np.asarray(dense.kernel) + bias, dtype=np.float64)


def near(a: np.ndarray, b: np.ndarray) -> bool:
    """Tell whether two outputs are equal but for float32's rounding."""
    return np.allclose(a, b, rtol=1e-3, atol=1e-4)
