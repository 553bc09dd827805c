"""The layers against TensorFlow, against numpy, and against finite differences."""

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from cs5045ae.backend import keras, tf
from cs5045ae.layers import MaxPoolWithLocations, Unpool
from cs5045ae.reference import convolutional_pooling as reference


def images(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape).astype(np.float32)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("pool_size", [1, 2, 3])
@pytest.mark.parametrize(("height", "width"), [(6, 6), (5, 8), (7, 4)])
def test_pooling_agrees_with_numpy(padding, pool_size, height, width):
    x = images(3, height, width, 2)
    layer = MaxPoolWithLocations(pool_size, padding)
    pooled, locations = layer(x)
    want, where = reference.max_pool_with_locations(x, pool_size, padding)
    assert_allclose(pooled, want)
    assert_array_equal(locations, where)
    assert locations.dtype == "int64"


def test_pooled_values_are_those_of_keras_own_layer():
    x = images(2, 9, 7, 3)
    pooled, _ = MaxPoolWithLocations(2, "same")(x)
    assert_allclose(pooled, keras.layers.MaxPooling2D(2, padding="same")(x))


@pytest.mark.parametrize(("height", "width"), [(6, 6), (5, 8), (7, 3)])
def test_unpooling_agrees_with_numpy(height, width):
    pooled, locations = MaxPoolWithLocations(2, "same")(images(3, height, width, 2))
    assert_allclose(
        Unpool(height, width)([pooled, locations]),
        reference.unpool(pooled, locations, height, width),
    )


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("size", [(7, 9), (None, None), (6, None)])
def test_shapes_are_known_before_any_image_is(padding, size):
    symbolic = keras.Input((*size, 3))
    pooled, locations = MaxPoolWithLocations(2, padding)(symbolic)
    x = images(2, *(n or 5 for n in size), 3)
    for told, made in zip(
        (pooled, locations), MaxPoolWithLocations(2, padding)(x), strict=True
    ):
        assert str(told.dtype) == made.dtype.name
        for known, is_ in zip(told.shape[1:], made.shape[1:], strict=True):
            assert known in (None, is_)
    assert (None in pooled.shape[1:]) == (None in size)
    assert Unpool(7, 9)([pooled, locations]).shape == (None, 7, 9, 3)


def gradient(function, x):
    x = tf.constant(x)
    with tf.GradientTape() as tape:
        tape.watch(x)
        value = function(x)
    return tape.gradient(value, x).numpy()


def by_differences(function, x, step=1e-2):
    found = np.zeros_like(x)
    for at in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[at] += step
        down[at] -= step
        found[at] = (float(function(up)) - float(function(down))) / (2 * step)
    return found


def test_the_gradient_flows_through_pooling_and_unpooling():
    # Numbers far apart, so that no maximum changes its place in a small step.
    x = np.random.default_rng(1).permutation(2 * 5 * 4 * 2).astype(np.float32)
    x = x.reshape(2, 5, 4, 2) / 4
    weight = images(2, 5, 4, 2)
    pool, unpool = MaxPoolWithLocations(2, "same"), Unpool(5, 4)

    def value(x):
        return tf.reduce_sum(weight * unpool(pool(x)) ** 2)

    got = gradient(value, x)
    assert_allclose(got, by_differences(value, x), rtol=1e-2, atol=0.05)
    assert np.count_nonzero(got) == 2 * 3 * 2 * 2


def test_the_gradient_of_a_pooled_value_is_that_of_its_pixel():
    pooled, locations = MaxPoolWithLocations()(images(2, 4, 6, 3))
    weight = images(2, 4, 6, 3, seed=2)
    got = gradient(
        lambda p: tf.reduce_sum(weight * Unpool(4, 6)([p, locations])), pooled
    )
    rows = np.take_along_axis(
        weight.reshape(2, -1), locations.numpy().reshape(2, -1), axis=1
    )
    assert_allclose(got.reshape(2, -1), rows)


def model():
    image = keras.Input((7, 6, 1))
    x = keras.layers.Conv2D(4, 3, padding="same", name="features")(image)
    pooled, locations = MaxPoolWithLocations(3, "same", name="pool")(x)
    x = Unpool(7, 6, name="unpool")([pooled, locations])
    return keras.Model(image, keras.layers.Conv2D(1, 3, padding="same")(x))


def test_a_network_comes_back_from_its_config_and_from_its_file(tmp_path):
    first, x = model(), images(3, 7, 6, 1)
    again = keras.Model.from_config(first.get_config())
    again.set_weights(first.get_weights())
    assert_allclose(again(x), first(x), atol=1e-6)
    pool = again.get_layer("pool")
    assert (pool.pool_size, pool.padding) == (3, "same")
    unpool = again.get_layer("unpool")
    assert (unpool.height, unpool.width) == (7, 6)
    first.save(tmp_path / "model.keras")
    loaded = keras.models.load_model(tmp_path / "model.keras")
    assert_allclose(loaded(x), first(x), atol=1e-6)


def test_a_network_with_these_layers_learns():
    keras.utils.set_random_seed(0)
    network, x = model(), images(64, 7, 6, 1)
    network.compile(keras.optimizers.Adam(0.01), "mse")
    losses = network.fit(x, x, epochs=15, verbose=0).history["loss"]
    assert losses[-1] < 0.8 * losses[0]
    # XLA has no such pooling; left alone, Keras must not choose it.
    assert network.jit_compile is False
    assert network.get_layer("pool").supports_jit is False


@pytest.mark.parametrize("size", [0, -2, 1.5, "2"])
def test_impossible_sizes_are_refused(size):
    with pytest.raises(ValueError, match="pool_size must be a whole number"):
        MaxPoolWithLocations(size)
    with pytest.raises(ValueError, match="height must be a whole number"):
        Unpool(size, 4)
    with pytest.raises(ValueError, match="width must be a whole number"):
        Unpool(4, size)


def test_an_unknown_padding_is_refused():
    with pytest.raises(ValueError, match="padding must be"):
        MaxPoolWithLocations(2, "SAME")
