"""Linear parts are found out, whatever their weights and their last sigmoid."""

import numpy as np
import pytest

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.linear import not_linear

ANSWER = Answer(None, "f() returned", "f()")
X = np.random.default_rng(0).normal(size=(40, 5))


def part(activation, last, scale=1.0):
    """Two dense layers with weights from -3 to 3, times `scale`."""
    from cs5045ae.backend import keras

    dense = keras.layers.Dense
    model = keras.Sequential(
        [keras.Input((5,)), dense(8, activation=activation), dense(6, activation=last)]
    )
    rng = np.random.default_rng(1)
    model.set_weights(
        [scale * rng.uniform(-3, 3, size=w.shape) for w in model.get_weights()]
    )
    return [model]


@pytest.mark.parametrize("scale", [0.1, 0.5, 1.0])
def test_a_linear_map_is_told_from_one_with_relu(scale):
    for last, squash in ((None, False), ("sigmoid", True)):
        not_linear(ANSWER, "half", part("relu", last, scale), X, squash)
        with pytest.raises(CheckFailed, match="half is a linear map"):
            not_linear(ANSWER, "half", part(None, last, scale), X, squash)


def test_nothing_is_said_of_no_layers():
    not_linear(ANSWER, "half", [], X)
