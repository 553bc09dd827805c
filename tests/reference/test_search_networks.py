"""Binary autoencoders: the numpy runs against Keras, the training against bars."""

import subprocess
import sys

import numpy as np
import pytest

from cs5045ae.data import load_mnist
from cs5045ae.reference import search, search_neighbours, search_networks


@pytest.fixture(scope="module")
def digits():
    return load_mnist("small")


@pytest.fixture(scope="module")
def trained(digits):
    (x, _), _ = digits
    return search_networks.train_bits(x[:2000], 64, 12, seed=3)


def loaded(network, **settings):
    """Put trained arrays into fresh Keras models."""
    hidden_size = network["bias_hidden"].size
    autoencoder, encoder = search_networks.binary_autoencoder(
        784, hidden_size, network["mean_code"].size, **settings
    )
    arrays = iter(network.values())
    for layer in autoencoder.layers:
        if layer.weights and "noise" not in layer.name:
            layer.set_weights([next(arrays) for _ in layer.weights])
    assert next(arrays, None) is None
    return autoencoder, encoder


def test_numpy_computes_what_keras_computes(trained, digits):
    x = digits[1][0][:40]
    autoencoder, encoder = loaded(trained, noise=1.0)
    a = search_networks.activations(trained, x)
    assert a.dtype == np.float32
    np.testing.assert_allclose(a, encoder.predict(x, verbose=0), atol=1e-4)
    x_hat = search_networks.rebuild(trained, 1 / (1 + np.exp(-a)))
    np.testing.assert_allclose(x_hat, autoencoder.predict(x, verbose=0), atol=1e-4)
    assert x_hat.dtype == np.float32


def test_a_rounding_network_hands_on_bits(trained, digits):
    x = digits[1][0][:40]
    rounding, _ = loaded(trained, rounded=True)
    bits = search_networks.activations(trained, x) > 0
    by_hand = search_networks.rebuild(trained, bits)
    np.testing.assert_allclose(rounding.predict(x, verbose=0), by_hand, atol=1e-4)


def test_rounding_has_the_gradient_of_the_sigmoid():
    from cs5045ae.backend import keras, tf

    keras.utils.set_random_seed(0)
    rounding, encoder = search_networks.binary_autoencoder(9, 7, 4, rounded=True)
    x = tf.constant(np.random.default_rng(0).random((5, 9)), dtype="float32")
    code_kernel = encoder.layers[2].weights[0]
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(rounding(x, training=False) ** 2)
    found = tape.gradient(loss, code_kernel.value)
    # The same by the chain rule, with the loss's gradient taken at the bits.
    a = encoder(x, training=False)
    bits = tf.Variable(tf.cast(a > 0, "float32"))
    hidden_2, output = rounding.layers[-2:]
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum(output(hidden_2(bits)) ** 2)
    s = 1 / (1 + np.exp(-a.numpy()))
    at_code = tape.gradient(loss, bits).numpy() * s * (1 - s) / np.sqrt(1 + 1e-3)
    want = encoder.layers[1](x).numpy().T @ at_code
    assert np.abs(want).max() > 1e-5
    np.testing.assert_allclose(found.numpy(), want, rtol=1e-3, atol=1e-7)


def test_noise_acts_in_training_only():
    autoencoder, _ = search_networks.binary_autoencoder(9, 7, 4, noise=1.0)
    x = np.random.default_rng(0).random((50, 9)).astype("float32")
    calm = [np.asarray(autoencoder(x, training=False)) for _ in range(2)]
    loud = [np.asarray(autoencoder(x, training=True)) for _ in range(2)]
    np.testing.assert_array_equal(*calm)
    assert np.abs(loud[0] - loud[1]).max() > 1e-3
    still, _ = search_networks.binary_autoencoder(9, 7, 4)
    loud = [np.asarray(still(x, training=True)) for _ in range(2)]
    np.testing.assert_allclose(*loud, atol=1e-6)


def test_activations_are_centred_with_variance_1(trained, digits):
    a = search_networks.activations(trained, digits[0][0][:2000])
    # Over five seeds: at most 0.36 and 0.08 off, the means 0.10 on average.
    np.testing.assert_allclose(a.mean(axis=0), 0, atol=0.6)
    np.testing.assert_allclose(a.std(axis=0), 1, atol=0.2)
    assert np.abs(a.mean(axis=0)).mean() < 0.15


def test_64_trained_bits_find_better_than_64_random_ones(trained, digits):
    (x, y), (queries, classes) = digits
    x, y = x[:2000], y[:2000]
    w = np.random.default_rng(0).normal(size=(784, 64))
    found = {}
    for name, (q, a) in {
        "trained": [search_networks.activations(trained, p) for p in (queries, x)],
        "random": [(p - x.mean(axis=0)) @ w for p in (queries, x)],
    }.items():
        cuts = search.balanced_thresholds(a)
        codes = [search.pack_bits(search.to_bits(part, cuts)) for part in (q, a)]
        near = search_neighbours.nearest(search.hamming(*codes), 10)
        found[name] = search_neighbours.precision_at_k(near, y, classes)
    assert found["trained"] > found["random"] + 0.03


def test_training_is_repeated_by_its_seed(digits):
    x = digits[0][0][:200]
    first, again, other = (
        search_networks.train_bits(x, 8, 1, noise=0.5, seed=seed) for seed in (1, 1, 2)
    )
    for name in search_networks.NAMES:
        np.testing.assert_allclose(first[name], again[name], atol=1e-5)
    assert np.abs(first["kernel_code"] - other["kernel_code"]).max() > 0.1


def test_its_arrays_need_no_keras():
    code = (
        "import sys, cs5045ae.reference.search_networks\n"
        "sys.exit(bool({'tensorflow', 'keras'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
