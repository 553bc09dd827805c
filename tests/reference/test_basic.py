"""The reference of topic 02_basic against Keras, scipy and closed forms."""

import subprocess
import sys

import numpy as np
import pytest
from scipy.special import entr, xlog1py, xlogy

from cs5045ae.reference import basic


@pytest.fixture(scope="module")
def keras():
    from cs5045ae.backend import keras

    return keras


def test_importing_it_imports_no_tensorflow():
    code = "import cs5045ae.reference.basic, sys; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.mark.parametrize(
    "sizes", [[784, 128, 32, 128, 784], [784, 1024, 784], [3, 2], [7, 5, 4, 9]]
)
def test_parameters_are_counted_as_keras_does(keras, sizes):
    layers = [keras.layers.Dense(n) for n in sizes[1:]]
    model = keras.Sequential([keras.Input(shape=(sizes[0],)), *layers])
    assert basic.count_parameters(sizes) == model.count_params()


def test_the_network_of_the_slides(keras):
    model = basic.build_autoencoder(784, 128, 32)
    assert model.count_params() == 209_968
    dense = model.layers[1:]
    assert [layer.units for layer in dense] == [128, 32, 128, 784]
    assert [layer.activation.__name__ for layer in dense] == ["relu"] * 3 + ["sigmoid"]


def test_several_hidden_layers_are_mirrored():
    model = basic.build_autoencoder(20, [16, 9], 4)
    assert [layer.units for layer in model.layers[1:]] == [16, 9, 4, 9, 16, 20]
    assert [a.activation.__name__ for a in model.layers[3:5]] == ["relu", "relu"]
    flat = basic.build_autoencoder(20, [], 4, linear_code=True)
    assert flat.layers[1].activation.__name__ == "linear"
    assert [layer.units for layer in flat.layers[1:]] == [4, 20]


@pytest.mark.parametrize("linear_code", [False, True])
@pytest.mark.parametrize("hidden", [[], [11], [12, 7]])
def test_forward_gives_what_the_model_gives(hidden, linear_code):
    model = basic.build_autoencoder(20, hidden, 3, linear_code=linear_code)
    rng = np.random.default_rng(0)
    model.set_weights([rng.normal(size=w.shape) for w in model.get_weights()])
    x = rng.random((6, 20), dtype=np.float32)
    got = basic.forward(model.get_weights(), x, linear_code=linear_code)
    np.testing.assert_allclose(got, model(x), atol=1e-5)


def test_forward_does_not_overflow():
    with np.errstate(all="raise"):
        got = basic.forward([np.array([[1e4, -1e4]]), np.zeros(2)], [[1.0], [-1.0]])
    np.testing.assert_array_equal(got, [[1, 0], [0, 1]])


def test_cross_entropy_is_that_of_keras_and_of_scipy(keras):
    x, x_hat = np.random.default_rng(1).uniform(0.01, 0.99, size=(2, 9, 14))
    got = basic.binary_crossentropy(x, x_hat)
    assert got == pytest.approx(-(xlogy(x, x_hat) + xlog1py(1 - x, -x_hat)).mean())
    assert got == pytest.approx(
        float(np.mean(keras.losses.binary_crossentropy(x, x_hat))), rel=1e-5
    )


def test_cross_entropy_is_clipped_where_a_prediction_is_certain():
    assert basic.binary_crossentropy([[1.0]], [[0.0]]) == pytest.approx(7 * np.log(10))
    assert basic.binary_crossentropy([[0.0]], [[1.0]]) == pytest.approx(
        7 * np.log(10), rel=1e-6
    )
    single = np.ones((1, 1), dtype=np.float32)
    assert basic.binary_crossentropy(0 * single, single) == pytest.approx(
        16.118, abs=1e-3
    )
    assert 0 < basic.binary_crossentropy([[1.0, 0.0]], [[1.0, 0.0]]) < 2e-7


def test_cross_entropy_refuses_shapes_that_would_broadcast():
    with pytest.raises(ValueError, match="x has shape"):
        basic.binary_crossentropy(np.ones((3, 1)), np.ones((1, 3)))


def test_floor_is_the_entropy_and_below_every_reconstruction():
    rng = np.random.default_rng(2)
    x = np.where(rng.random((7, 11)) < 0.5, 0, rng.random((7, 11)))
    x[0, :3] = 1
    floor = basic.cross_entropy_floor(x)
    assert floor == pytest.approx((entr(x) + entr(1 - x)).mean())
    assert basic.binary_crossentropy(x, x) == pytest.approx(floor, abs=1e-6)
    for step in (-0.01, 0.01):
        assert basic.binary_crossentropy(x, (x + step).clip(0, 1)) > floor


def test_floor_of_black_and_white_is_zero_and_255_is_refused():
    assert basic.cross_entropy_floor(np.eye(4)) == 0
    for wrong in ([[0.0, 255.0]], [[-0.1, 0.5]], [[np.nan]]):
        with pytest.raises(ValueError, match="divide by 255"):
            basic.cross_entropy_floor(wrong)


def test_floor_of_the_small_test_digits():
    from cs5045ae.data import load_mnist

    _, (x_test, _) = load_mnist("small")
    assert basic.cross_entropy_floor(x_test) == pytest.approx(0.059594, abs=2e-6)


@pytest.mark.parametrize("hidden", [[], [11], [12, 7]])
def test_the_halves_share_layers_and_make_up_the_whole(hidden):
    model = basic.build_autoencoder(20, hidden, 3)
    encoder, decoder = basic.split(model)
    x = np.random.default_rng(3).random((5, 20), dtype=np.float32)
    assert encoder(x).shape == (5, 3)
    np.testing.assert_allclose(decoder(encoder(x)), model(x), atol=1e-6)
    model.set_weights([w + 0.1 for w in model.get_weights()])
    np.testing.assert_allclose(decoder(encoder(x)), model(x), atol=1e-6)


def test_the_code_is_the_narrowest_layer_wherever_it_stands(keras):
    image = x = keras.Input(shape=(12,))
    for nodes in (9, 7, 2, 5, 12):
        x = keras.layers.Dense(nodes, activation="tanh")(x)
    model = keras.Model(image, x)
    encoder, decoder = basic.split(model)
    x = np.random.default_rng(5).random((4, 12), dtype=np.float32)
    assert encoder(x).shape == (4, 2)
    np.testing.assert_allclose(decoder(encoder(x)), model(x), atol=1e-6)


def test_bytes_are_at_most_half_a_step_away():
    z = np.random.default_rng(4).normal(-3, 5, size=(40, 7))
    codes, low, step = basic.quantize(z)
    assert codes.dtype == np.uint8
    assert (codes.min(), codes.max()) == (0, 255)
    assert low == z.min()
    assert np.abs(basic.dequantize(codes, low, step) - z).max() <= step / 2 * (1 + 1e-9)
    assert basic.dequantize(codes, low, step).max() == pytest.approx(z.max())


def test_constant_codes_come_back_exactly():
    z = np.full((2, 3), 4.25, dtype=np.float32)
    codes, low, step = basic.quantize(z)
    assert (low, step) == (4.25, 0)
    np.testing.assert_array_equal(codes, 0)
    np.testing.assert_array_equal(basic.dequantize(codes, low, step), z)


@pytest.mark.slow
def test_training_beats_the_mean_image_and_repeats_itself():
    from cs5045ae.data import load_mnist

    (x, _), _ = load_mnist("small")
    x = x[:500].reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(500, 196)
    model = basic.train_autoencoder(x, 8, 30, 3)
    assert [layer.units for layer in model.layers[1:]] == [128, 8, 128, 196]
    x_hat = np.asarray(model(x))
    assert ((x - x_hat) ** 2).sum() < 0.9 * ((x - x.mean(axis=0)) ** 2).sum()
    again = basic.train_autoencoder(x, 8, 30, 3)
    np.testing.assert_allclose(again(x), x_hat, atol=1e-5)
    other = basic.train_autoencoder(x, 8, 30, 4)
    assert np.abs(other(x) - x_hat).max() > 1e-2
