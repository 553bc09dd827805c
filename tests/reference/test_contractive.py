"""The reference of 05_contractive against oracles that share no code with it."""

import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import approx_fprime

from cs5045ae.reference import contractive
from cs5045ae.reference.pca import reconstruction_error


@pytest.fixture
def rng():
    return np.random.default_rng(5)


def sigmoid(a):
    return (1 + np.tanh(a / 2)) / 2


def layer(rng, n, d, k):
    return rng.random((n, d)), rng.normal(size=(d, k)), rng.normal(size=k)


def differences(code, x):
    """Return the Jacobian `(n, k, d)` of a code by central differences."""
    step = 1e-5
    columns = [
        (code(x + step * e) - code(x - step * e)) / (2 * step)
        for e in np.eye(x.shape[1])
    ]
    return np.stack(columns, axis=2)


@pytest.mark.parametrize(("n", "d", "k"), [(4, 5, 3), (3, 4, 4), (1, 2, 6)])
def test_the_jacobian_is_that_of_finite_differences(rng, n, d, k):
    x, kernel, bias = layer(rng, n, d, k)
    found = contractive.sigmoid_jacobian(x, kernel, bias)
    want = differences(lambda x: sigmoid(x @ kernel + bias), x)
    np.testing.assert_allclose(found, want, atol=1e-9)
    penalty = contractive.contractive_penalty(x, kernel, bias)
    np.testing.assert_allclose(penalty, (want**2).sum(axis=(1, 2)), rtol=1e-8)


def test_the_penalty_of_known_numbers():
    found = contractive.contractive_penalty(
        [[0.2, 0.4, 0.6], [1, 0, 0.5]], [[1, -2], [0.5, 1], [0, 3]], [0.1, -0.2]
    )
    np.testing.assert_allclose(found, [0.342508, 0.732077], atol=5e-7)
    found = contractive.chain_penalty(
        [[0.2, 0.4]], [[[1, -2], [0.5, 1]], [[2, 0], [1, -1]]], [[0, 0], [0, 0]]
    )
    np.testing.assert_allclose(found, [0.021380], atol=5e-7)


def test_far_from_all_slopes_the_penalty_is_0_without_a_warning(recwarn):
    assert contractive.contractive_penalty([[1.0]], [[2000.0]], [0.0]) == [0.0]
    assert contractive.contractive_penalty([[1.0]], [[-2000.0]], [0.0]) == [0.0]
    assert not recwarn.list


@pytest.mark.parametrize("sizes", [[5, 3], [5, 3, 2], [3, 6, 4], [4, 4, 4, 4]])
def test_the_chain_is_that_of_finite_differences(rng, sizes):
    x = rng.random((3, sizes[0]))
    kernels = [2 * rng.normal(size=pair) for pair in pairwise(sizes)]
    biases = [rng.normal(size=k) for k in sizes[1:]]

    def code(x):
        for kernel, bias in zip(kernels, biases, strict=True):
            x = sigmoid(x @ kernel + bias)
        return x

    found = contractive.chain_penalty(x, kernels, biases)
    want = (differences(code, x) ** 2).sum(axis=(1, 2))
    np.testing.assert_allclose(found, want, rtol=1e-6)
    with pytest.raises(ValueError, match="shorter"):
        contractive.chain_penalty(x, kernels, biases[:-1])
    with pytest.raises(ValueError, match="one bias or more"):
        contractive.chain_penalty(x, [], [])


def test_the_loss_is_the_mean_of_both_terms_over_single_images(rng):
    (x, kernel, down), up = layer(rng, 6, 5, 3), rng.normal(size=5)

    def code(x):
        return sigmoid(x @ kernel + down)

    costs = []
    for row in x:
        gap = sigmoid(kernel @ code(row) + up) - row
        slopes = [approx_fprime(row, lambda p, j=j: code(p)[j], 1e-7) for j in range(3)]
        costs.append(gap @ gap + 0.7 * np.sum(np.square(slopes)))
    found = contractive.cae_loss(x, kernel, down, up, 0.7)
    assert isinstance(found, float)
    assert found == pytest.approx(np.mean(costs), rel=1e-5)
    twice = contractive.cae_loss(np.tile(x, (2, 1)), kernel, down, up, 0.7)
    assert twice == pytest.approx(found, rel=1e-12)


def test_the_contraction_ratio_is_that_of_all_pairs(rng):
    x, kernel, bias = layer(rng, 4, 5, 3)
    directions = rng.normal(size=(6, 5))
    found = contractive.contraction_ratio(x, kernel, bias, directions, 1.5)
    moved = []
    for a in x:
        for u in directions:
            b = a + 1.5 * u / (u @ u) ** 0.5
            gap = sigmoid(b @ kernel + bias) - sigmoid(a @ kernel + bias)
            moved.append((gap @ gap) ** 0.5)
    assert found == pytest.approx(sum(moved) / 24 / 1.5, rel=1e-12)
    longer = contractive.contraction_ratio(x, kernel, bias, 9 * directions, 1.5)
    assert longer == pytest.approx(found, rel=1e-12)
    for r in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="r must be above 0"):
            contractive.contraction_ratio(x, kernel, bias, directions, r)


def test_for_short_steps_the_ratio_is_the_norm_of_the_jacobian_times_the_step(rng):
    x, kernel, bias = layer(rng, 3, 4, 5)
    u = rng.normal(size=(7, 4))
    units = u / np.linalg.norm(u, axis=1, keepdims=True)
    jacobian = contractive.sigmoid_jacobian(x, kernel, bias)
    want = np.linalg.norm(jacobian @ units.T, axis=1).mean()
    found = contractive.contraction_ratio(x, kernel, bias, u, 1e-6)
    assert found == pytest.approx(want, rel=1e-5)


def test_importing_the_reference_imports_no_tensorflow():
    code = (
        "import cs5045ae.reference.contractive, sys; "
        "sys.exit('tensorflow' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


@pytest.fixture(scope="module")
def networks():
    from cs5045ae.reference import contractive_networks

    return contractive_networks


def test_automatic_differentiation_agrees_with_the_closed_form(rng, networks):
    x, kernel, bias = layer(rng, 450, 5, 3)  # more images than are taken at a time
    keras = networks.keras
    encoder = keras.Sequential([keras.Input((5,)), keras.layers.Dense(3, "sigmoid")])
    encoder.set_weights([kernel, bias])
    np.testing.assert_allclose(
        networks.jacobian(encoder, x),
        contractive.sigmoid_jacobian(x, kernel, bias),
        atol=1e-5,
    )
    np.testing.assert_allclose(
        networks.jacobian_penalty(encoder, x),
        contractive.contractive_penalty(x, kernel, bias),
        rtol=1e-4,
    )


def test_automatic_differentiation_of_any_encoder(rng, networks):
    keras = networks.keras
    dense = keras.layers.Dense
    encoder = keras.Sequential([keras.Input((6,)), dense(4, "tanh"), dense(2)])
    first, _, second, _ = encoder.get_weights()
    bias = rng.normal(size=4)
    encoder.layers[0].set_weights([first, bias])
    x = rng.random((7, 6))
    slope = 1 - np.tanh(x @ first + bias) ** 2
    want = np.einsum("jk,ij,mj->ikm", second, slope, first)
    np.testing.assert_allclose(networks.jacobian(encoder, x), want, atol=1e-5)


def test_what_the_training_adds_to_its_loss(rng, networks):
    """The layer's own numbers are those of the numpy reference."""
    from cs5045ae.reference import network_losses

    x = rng.random((9, 5)).astype(np.float32)
    tied = networks.TiedAutoencoder(3, lam=0.7)
    x_hat = np.asarray(tied(x))
    (penalty,) = tied.losses
    kernel, down, up = (np.asarray(w) for w in tied.get_weights())
    error = float(np.mean(network_losses.squared_error(x, x_hat)))
    want = contractive.cae_loss(x, kernel, down, up, 0.7)
    assert error + float(penalty) == pytest.approx(want, rel=1e-5)

    decaying = networks.TiedAutoencoder(3, decay=0.2)
    decaying(x)
    kernel = np.asarray(decaying.kernel)
    assert float(decaying.losses[0]) == pytest.approx(0.2 * (kernel**2).sum(), rel=1e-5)

    noisy = networks.TiedAutoencoder(3, sigma=0.5)
    assert np.abs(noisy(x, training=True) - noisy(x, training=True)).max() > 1e-3
    np.testing.assert_array_equal(noisy(x), noisy(x))


@pytest.mark.parametrize("tied", [True, False])
def test_both_halves_do_what_the_layer_did(rng, networks, tied):
    x = rng.random((9, 5)).astype(np.float32)
    layer = networks.TiedAutoencoder(3, tied=tied)
    x_hat = np.asarray(layer(x))
    encoder, decoder = layer.halves()
    np.testing.assert_allclose(decoder(encoder(x)), x_hat, atol=1e-6)
    down, up = encoder.get_weights()[0], decoder.get_weights()[0]
    assert np.array_equal(down, up.T) is tied


@pytest.mark.slow
def test_a_trained_network_gets_calmer_with_lam_and_is_the_same_again(networks):
    from cs5045ae.checks.digits import small_digits

    x, x_test = small_digits(np.random.default_rng(0), 1000)
    found = {}
    for lam in (0.0, 0.3):
        encoder, decoder = networks.train_cae(x, 32, lam, epochs=20, seed=1)
        h = np.asarray(encoder(x_test))
        norm = np.sqrt(networks.jacobian_penalty(encoder, x_test[:200])).mean()
        error = reconstruction_error(x_test, decoder(h))
        found[lam] = norm / np.sqrt(h.var(axis=0).sum()), error
    mean = reconstruction_error(x_test, np.tile(x.mean(axis=0), (len(x_test), 1)))
    assert found[0.3][0] < 0.85 * found[0.0][0]
    assert found[0.0][1] < found[0.3][1] < 0.75 * mean
    first, again, other = (
        networks.train_cae(x[:200], 4, 0.1, 1, seed)[0].get_weights()[0]
        for seed in (3, 3, 4)
    )
    np.testing.assert_allclose(first, again, atol=1e-6)
    assert np.abs(first - other).max() > 0.01
