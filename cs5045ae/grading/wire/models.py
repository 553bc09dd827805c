"""Build a Keras model from a stranger's description, after a look at every word of it.

Keras' own reader imports what a description names and makes what it asks for: 200 bytes
can take 12.5 GB. So it gets a new description, and the weights are counted before each
is made.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.model_description import PARTS, describe
from cs5045ae.grading.wire.model_table import course_layers
from cs5045ae.grading.wire.plain import read_array
from cs5045ae.grading.wire.table import weights_of

__all__ = ["read_model", "read_weights", "write_weights"]

PARAMETERS = 20_000_000
OUTPUTS = 1 << 22
"""Most numbers that a layer may give out for one example."""


def read_model(content: dict[str, Any]) -> Any:
    """Return the Keras model of a node, not compiled.

    Initialisers, constraints, seeds, and what it was compiled with are left out;
    regularisers are kept where they are Keras' own.

    Raises
    ------
    WireError
        If it has a part that is not in the table, or is too large.
    """
    weights = content.get("weights")
    if not isinstance(weights, list):
        raise WireError("a model has no weights")
    config = describe(content.get("config"))
    from cs5045ae.backend import keras

    with _counted(keras):
        try:
            model = keras.saving.deserialize_keras_object(
                config, custom_objects=course_layers(), safe_mode=True
            )
        except WireError:
            raise
        except Exception as error:
            raise WireError(
                f"Keras cannot build the model anew ({type(error).__name__})"
            ) from None
    for layer in _layers(model):
        for node in layer._inbound_nodes:
            for tensor in node.output_tensors:
                _at_most(tensor.shape[1:], OUTPUTS, "a layer gives out too much")
    write_weights(model, read_weights(weights))
    return model


def read_weights(nodes: Any) -> list[Any]:
    """Return the arrays of a model's weights."""
    if not isinstance(nodes, list) or len(nodes) > 10 * PARTS:
        raise WireError("the weights of a model are no list")
    arrays = []
    for node in nodes:
        if not isinstance(node, dict) or list(node) != ["array"]:
            raise WireError("a weight of a model is no array")
        arrays.append(read_array(node["array"]))
    return arrays


def write_weights(model: Any, arrays: list[Any]) -> None:
    """Put arrays into a model, if each has the shape that is due."""
    weights = weights_of(model)
    if [tuple(w.shape) for w in weights] != [array.shape for array in arrays]:
        raise WireError("the weights of a model do not fit its layers")
    for weight, array in zip(weights, arrays, strict=True):
        weight.assign(array)


@contextmanager
def _counted(keras: Any) -> Iterator[None]:
    """Count weights before they are made, and make them zero."""
    original = keras.layers.Layer.add_weight
    total = 0

    def add_weight(
        self: Any, shape: Any = None, _: Any = None, *rest: Any, **more: Any
    ) -> Any:
        nonlocal total
        left = PARAMETERS - total
        total += _at_most(shape or (), left, "a model has too many weights")
        more.pop("initializer", None)
        return original(self, shape, "zeros", *rest, **more)

    keras.layers.Layer.add_weight = add_weight
    try:
        yield
    finally:
        keras.layers.Layer.add_weight = original


def _at_most(shape: Any, most: int, told: str) -> int:
    size = 1
    for length in shape if isinstance(shape, tuple | list) else (shape,):
        size *= length if isinstance(length, int) else 1
    if size > most:
        raise WireError(told)
    return size


def _layers(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        yield layer
        if hasattr(layer, "layers"):
            yield from _layers(layer)
