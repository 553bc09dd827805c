"""Sizes, convolutions, pooling and networks against TensorFlow, scipy and Keras."""

import itertools

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.signal import convolve2d, correlate2d

from cs5045ae.reference.convolutional import (
    convolution_matrix,
    convolve,
    insert_zeros,
    transposed_convolution,
)
from cs5045ae.reference.convolutional_pooling import (
    location_bits,
    max_pool_with_locations,
    unpool,
)
from cs5045ae.reference.convolutional_sizes import output_size, transposed_size

KEYS = ("size", "kernel", "stride", "padding")
ALL_SMALL = [
    case
    for case in itertools.product(range(1, 9), range(1, 5), range(1, 5), range(3))
    if case[1] <= case[0] + 2 * case[3]
]
POOL = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 6, 3, 8]], dtype=float)


def drawn(*shape, seed=0):
    return np.random.default_rng(seed).normal(size=shape)


def test_output_sizes_are_what_a_sliding_window_counts():
    for size, kernel, stride, padding in ALL_SMALL:
        starts = range(-padding, size + padding - kernel + 1, stride)
        assert output_size(size, kernel, stride, padding) == len(starts)


def test_transposed_sizes_lead_back_to_every_size():
    for size, kernel, stride, padding in ALL_SMALL:
        small = output_size(size, kernel, stride, padding)
        extra = (size + 2 * padding - kernel) % stride
        assert transposed_size(small, kernel, stride, padding, extra) == size


def test_sizes_without_stride_and_padding():
    assert output_size(28, 3) == 26
    assert transposed_size(26, 3) == 28


@pytest.mark.slow
def test_sizes_agree_with_keras():
    from cs5045ae.backend import keras

    for size, kernel, stride in itertools.product((5, 6, 7), (2, 3, 4), (1, 2, 3)):
        image = keras.Input((size, size, 1))
        conv = keras.layers.Conv2D(1, kernel, strides=stride)(image)
        assert conv.shape[1] == output_size(size, kernel, stride)
        pool = keras.layers.MaxPooling2D(kernel, strides=stride)(image)
        assert pool.shape[1] == output_size(size, kernel, stride)
        if kernel >= stride:
            back = keras.layers.Conv2DTranspose(1, kernel, strides=stride)(image)
            assert back.shape[1] == transposed_size(size, kernel, stride)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"kernel": 9}, "does not fit into 8 pixels"),
        ({"kernel": 0}, "kernel is 0"),
        ({"stride": 0}, "stride is 0"),
        ({"size": 0}, "size is 0"),
        ({"padding": -1}, "must be 0 or more"),
    ],
)
def test_impossible_convolutions_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        output_size(**{"size": 8, "kernel": 3, "stride": 1, "padding": 0, **wrong})


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"extra": 2}, "extra 2 from 0 to 1"),
        ({"extra": -1}, "from 0 to 1"),
        ({"padding": -1}, "must be 0 or more"),
        ({"stride": 0}, "stride is 0"),
        ({"size": 1, "padding": 2}, "leaves nothing"),
    ],
)
def test_impossible_transposed_convolutions_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        transposed_size(**{"size": 4, "kernel": 3, "stride": 2, **wrong})


@pytest.mark.parametrize(("shape", "window"), [((5, 7), (3, 2)), ((4, 3), (4, 3))])
@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 2])
def test_convolution_agrees_with_scipy(shape, window, stride, padding):
    x, kernel = drawn(*shape), drawn(*window, seed=1)
    want = correlate2d(np.pad(x, padding), kernel, mode="valid")[::stride, ::stride]
    assert_allclose(convolve(x, kernel, stride, padding), want)


def test_a_kernel_larger_than_the_image_is_refused():
    with pytest.raises(ValueError, match="does not fit"):
        convolve(drawn(4, 3), drawn(3, 4))
    with pytest.raises(ValueError, match="does not fit"):
        convolution_matrix(drawn(5, 2), 4, 4)


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_matrix_does_what_the_convolution_does(stride):
    x, kernel = drawn(6, 8), drawn(2, 3, seed=1)
    matrix = convolution_matrix(kernel, 6, 8, stride)
    want = convolve(x, kernel, stride)
    assert matrix.shape == (want.size, 48)
    assert_allclose(matrix @ x.ravel(), want.ravel())


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_the_transposed_convolution_is_the_transposed_matrix(stride):
    y, kernel = drawn(3, 4), drawn(4, 3, seed=1)
    x_hat = transposed_convolution(y, kernel, stride)
    matrix = convolution_matrix(kernel, *x_hat.shape, stride)
    assert_allclose((matrix.T @ y.ravel()).reshape(x_hat.shape), x_hat)
    x = drawn(*x_hat.shape, seed=2)
    assert_allclose((convolve(x, kernel, stride) * y).sum(), (x * x_hat).sum())


def test_the_transposed_convolution_of_a_case_worked_by_hand():
    x, kernel = [[0, 1], [2, 3]], [[1, 2], [3, 4]]
    assert_array_equal(
        transposed_convolution(x, kernel), [[0, 1, 2], [2, 10, 10], [6, 17, 12]]
    )
    assert_array_equal(
        transposed_convolution(x, kernel, 2),
        [[0, 0, 1, 2], [0, 0, 3, 4], [2, 4, 3, 6], [6, 8, 9, 12]],
    )
    back = transposed_convolution(convolve(np.arange(9).reshape(3, 3), kernel), kernel)
    assert_array_equal(back, [[27, 91, 74], [138, 400, 282], [171, 429, 268]])


@pytest.mark.parametrize(("stride", "window"), [(1, (3, 2)), (2, (3, 3)), (3, (4, 5))])
def test_the_transposed_convolution_agrees_with_keras_and_scipy(stride, window):
    from cs5045ae.backend import keras

    x, kernel = drawn(4, 5), drawn(*window, seed=1)
    got = transposed_convolution(x, kernel, stride)
    layer = keras.layers.Conv2DTranspose(1, window, strides=stride, use_bias=False)
    layer.build((None, 4, 5, 1))
    layer.set_weights([kernel[:, :, None, None]])
    assert_allclose(got, layer(x[None, :, :, None])[0, :, :, 0], rtol=1e-5, atol=1e-5)
    assert_allclose(got, convolve2d(insert_zeros(x, stride), kernel, mode="full"))


def test_zeros_are_inserted_between_and_not_around():
    x = np.arange(1, 7).reshape(2, 3)
    spread = insert_zeros(x, 3)
    assert spread.shape == (4, 7)
    assert_array_equal(spread[::3, ::3], x)
    assert spread.sum() == x.sum()
    assert_array_equal(insert_zeros(x, 1), x)
    with pytest.raises(ValueError, match="stride is 0"):
        insert_zeros(x, 0)


@pytest.mark.parametrize("bad", [np.zeros(4), np.zeros((1, 4, 4)), np.zeros((0, 3))])
def test_what_is_no_image_is_refused(bad):
    for x, kernel in ((bad, np.ones((1, 1))), (np.ones((4, 4)), bad)):
        with pytest.raises(ValueError, match="must be"):
            convolve(x, kernel)
        with pytest.raises(ValueError, match="must be"):
            transposed_convolution(x, kernel)


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize("pool_size", [1, 2, 3, 4])
@pytest.mark.parametrize(("height", "width"), [(4, 4), (5, 8), (7, 4), (6, 9)])
def test_pooling_agrees_with_tensorflow(padding, pool_size, height, width):
    from cs5045ae.backend import tf

    rng = np.random.default_rng(0)
    for x in (
        rng.normal(size=(3, height, width, 2)),
        rng.integers(-2, 1, size=(2, height, width, 3)),  # many equal maxima
        np.full((1, height, width, 1), -7),
    ):
        x = x.astype(np.float32)
        pooled, locations = max_pool_with_locations(x, pool_size, padding)
        want, where = tf.nn.max_pool_with_argmax(
            x, pool_size, pool_size, padding.upper()
        )
        assert_array_equal(pooled, want)
        assert_array_equal(locations, where)


def test_pooling_of_a_case_worked_by_hand():
    pooled, locations = max_pool_with_locations(np.stack([POOL, POOL])[..., None])
    assert_array_equal(pooled.reshape(2, 4), [[4, 5, 7, 9]] * 2)
    assert_array_equal(locations.reshape(2, 4), [[4, 7, 12, 10]] * 2)
    back = unpool(pooled, locations, 4, 4)[0, :, :, 0]
    assert_array_equal(back, np.where(np.isin(POOL, [4, 5, 7, 9]), POOL, 0))


@pytest.mark.parametrize("padding", ["valid", "same"])
@pytest.mark.parametrize(("height", "width"), [(4, 6), (5, 7), (6, 3)])
def test_pooling_what_was_unpooled_gives_it_back(padding, height, width):
    x = np.random.default_rng(0).random((3, height, width, 2))
    pooled, locations = max_pool_with_locations(x, 2, padding)
    x_hat = unpool(pooled, locations, height, width)
    assert x_hat.shape == x.shape
    assert_array_equal(x_hat, np.where(x_hat > 0, x, 0))
    assert np.count_nonzero(x_hat) == pooled.size
    again, places = max_pool_with_locations(x_hat, 2, padding)
    assert_array_equal(again, pooled)
    assert_array_equal(places, locations)


def test_what_can_not_be_pooled_is_refused():
    for x, size, padding in (
        (POOL, 2, "valid"),
        (POOL[None, :, :, None], 0, "valid"),
        (POOL[None, :, :, None], 2, "SAME"),
    ):
        with pytest.raises(ValueError, match="must be"):
            max_pool_with_locations(x, size, padding)


def test_locations_outside_an_image_are_refused():
    pooled = np.ones((1, 1, 1, 1))
    assert unpool(pooled, 3 * pooled.astype(int), 2, 2)[0, 1, 1, 0] == 1
    for wrong in (4, -1):
        with pytest.raises(ValueError, match="lies outside 0 to 3"):
            unpool(pooled, np.full((1, 1, 1, 1), wrong), 2, 2)
    with pytest.raises(ValueError, match="must both be"):
        unpool(pooled, np.zeros((1, 1, 1), dtype=int), 2, 2)
    with pytest.raises(ValueError, match="must both be"):
        unpool(np.ones((2, 2, 2)), np.zeros((2, 2, 2), dtype=int), 2, 2)


def test_locations_of_a_digit_take_49_bytes():
    assert location_bits(28, 28, 1) == 8 * 49
    assert location_bits(14, 14, 8) == 7 * 7 * 8 * 2
    assert location_bits(9, 11, 2, pool_size=3) == pytest.approx(18 * np.log2(9))


@pytest.mark.slow
def test_networks_have_the_shapes_they_promise():
    from cs5045ae.reference import convolutional_networks as networks

    x = np.random.default_rng(0).random((2, 28, 28, 1), dtype=np.float32)
    for encoder, decoder in (
        networks.conv_autoencoder(4),
        networks.conv_autoencoder(4, 7, kernel=4),
        networks.conv_autoencoder(4, resize=True),
        networks.dense_autoencoder(16),
        networks.dense_autoencoder(16, 7),
    ):
        z = encoder(x)
        assert z.shape in ((2, 32), (2, 7))
        x_hat = np.asarray(decoder(z))
        assert x_hat.shape == x.shape
        assert 0 <= x_hat.min() < x_hat.max() <= 1
        # A linear code: it takes both signs.
        assert np.asarray(z).min() < 0 < np.asarray(z).max()


@pytest.mark.slow
def test_the_two_ways_to_double_are_those_they_are_called():
    from cs5045ae.reference.convolutional_networks import conv_autoencoder

    def kinds(model):
        return [type(layer).__name__ for layer in model.layers]

    _, resized = conv_autoencoder(4, resize=True)
    _, transposed = conv_autoencoder(4, kernel=4)
    assert kinds(resized).count("UpSampling2D") == 3
    assert "Conv2DTranspose" not in kinds(resized)
    assert kinds(transposed).count("Conv2DTranspose") == 3
    assert "UpSampling2D" not in kinds(transposed)
    assert {
        layer.kernel.shape[:2]
        for layer in transposed.layers
        if type(layer).__name__ == "Conv2DTranspose"
    } == {(4, 4)}
