"""The closed table of what may cross the wire, and its form in JSON.

==========================  ====================================================
value                       form
==========================  ====================================================
None, bool, int, str        as it is; so is a finite float
NaN, infinity               ``{"float": "nan"}``
complex number              ``{"complex": [real, imaginary]}``
list, tuple                 ``{"list": [...]}``, ``{"tuple": [...]}``
dict with text for keys     ``{"dict": {...}}``
array of numbers            ``{"array": [dtype, shape, bytes in base64]}``; a fourth
                            part, true, marks one that must not be written to
numpy number                ``{"scalar": [dtype, [], bytes]}``
array of texts              ``{"names": [shape, [...]]}``
function                    ``{"function": [reference, name]}``
Keras model                 ``{"model": {"ref", "config", "weights"}}``
anything else               ``{"opaque": "name of its type"}``
==========================  ====================================================

Tensors and variables become arrays, and so does any kind of array. Both ends write
with `encode`; the student's kernel reads with `decode`, since it trusts the judge, and
the judge reads with `cs5045ae.grading.wire.plain`, since he trusts nobody. The source
of this module is shown inside, so it imports nothing of this package.
"""

import base64
import json
import math
import sys
from collections.abc import Callable
from typing import Any

__all__ = ["Unusable", "array_node", "decode", "encode", "is_model", "weights_of"]

DEPTH, ITEMS, TEXT = 16, 100_000, 1_000_000
BIG = 2**200


class Unusable(Exception):
    """The value cannot be told; the message says why."""


def encode(value: Any, special: Callable[[Any], Any]) -> Any:
    """Return a value in the form of the table, for JSON.

    Parameters
    ----------
    value : object
        Anything.
    special : callable
        Returns the node of a function or a model, and None for all else.

    Raises
    ------
    Unusable
        If it is nested too deeply, or too large.
    """
    return _encode(value, special, 0, [0])


def _encode(value: Any, special: Any, depth: int, count: list[int]) -> Any:
    count[0] += 1
    if depth > DEPTH:
        raise Unusable(f"it is nested more than {DEPTH} levels deep")
    if count[0] > ITEMS:
        raise Unusable(f"it has more than {ITEMS:,} items")
    numpy = sys.modules.get("numpy")
    if value is None or isinstance(value, bool):
        return value
    if numpy is not None and isinstance(value, numpy.generic):
        if value.dtype.kind in "biufc":
            return {"scalar": array_node(numpy.asarray(value))["array"]}
        return str(value)[:TEXT] if value.dtype.kind == "U" else _opaque(value)
    if numpy is not None and isinstance(value, numpy.ndarray):
        return array_node(value)
    if isinstance(value, int):
        return int(value) if -BIG < value < BIG else _opaque(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else {"float": str(float(value))}
    if isinstance(value, complex):
        parts = (value.real, value.imag)
        return {"complex": [_encode(part, special, depth, count) for part in parts]}
    if isinstance(value, str):
        return str(value)[:TEXT]
    if isinstance(value, tuple | list):
        kind = "tuple" if isinstance(value, tuple) else "list"
        return {kind: [_encode(part, special, depth + 1, count) for part in value]}
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            return _opaque(value)
        return {
            "dict": {
                key: _encode(part, special, depth + 1, count)
                for key, part in value.items()
            }
        }
    return special(value) or _numbers(value) or _opaque(value)


def array_node(value: Any) -> Any:
    """Return the node of an array."""
    import numpy

    value = numpy.asarray(value)
    kind, size = value.dtype.kind, value.dtype.itemsize
    if kind == "U":
        texts = [str(text)[:1000] for text in value.ravel()[:ITEMS]]
        return {"names": [list(value.shape), texts]}
    if kind not in "biufc":
        return _opaque(value)
    if size > (16 if kind == "c" else 8):
        value = value.astype("<c16" if kind == "c" else "<f8")
    readonly = not value.flags.writeable
    value = numpy.ascontiguousarray(value, value.dtype.newbyteorder("<")).reshape(
        value.shape
    )
    data = base64.b64encode(value.tobytes()).decode("ascii")
    node = [value.dtype.str.replace("=", "<"), list(value.shape), data]
    return {"array": [*node, True] if readonly else node}


def _numbers(value: Any) -> Any:
    """Return what holds numbers in its own way: a tensor, a variable, a table."""
    import numpy

    if isinstance(value, range):
        return array_node(numpy.array(value))
    for method in ("numpy", "__array__"):
        if callable(getattr(value, method, None)) and not isinstance(value, type):
            try:
                found = numpy.array(getattr(value, method)(), subok=False)
                if found.dtype.kind == "V":  # a float of 16 bits that numpy lacks
                    found = found.astype(numpy.float32)
                return array_node(found) if found.dtype.kind in "biufc" else None
            except Exception:
                return None
    return None


def is_model(value: Any) -> bool:
    """Say whether a value is a Keras model, without importing Keras."""
    keras = sys.modules.get("keras")
    model = getattr(keras, "Model", None)
    return isinstance(model, type) and isinstance(value, model)


def weights_of(model: Any) -> list[Any]:
    """Return the variables of a model, layer by layer.

    A layer that is in two of its parts comes twice: the description of a model makes
    two of it.
    """
    found: list[Any] = []
    for layer in model.layers:
        found += weights_of(layer) if hasattr(layer, "layers") else layer.weights
    return found


def _opaque(value: Any) -> Any:
    return {"opaque": type(value).__name__}


def decode(node: Any, find: Callable[[str], Any]) -> Any:
    """Return the value of a node that the judge sent.

    Parameters
    ----------
    node : object
        As `encode` returns it.
    find : callable
        Returns the function or model of a reference.
    """
    if not isinstance(node, dict):
        return node
    ((kind, content),) = node.items()
    if kind == "float":
        return float(content)
    if kind == "complex":
        return complex(*(decode(part, find) for part in content))
    if kind in ("list", "tuple"):
        parts = [decode(part, find) for part in content]
        return tuple(parts) if kind == "tuple" else parts
    if kind == "dict":
        return {key: decode(part, find) for key, part in content.items()}
    if kind == "function":
        return find(content[0])
    if kind == "model":
        return _decode_model(content, find)
    if kind == "opaque":
        raise Unusable(f"an argument of type {content} cannot be sent")
    import numpy

    if kind == "names":
        return numpy.array(content[1], dtype=str).reshape(content[0])
    data = bytearray(base64.b64decode(content[2]))
    array = numpy.frombuffer(data, content[0]).reshape(content[1])
    if kind == "scalar":
        return array[()]
    array.flags.writeable = len(content) == 3
    return array


def _decode_model(content: dict[str, Any], find: Any) -> Any:
    import keras

    if content.get("ref"):
        model = find(content["ref"])
    else:
        model = keras.models.model_from_json(json.dumps(content["config"]))
    for weight, node in zip(weights_of(model), content["weights"], strict=True):
        weight.assign(decode(node, find))
    return model
