"""Settings of the whole notebook do not reach into a check, and stay outside it."""

import os

import numpy as np
import pytest

from cs5045ae.backend import keras
from cs5045ae.checks.answer import call
from cs5045ae.checks.check import check
from cs5045ae.keras_settings import default_settings

CHANGES = {
    "policy": lambda: keras.mixed_precision.set_global_policy("mixed_float16"),
    "bfloat16": lambda: keras.config.set_dtype_policy("mixed_bfloat16"),
    "quantized": lambda: keras.config.set_dtype_policy("int8_from_float32"),
    "floatx": lambda: keras.backend.set_floatx("float16"),
    "float64": lambda: keras.config.set_floatx("float64"),
    "channels": lambda: keras.config.set_image_data_format("channels_first"),
    "epsilon": lambda: keras.config.set_epsilon(0.1),
}


def settings():
    policy = keras.config.dtype_policy()
    return (
        keras.config.floatx(),
        policy.name,
        keras.config.image_data_format(),
        keras.config.epsilon(),
    )


USUAL = ("float32", "float32", "channels_last", 1e-7)


@pytest.fixture(autouse=True)
def put_back():
    yield
    keras.config.set_floatx("float32")
    keras.config.set_dtype_policy("float32")
    keras.config.set_image_data_format("channels_last")
    keras.config.set_epsilon(1e-7)


@pytest.mark.parametrize("change", CHANGES)
def test_inside_they_are_as_keras_begins_and_outside_as_they_were(change):
    CHANGES[change]()
    before = settings()
    assert before != USUAL
    with default_settings():
        assert settings() == USUAL
        assert keras.layers.Dense(2).dtype_policy.name == "float32"
    assert settings() == before


def test_they_are_put_back_after_an_error_too():
    CHANGES["policy"]()

    @default_settings()
    def fail():
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert keras.config.dtype_policy().name == "mixed_float16"


def test_numpy_and_the_choice_of_keras_2_are_put_back(monkeypatch):
    monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
    with np.errstate(all="raise"):
        with default_settings():
            assert "TF_USE_LEGACY_KERAS" not in os.environ
            with pytest.warns(RuntimeWarning):
                assert np.isinf(np.float64(1) / 0)
        assert np.geterr()["divide"] == "raise"
    assert os.environ["TF_USE_LEGACY_KERAS"] == "1"


@pytest.mark.parametrize("change", ["policy", "floatx", "channels"])
def test_a_check_and_the_function_it_calls_work_with_the_usual_settings(change, capsys):
    def make():
        return keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])

    @check(task="1")
    def check_make(make, *, rng):
        model = call(make).value
        own = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
        assert model.layers[0].compute_dtype == own.layers[0].compute_dtype == "float32"
        return "it makes a model"

    CHANGES[change]()
    check_make(make)
    assert capsys.readouterr().out == "Passed: it makes a model.\n"
