"""Read an answer from a stranger's kernel: values of the closed table, or none.

Nothing here runs, imports or unpickles anything that the answer names, and the size of
what is made follows from the bytes that came.
"""

import base64
import binascii
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from cs5045ae.grading.wire.bounded import clean
from cs5045ae.grading.wire.errors import WireError

__all__ = ["Opaque", "Reader", "read_array"]

DEPTH = 20
TEXT = 1_000_000
DIMENSIONS = 16
INT_BITS = 256
DTYPES = {
    *("|b1", "|i1", "<i2", "<i4", "<i8", "|u1", "<u2", "<u4", "<u8"),
    *("<f2", "<f4", "<f8", "<c8", "<c16"),
}


class Opaque:
    """Stands for a value outside the table; its class has the value's type's name.

    So a message that names the kind of a value says the same of both: "a KerasTensor,
    where numbers are due".
    """

    @classmethod
    def of(cls, name: str) -> "Opaque":
        """Make one that stands for a value of the type called `name`."""
        return type(name, (cls,), {})()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class Reader:
    """Reads nodes of the table.

    Parameters
    ----------
    function : callable
        Makes a function from a reference and a name.
    model : callable
        Makes a Keras model from the content of its node.
    """

    def __init__(
        self,
        function: Callable[[str, str], Any],
        model: Callable[[dict[str, Any]], Any],
    ) -> None:
        self._function, self._model = function, model

    def read(self, node: Any, depth: int = 0) -> Any:
        """Return the value of a node.

        Raises
        ------
        WireError
            If it is not of the table.
        """
        if depth > DEPTH:
            raise WireError(f"it is nested more than {DEPTH} levels deep")
        if node is None or isinstance(node, bool | float):
            return node
        if isinstance(node, int):
            if node.bit_length() > INT_BITS:
                raise WireError("it holds a whole number of very many digits")
            return node
        if isinstance(node, str):
            return clean(node, TEXT)
        if not isinstance(node, dict) or len(node) != 1:
            raise WireError("it is not written as a value")
        ((kind, content),) = node.items()
        if kind in ("list", "tuple"):
            parts = [self.read(part, depth + 1) for part in _list(content)]
            return tuple(parts) if kind == "tuple" else parts
        if kind == "dict" and isinstance(content, dict):
            return {
                clean(key, 1000): self.read(part, depth + 1)
                for key, part in content.items()
            }
        if kind == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if kind == "complex":
            return _complex(_list(content, 2))
        if kind == "array":
            return read_array(content)
        if kind == "scalar":
            if (array := read_array(content)).shape != ():
                raise WireError("a number is an array")
            return array[()]
        if kind == "names":
            return _names(*_list(content, 2))
        if kind == "function":
            reference, name = _list(content, 2)
            return self._function(clean(reference, 200), type_name(name, "function"))
        if kind == "model" and isinstance(content, dict):
            return self._model(content)
        if kind == "opaque":
            return Opaque.of(type_name(content, "object"))
        raise WireError("it is of a kind that is not known")


def read_array(content: Any) -> np.ndarray:
    """Return a new array from its type, its shape and its bytes in base64.

    The three are compared before anything of the shape's size is made.

    Raises
    ------
    WireError
        If they do not agree, or the type is not a plain number's.
    """
    dtype, shape, text = _list(content, 3, 4)[:3]
    if not isinstance(dtype, str) or dtype not in DTYPES:
        raise WireError("an array is not of plain numbers")
    shape = _shape(shape)
    if not isinstance(text, str):
        raise WireError("an array has no bytes")
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if len(text) != (size + 2) // 3 * 4:
        raise WireError(f"an array of shape {shape} does not have that many bytes")
    try:
        data = bytearray(base64.b64decode(text, validate=True))
        if len(data) != size:
            raise WireError(f"an array of shape {shape} does not have that many bytes")
        if dtype == "|b1":  # a byte other than 0 and 1 is no truth value
            return (np.frombuffer(data, np.uint8) != 0).reshape(shape)
        return np.frombuffer(data, dtype).reshape(shape)
    except (binascii.Error, ValueError):
        raise WireError("an array cannot be read") from None


def type_name(name: Any, otherwise: str) -> str:
    """Return a name that can be that of a type or a function."""
    short = clean(name, 100) if isinstance(name, str) else ""
    return short if short.strip("<>").isidentifier() else otherwise


def _list(content: Any, *lengths: int) -> list[Any]:
    if not isinstance(content, list) or (lengths and len(content) not in lengths):
        raise WireError("it is not written as a value")
    return content


def _shape(shape: Any) -> tuple[int, ...]:
    sizes = _list(shape)
    plain = all(type(size) is int and 0 <= size < 2**40 for size in sizes)
    if not plain or len(sizes) > DIMENSIONS:
        raise WireError("an array has no possible shape")
    return tuple(sizes)


def _names(shape: Any, texts: Any) -> np.ndarray:
    sizes, texts = _shape(shape), _list(texts)
    longest = max((len(text) for text in texts if isinstance(text, str)), default=0)
    if len(texts) != math.prod(sizes) or longest * len(texts) > 10 * TEXT:
        raise WireError("an array of texts is not of its shape, or too large")
    return np.array([clean(text, TEXT) for text in texts], dtype=str).reshape(sizes)


def _complex(parts: list[Any]) -> complex:
    values = []
    for part in parts:
        value: Any = part.get("float") if isinstance(part, dict) else part
        if value not in ("nan", "inf", "-inf") and type(value) is not float:
            raise WireError("it holds a complex number that cannot be read")
        values.append(float(value))
    return complex(*values)
