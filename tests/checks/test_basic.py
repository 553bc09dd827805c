"""What the bank can't say: other seeds, the looks at models, the bar of training."""

import numpy as np
import pytest

from cs5045ae.checks import basic as checks
from cs5045ae.checks import basic_codes, basic_networks, models
from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import basic


@pytest.fixture(scope="module")
def keras():
    from cs5045ae.backend import keras

    return keras


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for room in (checks, basic_codes):
        for name in room.__all__:
            task = name.removeprefix("check_").removesuffix("_edges")
            getattr(room, name)(getattr(basic, task))


@pytest.mark.parametrize("seed", range(4))
def test_right_networks_pass_with_any_seed(seed, monkeypatch, keras):
    monkeypatch.setenv("CS5045AE_SEED", str(seed))
    basic_networks.check_build_sizes(basic.build_autoencoder)
    basic_networks.check_build_output(basic.build_autoencoder)
    basic_networks.check_split(basic.split)
    basic_networks.check_split_other(basic.split)


def test_a_chain_goes_through_models_inside_models(keras):
    dense = keras.layers.Dense
    inner = keras.Sequential([keras.Input((6,)), dense(3), keras.layers.ReLU()])
    image = keras.Input((6,))
    model = keras.Model(image, dense(6)(inner(image)))
    answer = Answer(model, "f() returned", "f()")
    layers = models.chain(answer, models.model_of(answer, 6, 6))
    assert models.widths(layers, 6) == [3, 3, 6]
    x = np.random.default_rng(0).random((models.ROWS + 7, 6))
    np.testing.assert_allclose(models.run(layers, x), models.run([model], x), atol=1e-6)


def test_a_connection_past_a_layer_is_no_chain(keras):
    image = keras.Input((6,))
    z = keras.layers.Dense(6)(keras.layers.Dense(2)(image))
    answer = Answer(keras.Model(image, keras.layers.Add()([image, z])), "It is", "f()")
    with pytest.raises(CheckFailed, match="do not simply follow one another"):
        models.chain(answer, answer.value)


def test_randomize_keeps_what_is_not_trained(keras):
    model = keras.Sequential([keras.Input((4,)), keras.layers.BatchNormalization()])
    before = [w.numpy() for w in model.non_trainable_variables]
    old = [w.numpy() for w in model.trainable_variables]
    models.randomize(model, np.random.default_rng(0), 1.0)
    for kept, now in zip(before, model.non_trainable_variables, strict=True):
        np.testing.assert_array_equal(kept, now.numpy())
    assert all(
        np.abs(a - b.numpy()).min() > 1e-6
        for a, b in zip(old, model.trainable_variables, strict=True)
    )


@pytest.mark.slow
def test_a_network_trained_for_a_tenth_of_the_time_does_not_beat_pca(monkeypatch):
    basic_networks.check_train_autoencoder(basic.train_autoencoder)
    monkeypatch.setattr(basic_networks, "EPOCHS", basic_networks.EPOCHS // 10)
    with pytest.raises(CheckFailed, match="PCA with 16 components"):
        basic_networks.check_train_autoencoder(basic.train_autoencoder)
