"""The sparse networks against the numpy reference and against Keras itself."""

import numpy as np
import pytest

from cs5045ae.backend import keras, tf
from cs5045ae.checks.digits import small_digits
from cs5045ae.reference import (
    network_losses,
    sparse,
    sparse_k_networks,
    sparse_networks,
)


@pytest.fixture(scope="module")
def digits():
    return small_digits(np.random.default_rng(0), 1000)


def test_the_layer_adds_beta_times_the_penalty_and_changes_nothing():
    h = np.random.default_rng(0).random((6, 4)).astype("float32")
    h[:, 2] = 0.0
    layer = sparse_networks.KLSparsity(0.2, 2.5)
    assert np.array_equal(np.asarray(layer(h)), h)
    want = 2.5 * sparse.kl_penalty(h, 0.2)
    assert float(layer.losses[-1]) == pytest.approx(want, rel=1e-5)


def test_the_gradient_of_the_reference_is_that_of_the_layer():
    h = tf.constant(np.random.default_rng(1).uniform(0.1, 0.9, (5, 3)), tf.float32)
    layer = sparse_networks.KLSparsity(0.3, 1.0)
    with tf.GradientTape() as tape:
        tape.watch(h)
        layer(h)
        loss = layer.losses[-1]
    want = sparse.kl_gradient(np.asarray(h), 0.3)
    assert np.asarray(tape.gradient(loss, h)) == pytest.approx(want, rel=1e-4)


def test_keras_regularises_activities_by_the_mean_over_the_batch():
    h = np.random.default_rng(2).normal(size=(5, 4)).astype("float32")
    for codes in (h, np.tile(h, (2, 1))):
        layer = keras.layers.ActivityRegularization(l1=0.3)
        layer(codes)
        want = sparse.l1_penalty(codes, 0.3)[1]
        assert float(layer.losses[0]) == pytest.approx(want, rel=1e-5)


@pytest.mark.parametrize("rho", [0.1, 0.25])
def test_the_activity_lands_at_its_target(digits, rho):
    x, x_test = digits
    encoder, decoder = sparse_networks.train_sparse(x, 256, rho, 25, 0)
    h = np.asarray(encoder(x_test))
    assert h.mean() == pytest.approx(rho, rel=0.2)
    error = ((np.asarray(decoder(h)) - x_test) ** 2).sum(axis=1).mean()
    mean = ((x.mean(axis=0) - x_test) ** 2).sum(axis=1).mean()
    assert error < 0.3 * mean


def test_a_heavier_l1_penalty_leaves_fewer_nodes_active(digits):
    x, x_test = digits
    shares = [
        sparse.active_shares(
            np.asarray(sparse_networks.train_l1(x, 100, lam, 5, 0)[0](x_test)), 0
        )[0].mean()
        for lam in (0.0, 0.1, 1.0)
    ]
    assert shares[0] > shares[1] + 0.05
    assert shares[1] > shares[2] + 0.2


def test_the_layer_of_k_nodes_runs_as_the_reference_does():
    rng = np.random.default_rng(3)
    x = rng.random((7, 12)).astype("float32")
    layer = sparse_k_networks.TiedKSparse(9, 3, x.mean(axis=0))
    layer.bias.assign(rng.normal(size=9))
    names = ("kernel", "bias", "bias_out")
    network = dict(zip(names, layer.get_weights(), strict=True))
    assert network["bias_out"] == pytest.approx(x.mean(axis=0))
    z = sparse_k_networks.k_sparse_code(network, x, 3)
    assert (np.count_nonzero(z, axis=1) == 3).all()
    want = sparse_k_networks.k_sparse_decode(network, z)
    assert np.asarray(layer(x)) == pytest.approx(want, abs=1e-5)


def test_the_gradient_flows_through_the_kept_nodes_alone():
    rng = np.random.default_rng(4)
    x = rng.random((5, 6)).astype("float32")
    layer = sparse_k_networks.TiedKSparse(8, 2, np.zeros(6))
    with tf.GradientTape() as tape:
        x_hat = layer(tf.constant(x))
        loss = tf.reduce_sum(network_losses.squared_error(x, x_hat))
    slope = np.asarray(tape.gradient(loss, layer.bias))
    kernel = np.asarray(layer.kernel, dtype=np.float64)
    out = 2 * (np.asarray(x_hat, dtype=np.float64) - x)
    back = sparse.k_sparse_backward(x @ kernel, 2, out @ kernel)
    assert slope == pytest.approx(back.sum(axis=0), abs=1e-4)


def test_more_nodes_rebuild_better_and_none_is_the_mean(digits):
    x, x_test = digits
    errors = []
    for k in (2, 10):
        network = sparse_k_networks.train_k_sparse(x, 100, k, 10, 0)
        z = sparse_k_networks.k_sparse_code(network, x_test, k)
        x_hat = sparse_k_networks.k_sparse_decode(network, z)
        errors.append(((x_hat - x_test) ** 2).sum(axis=1).mean())
    mean = ((x.mean(axis=0) - x_test) ** 2).sum(axis=1).mean()
    assert mean > errors[0] + 1 > errors[1] + 2
