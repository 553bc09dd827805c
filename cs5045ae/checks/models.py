"""Look at the Keras models that students return: their kind, sizes and layers.

Only what a functional or Sequential model holds is looked at, its layers and weights.
How it was compiled is free, and does not reach the check.
"""

import warnings
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.failure import CheckFailed, NotWritten
from cs5045ae.checks.words import kind_of

__all__ = [
    "bounded_output",
    "call_training",
    "chain",
    "model_of",
    "randomize",
    "run",
    "widths",
]

PLAIN = ("keras", "cs5045ae")
ROWS = 500  # images at a time

OLD = (
    "If it is gone already: Keras 3 raises NotImplementedError for `add_loss` on a "
    "functional model; call `self.add_loss` inside a layer's `call`."
)
FROM_ARGUMENTS = (
    "Take every size from the arguments: nothing is fixed to 784, 128 or 32."
)


def call_training(function: Callable[..., Any], /, **arguments: Any) -> Answer:
    """Call a student's training, and tell Keras' NotImplementedError from his own.

    Raises
    ------
    NotWritten
        If the function raises NotImplementedError.
    """
    try:
        return call(function, **arguments)
    except NotWritten as failure:
        raise NotWritten(failure.complaint, f"{failure.hint} {OLD}") from None


def model_of(
    answer: Answer, n_in: int, n_out: int, sizes_hint: str = FROM_ARGUMENTS
) -> Any:
    """Return a functional or Sequential model from `(n, n_in)` to `(n, n_out)`.

    Parameters
    ----------
    answer : Answer
        What the student's function returned.
    n_in, n_out : int
        The numbers of an input and of an output.
    sizes_hint : str
        What to say of other sizes.

    Raises
    ------
    CheckFailed
        If the answer is anything else.
    """
    from cs5045ae.backend import keras

    model, subject = answer.value, answer.subject
    if model is None:
        raise CheckFailed(f"{subject} None.", "Does the function end with `return`?")
    if isinstance(model, keras.callbacks.History):
        raise CheckFailed(
            f"{subject} a History, not a model.",
            "`fit` returns the history of the losses; the model is the object before "
            "`.fit`.",
        )
    if not isinstance(model, keras.Model):
        raise CheckFailed(
            f"{subject} {kind_of(model)}, not a Keras model.",
            "End with `return keras.Model(inputs, outputs)`, or return a Sequential "
            "model.",
        )
    if not _plain(model):
        raise CheckFailed(
            f"{subject} a model of your own class {type(model).__name__}.",
            "Return a functional or Sequential model: a class of your own can't be "
            "rebuilt where the check runs.",
        )
    if not model.built:
        raise CheckFailed(
            f"{subject} a Sequential model whose sizes are not known yet.",
            "Begin it with `keras.Input(shape=(...,))`.",
        )
    for layer in _leaves(model):
        if not _plain(layer) or isinstance(layer, keras.layers.Lambda):
            raise CheckFailed(
                f"{subject} a model with a layer of kind {type(layer).__name__}.",
                "Use the layers of keras.layers, and no Lambda: Python code does not "
                "pass to where the check runs.",
            )
    for name, shape, n in (
        ("takes inputs", model.input_shape, n_in),
        ("gives outputs", model.output_shape, n_out),
    ):
        if shape != (None, n):
            raise CheckFailed(
                f"{subject} a model that {name} of shape {shape}, not (None, {n}).",
                sizes_hint,
            )
    return model


def chain(answer: Answer, model: Any) -> list[Any]:
    """Return the layers of a model that follow one another, those inside models too.

    Raises
    ------
    CheckFailed
        If a connection leads past a layer.
    """
    layers = _leaves(model)
    x = np.random.default_rng(0).random((3, model.input_shape[-1]), dtype=np.float32)
    try:
        same = np.allclose(run(layers, x), run([model], x), atol=1e-4)
    except (ValueError, TypeError):
        same = False
    if not same:
        raise CheckFailed(
            f"{answer.subject} a model whose layers do not simply follow one another.",
            "Give each layer the output of the one before it, and nothing else: all "
            "that the decoder knows has to pass through the code.",
        )
    return layers


def run(layers: Sequence[Any], x: np.ndarray) -> np.ndarray:
    """Apply layers, or whole models, to `x` one after the other; return float64."""
    parts = []
    for start in range(0, len(x), ROWS):
        part = x[start : start + ROWS].astype(np.float32)
        with warnings.catch_warnings():
            # Keras warns of a model whose single input was given as a list.
            warnings.simplefilter("ignore", UserWarning)
            for layer in layers:
                part = layer(part)
        parts.append(np.asarray(part, dtype=np.float64))
    return np.concatenate(parts)


def bounded_output(part: Answer, model: Any, x: np.ndarray, hint: str) -> np.ndarray:
    """Run the model that `part` is, and complain of an output outside [0, 1]."""
    told = f"{part.subject} a model whose output is"
    return Answer(run([model], x), told, part.told).array(low=0, high=1, hint=hint)


def widths(layers: Sequence[Any], n_in: int) -> list[int]:
    """Return how many numbers of an image stand behind each layer of a chain."""
    part, found = np.zeros((1, n_in), dtype=np.float32), []
    for layer in layers:
        part = layer(part)
        found.append(int(np.prod(part.shape[1:])))
    return found


def randomize(model: Any, rng: np.random.Generator, scale: float) -> None:
    """Give all that is trained new numbers, so that no start hides a property."""
    for variable in model.trainable_variables:
        shape = tuple(variable.shape)
        spread = scale / np.sqrt(shape[0] if len(shape) > 1 else 4)
        variable.assign(spread * rng.normal(size=shape))


def _leaves(model: Any) -> list[Any]:
    from cs5045ae.backend import keras

    found = []
    # A functional model's operations are its layers and what of keras.ops it calls.
    for layer in getattr(model, "operations", model.layers):
        if isinstance(layer, keras.Model) and _plain(layer):
            found += _leaves(layer)
        elif not isinstance(layer, keras.layers.InputLayer):
            found.append(layer)
    return found


def _plain(layer: Any) -> bool:
    return type(layer).__module__.partition(".")[0] in PLAIN
