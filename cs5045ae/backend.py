"""Keras and TensorFlow, imported without a word on standard error.

TensorFlow 2.21 writes lines about drivers and processor features to file
descriptor 2 while it is imported and again at its first operation, whatever
``TF_CPP_MIN_LOG_LEVEL`` says. In a notebook they look like errors, and nbgrader
gives no points to a right answer whose test cell has any text on standard error.
So both happen here, with the descriptor turned away.

The import costs three to five seconds of processor time. A module that needs Keras
imports this one inside the function that uses it.

>>> from cs5045ae.backend import keras
>>> keras.backend.backend()
'tensorflow'
"""

import os
from typing import Any

from cs5045ae.quiet import quiet_stderr

__all__ = ["keras", "tf"]


def _load() -> tuple[Any, Any]:
    os.environ.setdefault("KERAS_BACKEND", "tensorflow")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    with quiet_stderr():
        import keras
        import tensorflow as tf

        tf.zeros(1) + 1  # the first operation looks for devices, and logs
    return keras, tf


keras, tf = _load()
