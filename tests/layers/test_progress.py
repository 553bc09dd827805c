"""One line for a training run."""

import re

import numpy as np

from cs5045ae.backend import keras
from cs5045ae.layers import ProgressBar


def test_a_training_run_leaves_one_line(capsys):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(3)])
    model.compile("sgd", "mse")
    x = np.ones((8, 3), dtype=np.float32)
    bar = ProgressBar("a small one")
    history = model.fit(
        x, x, epochs=3, verbose=0, validation_data=(x, x), callbacks=[bar]
    ).history
    (line,) = capsys.readouterr().out.strip().split("\n")
    told = re.fullmatch(
        r"a small one: 3 epochs in \d+\.\d s, loss (\d\.\d{4}), "
        r"on the test set (\d\.\d{4})",
        line,
    )
    assert told, line
    assert float(told[1]) == round(history["loss"][-1], 4)
    assert float(told[2]) == round(history["val_loss"][-1], 4)
