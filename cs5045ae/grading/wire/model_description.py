"""Write a new description of a model from the parts of a stranger's that a table knows.

Names of modules are our own, numbers and texts are short, and whatever could name a
file, a function or a class that is not in `model_table` is refused.
"""

import re
from typing import Any

from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.model_table import (
    ACTIVATIONS,
    DTYPES,
    LAYERS,
    REGULARIZERS,
    course_layers,
    operations,
)

__all__ = ["PARTS", "describe"]

PARTS, DEPTH = 300, 5
WHOLE, LENGTH = 1 << 20, 4096
_TEXT = re.compile(r"[\w .:>/-]{0,100}")
_DROPPED = ("_initializer", "_constraint", "seed", "quantization_config")


def describe(node: Any) -> dict[str, Any]:
    """Return a description that Keras can be given.

    Raises
    ------
    WireError
        If a part of it is not in the table, or it is too large.
    """
    return _Description().model(node, 0)


class _Description:
    """Writes a clean description; it counts the parts of one model."""

    def __init__(self) -> None:
        self._parts = 0

    def model(self, node: Any, depth: int) -> dict[str, Any]:
        kind, config = _head(node)
        if depth > DEPTH:
            raise WireError("its models are nested too deeply")
        layers = _list(config.get("layers"))
        clean: dict[str, Any] = {"name": _text(config.get("name")), "trainable": True}
        if kind == "Sequential":
            clean["layers"] = [self.layer(layer, depth) for layer in layers]
            if "build_input_shape" in config:
                clean["build_input_shape"] = _plain(config["build_input_shape"])
            return _node("keras", kind, clean)
        if kind not in ("Functional", "Model"):
            raise WireError(f"a model of the class {_text(kind)} cannot be sent")
        clean["layers"] = [self._placed(layer, depth) for layer in layers]
        for key in ("input_layers", "output_layers"):
            clean[key] = _plain(config.get(key))
        return _node("keras.src.models.functional", "Functional", clean)

    def layer(self, node: Any, depth: int) -> dict[str, Any]:
        self._parts += 1
        if self._parts > PARTS:
            raise WireError(f"a model has more than {PARTS} layers")
        kind, config = _head(node)
        if "layers" in config:
            return self.model(node, depth + 1)
        module = str(node.get("module"))
        if kind in operations() and module.startswith("keras.src.ops."):
            made = _node(operations()[kind], kind, self._arguments(config))
        elif kind in LAYERS and module in ("keras.layers", "keras.src.layers"):
            made = _node("keras.layers", kind, self._arguments(config))
        elif kind in course_layers() and module.startswith("cs5045ae.layers"):
            made = _node("cs5045ae.layers", kind, self._arguments(config))
            made["registered_name"] = kind
        else:
            raise WireError(f"a layer of the kind {_text(kind)} cannot be sent")
        return made

    def _placed(self, node: Any, depth: int) -> dict[str, Any]:
        """Return a layer with the places where a model calls it."""
        made = self.layer(node, depth)
        made["name"] = _text(node.get("name"))
        calls = []
        for call in _list(node.get("inbound_nodes")):
            if not isinstance(call, dict):
                raise WireError("a model's description cannot be read")
            clean = {key: _plain(call.get(key)) for key in ("args", "kwargs")}
            # A call on numbers alone would be worked out at once, however large.
            if "__keras_tensor__" not in str(clean):
                raise WireError("a layer of a model is called on plain numbers")
            calls.append(clean)
        return made | {"inbound_nodes": calls}

    def _arguments(self, config: dict[str, Any]) -> dict[str, Any]:
        clean = {}
        for key, value in config.items():
            if not isinstance(key, str) or key.endswith(_DROPPED):
                continue
            if key == "dtype":
                name = _head(value)[1].get("name") if _is_node(value) else value
                clean[key] = name if name in DTYPES else "float32"
            elif key.endswith("regularizer"):
                clean[key] = _regularizer(value)
            elif key.endswith("activation"):
                clean[key] = self._activation(value)
            else:
                clean[key] = _plain(value)
        return clean

    def _activation(self, value: Any) -> Any:
        if value is None or (isinstance(value, str) and value in ACTIVATIONS):
            return value
        if _is_node(value) and value["class_name"] == "function":
            name = value.get("config")
            if value.get("registered_name") in (None, "function", name) and (
                isinstance(name, str) and name in ACTIVATIONS
            ):
                return name
        elif _is_node(value) and value["class_name"] in LAYERS:
            return self.layer(value, 0)
        raise WireError("a layer has an activation that is not one of Keras' own")


def _node(module: str, kind: str, config: dict[str, Any]) -> dict[str, Any]:
    return {
        "module": module,
        "class_name": kind,
        "config": config,
        "registered_name": None,
    }


def _is_node(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("class_name"), str)


def _head(node: Any) -> tuple[str, dict[str, Any]]:
    if not _is_node(node) or not isinstance(node.get("config"), dict):
        raise WireError("a model's description cannot be read")
    return node["class_name"], node["config"]


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise WireError("a model's description cannot be read")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or not _TEXT.fullmatch(value):
        raise WireError("a model's description holds an odd name")
    return value


def _regularizer(value: Any) -> Any:
    if not _is_node(value) or value["class_name"] not in REGULARIZERS:
        return None
    factors = {
        key: float(factor)
        for key, factor in _head(value)[1].items()
        if key in ("l1", "l2", "factor") and type(factor) in (int, float)
    }
    return _node("keras.regularizers", value["class_name"], factors)


def _plain(value: Any, depth: int = 0) -> Any:
    """Return a setting: a number, a short text, or a list of these."""
    if depth > 8:
        raise WireError("a model's description is nested too deeply")
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        if abs(value) > WHOLE:
            raise WireError("a model's description holds a huge number")
        return value
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list) and len(value) <= LENGTH:
        return [_plain(part, depth + 1) for part in value]
    if isinstance(value, dict) and len(value) <= 20:
        kind = value.get("class_name", "__none__")
        if kind in ("__keras_tensor__", "__slice__", "__tensor__", "__none__"):
            return {_text(k): _plain(part, depth + 1) for k, part in value.items()}
    raise WireError("a model's description holds a part that is not known")
