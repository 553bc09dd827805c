"""Pooling keeps its locations, and unpooling puts the maxima back there."""

import numpy as np
import pytest

from cs5045ae.backend import keras, tf
from cs5045ae.layers import MaxPoolWithLocations, Unpool

FIXTURE = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 6, 3, 8]], "float32")


def test_the_known_small_case():
    x = FIXTURE[None, :, :, None]
    pooled, where = MaxPoolWithLocations()(x)
    assert np.asarray(pooled)[0, :, :, 0].tolist() == [[4, 5], [7, 9]]
    assert np.asarray(where).ravel().tolist() == [4, 7, 12, 10]
    back = np.asarray(Unpool(4, 4)([pooled, where]))[0, :, :, 0]
    want = np.zeros((4, 4))
    want[1, 0], want[1, 3], want[3, 0], want[2, 2] = 4, 5, 7, 9
    np.testing.assert_array_equal(back, want)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("shape", [(2, 6, 4, 3), (3, 5, 7, 2), (1, 2, 2, 1)])
def test_locations_are_those_of_tensorflow(shape, padding):
    x = np.random.default_rng(0).normal(size=shape).astype("float32")
    pooled, where = MaxPoolWithLocations(padding=padding)(x)
    want, index = tf.nn.max_pool_with_argmax(x, 2, 2, padding.upper())
    np.testing.assert_array_equal(pooled, want)
    np.testing.assert_array_equal(where, index)


@pytest.mark.parametrize("shape", [(2, 6, 4, 3), (3, 5, 7, 2)])
def test_pooling_what_was_unpooled_changes_nothing(shape):
    x = np.random.default_rng(1).uniform(size=shape).astype("float32")
    pooled, where = MaxPoolWithLocations()(x)
    back = Unpool(*shape[1:3])([pooled, where])
    again, there = MaxPoolWithLocations()(back)
    np.testing.assert_array_equal(again, pooled)
    np.testing.assert_array_equal(there, where)
    assert np.count_nonzero(back) == np.size(pooled)


def test_the_gradient_goes_to_the_places_of_the_maxima():
    x = tf.constant(FIXTURE[None, :, :, None])
    with tf.GradientTape() as tape:
        tape.watch(x)
        total = tf.reduce_sum(Unpool(4, 4)(MaxPoolWithLocations()(x)) ** 2)
    gradient = tape.gradient(total, x).numpy()[0, :, :, 0]
    want = np.zeros((4, 4))
    want[1, 0], want[1, 3], want[3, 0], want[2, 2] = 8, 10, 14, 18
    np.testing.assert_array_equal(gradient, want)


def test_a_model_with_both_comes_back_from_its_config():
    image = keras.Input((6, 4, 2))
    pooled, where = MaxPoolWithLocations()(image)
    model = keras.Model(image, Unpool(6, 4)([pooled, where]))
    again = keras.Model.from_config(model.get_config())
    x = np.random.default_rng(2).normal(size=(2, 6, 4, 2)).astype("float32")
    np.testing.assert_array_equal(again(x), model(x))


@pytest.mark.parametrize("wrong", [{"pool_size": 0}, {"padding": "full"}])
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        MaxPoolWithLocations(**wrong)
