"""The settings of Keras and NumPy that a notebook can change for everything in it.

What a check asks of an answer must not hang on them: with ``mixed_float16`` set, the
check's own networks would round to three digits.
"""

import contextlib
import os
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

__all__ = ["default_settings"]

KERAS_2 = "TF_USE_LEGACY_KERAS"


@contextlib.contextmanager
def default_settings() -> Iterator[None]:
    """Work with the settings that Keras and NumPy begin with, and put back others.

    These are the type of numbers (``float32``), the place of the channels (last), the
    small number in denominators, Keras 3 behind ``tf.keras``, and what NumPy does about
    a division by zero (a warning). Keras is not imported for it.

    Examples
    --------
    >>> with np.errstate(divide="raise"), default_settings():
    ...     np.geterr()["divide"]
    'warn'
    """
    keras2 = os.environ.pop(KERAS_2, None)
    keras = sys.modules.get("keras")
    before = _read(keras) if hasattr(keras, "config") else {}
    for name, value in DEFAULTS.items():
        if name in before and before[name] != value:
            _set(keras, name, value)
    try:
        with np.errstate(divide="warn", over="warn", under="ignore", invalid="warn"):
            yield
    finally:
        if keras2 is not None:
            os.environ[KERAS_2] = keras2
        for name, value in before.items():
            if value != DEFAULTS[name]:
                _set(keras, name, value)


DEFAULTS = {
    "floatx": "float32",
    "dtype_policy": "float32",
    "image_data_format": "channels_last",
    "epsilon": 1e-7,
}


def _read(keras: Any) -> dict[str, Any]:
    found = {name: getattr(keras.config, name)() for name in DEFAULTS}
    policy = found["dtype_policy"]
    return found | {"dtype_policy": policy.name if policy.name in NAMED else policy}


NAMED = {"float32", "float64", "float16", "bfloat16", "mixed_float16", "mixed_bfloat16"}


def _set(keras: Any, name: str, value: Any) -> None:
    getattr(keras.config, f"set_{name}")(value)
