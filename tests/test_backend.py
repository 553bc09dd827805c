"""Keras arrives without a word on standard error."""

import os
import subprocess
import sys

import pytest

from cs5045ae.quiet import quiet_stderr

TRAINING = """
from cs5045ae.backend import keras
import numpy as np
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
model.compile("adam", "mse")
model.fit(np.zeros((8, 4)), np.zeros((8, 2)), verbose=0)
"""


@pytest.mark.slow
def test_import_first_operation_and_training_are_silent():
    done = subprocess.run([sys.executable, "-c", TRAINING], capture_output=True)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout == b""


def test_what_was_held_back_is_shown_when_something_breaks(capfd):
    def speak(fails):
        with quiet_stderr():
            os.write(2, b"from below\n")
            print("from Python", file=sys.stderr)
            if fails:
                raise ImportError

    speak(fails=False)
    assert capfd.readouterr().err == ""
    with pytest.raises(ImportError):
        speak(fails=True)
    assert set(capfd.readouterr().err.split("\n")) == {"", "from Python", "from below"}
