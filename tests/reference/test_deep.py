"""The deep reference against Keras, scipy and finite differences."""

import numpy as np
import pytest
from scipy import optimize, special, stats

from cs5045ae.reference import deep
from cs5045ae.reference import deep_training as training
from cs5045ae.reference.pca import reconstruction_error


@pytest.fixture
def rng():
    return np.random.default_rng(3)


@pytest.mark.parametrize("sizes", [[784, 400, 200, 100, 50, 25, 6], [3, 2], [5, 7, 4]])
def test_parameters_are_counted_as_keras_counts_them(sizes):
    encoder, decoder = deep.build_halves(sizes, sizes[::-1])
    whole = encoder.count_params() + decoder.count_params()
    assert deep.count_parameters(sizes) == whole
    shared = sum(w.shape[0] * w.shape[1] for w in encoder.get_weights()[::2])
    assert deep.count_parameters(sizes, tied=True) == whole - shared


def test_the_papers_networks_have_the_published_numbers_of_parameters():
    assert deep.count_parameters([784, 1000, 500, 250, 30]) == 2_837_314
    assert deep.count_parameters([784, 1000, 500, 250, 30], tied=True) == 1_420_814
    assert deep.count_parameters([784, 400, 200, 100, 50, 25, 6]) == 842_340


def test_halves_have_relu_inside_a_linear_code_and_sigmoid_pixels(rng):
    encoder, decoder = deep.build_halves([12, 9, 3], [3, 20, 8, 12])
    for model in (encoder, decoder):
        for w in model.trainable_variables:
            w.assign(rng.normal(size=w.shape))
    h = x = rng.normal(size=(5, 12))
    first, b1, second, b2 = encoder.get_weights()
    z = np.maximum(h @ first + b1, 0) @ second + b2
    assert np.asarray(encoder(x)) == pytest.approx(z, rel=1e-4, abs=1e-4)
    h, weights = z, decoder.get_weights()
    for kernel, bias in zip(weights[:4:2], weights[1:4:2], strict=True):
        h = np.maximum(h @ kernel + bias, 0)
    x_hat = special.expit(h @ weights[4] + weights[5])
    assert np.asarray(decoder(z)) == pytest.approx(x_hat, rel=1e-3, abs=1e-4)


def test_halves_begin_with_the_weights_of_he():
    encoder, decoder = deep.build_halves([400, 300, 4], [4, 500, 400])
    assert encoder.get_weights()[0].std() == pytest.approx(np.sqrt(2 / 400), rel=0.05)
    assert decoder.get_weights()[0].std() == pytest.approx(np.sqrt(2 / 4), rel=0.1)


def test_halves_must_meet_in_one_code():
    with pytest.raises(ValueError, match="the same code"):
        deep.build_halves([12, 3], [4, 12])


def test_the_tied_network_is_the_one_of_its_statement():
    z, x_hat = deep.tied_forward([[1, 0]], [[[2], [1]]], [[-2]], [[-1, 0]])
    assert z == pytest.approx(np.array([[0.5]]))
    assert x_hat == pytest.approx(np.array([[0.5, 0.622459]]), abs=1e-6)


def test_the_tied_network_goes_back_through_its_kernels(rng):
    kernels = [rng.normal(size=(7, 5)), rng.normal(size=(5, 2))]
    down, up = [rng.normal(size=5), rng.normal(size=2)], [rng.normal(size=5), 0.5]
    x = rng.random((4, 7))
    want = special.expit(special.expit(x @ kernels[0] + down[0]) @ kernels[1] + down[1])
    z, x_hat = deep.tied_forward(x, kernels, down, up)
    assert z == pytest.approx(want)
    back = special.expit(want @ kernels[1].T + up[0])
    assert x_hat == pytest.approx(special.expit(back @ kernels[0].T + 0.5))


@pytest.mark.parametrize(("n", "d", "k"), [(4, 6, 3), (1, 5, 5), (7, 3, 4)])
def test_the_tied_gradient_is_the_slope_of_the_loss(rng, n, d, k):
    x, kernel = rng.random((n, d)), rng.normal(size=(d, k))
    down, up = rng.normal(size=k), rng.normal(size=d)

    def loss(flat):
        p = deep.tied_forward(x, [flat.reshape(d, k)], [down], [up])[1]
        return -(x * np.log(p) + (1 - x) * np.log(1 - p)).sum() / n

    slope = optimize.approx_fprime(kernel.ravel(), loss, 1e-7).reshape(d, k)
    found = deep.tied_gradient(x, kernel, down, up)
    assert found == pytest.approx(slope, abs=1e-5)


def test_the_tied_gradient_of_the_statement():
    found = deep.tied_gradient([[1, 0]], [[2], [1]], [-2], [-1, 0])
    assert found == pytest.approx(np.array([[-0.344385], [0.311230]]), abs=1e-6)


@pytest.mark.parametrize("shape", [(6, 5), (4, 3, 3), (3, 2, 4, 1)])
def test_the_papers_error_is_a_mean_with_its_standard_error(rng, shape):
    x, x_hat = rng.random(shape), rng.normal(size=shape)
    error, doubt = deep.paper_error(x, x_hat)
    rows = [(a - b).ravel() for a, b in zip(x, x_hat, strict=True)]
    each = [row @ row for row in rows]
    assert error == pytest.approx(np.mean(each))
    assert doubt == pytest.approx(stats.sem(each))


def test_the_papers_error_refuses_one_image_and_other_shapes():
    for x, x_hat in [(np.ones((1, 3)), np.ones((1, 3))), (np.ones((2, 3)), [[1, 1]])]:
        with pytest.raises(ValueError, match="two images or more"):
            deep.paper_error(x, x_hat)


def test_the_smallest_depth_within_the_doubt_of_the_best():
    depths, train = [3, 1, 2], np.zeros((3, 2))
    best = [6.8, 7.4]  # 7.1, and 0.3 for the doubt
    for second, want in [(7.39, 2), (7.4, 2), (7.41, 3)]:
        errors = [best, [9.0, 9.0], [second, second]]
        assert deep.smallest_depth(depths, train, errors) == want
    assert deep.smallest_depth([4, 2], train[:2], [[5.0, 5.0], [5.0, 5.0]]) == 2
    assert deep.smallest_depth([4, 2, 6], train, [[9, 9], [7, 7], [5, 7]]) == 2


def test_of_equal_bests_the_smaller_depth_sets_the_doubt():
    errors = [[5.0, 5.0], [4.0, 6.0], [5.9, 5.9]]
    assert deep.smallest_depth([2, 3, 1], np.zeros((3, 2)), errors) == 2
    assert deep.smallest_depth([3, 2, 1], np.zeros((3, 2)), errors) == 1


# The networks of plain arrays.


@pytest.mark.parametrize("activation", ["relu", "sigmoid"])
def test_backpropagation_is_the_slope_of_the_summed_cross_entropy(rng, activation):
    x = rng.random((3, 6))
    layers = training.initial_layers([6, 5, 2, 5, 6], 0.8, 1)
    layers = [(k.astype(float), b + rng.normal(0, 0.1, b.shape)) for k, b in layers]
    bend = special.expit if activation == "sigmoid" else lambda a: np.maximum(a, 0)

    def loss(flat):
        h, at = x, 0
        for i, (k, b) in enumerate(layers):
            kernel = flat[at : at + k.size].reshape(k.shape)
            at += k.size
            h = h @ kernel + flat[at : at + b.size]
            at += b.size
            h = h if i == 1 else special.expit(h) if i == 3 else bend(h)
        return -(x * np.log(h) + (1 - x) * np.log(1 - h)).sum() / len(x)

    flat = np.concatenate([a.ravel() for layer in layers for a in layer])
    slope = optimize.approx_fprime(flat, loss, 1e-6)
    names = [activation, "linear", activation, "sigmoid"]
    found = training.gradient(layers, names, x)
    assert np.concatenate([g.ravel() for g in found]) == pytest.approx(slope, abs=1e-4)


def test_the_first_weights_have_the_spread_that_was_asked():
    he = training.initial_layers([800, 600, 5], "he", 0)
    assert he[0][0].std() == pytest.approx(np.sqrt(2 / 800), rel=0.02)
    small = training.initial_layers([800, 600, 5], 0.01, 0)
    assert small[0][0].std() == pytest.approx(0.01, rel=0.02)
    assert not any(bias.any() for _, bias in he + small)
    assert [k.shape for k, _ in he] == [(800, 600), (600, 5)]
    assert not np.allclose(he[0][0], training.initial_layers([800, 600], "he", 1)[0][0])


def test_a_step_of_descent_is_the_rate_times_the_slope(rng):
    x = rng.random((8, 6)).astype(np.float32)
    start = training.initial_layers([6, 4, 2, 4, 6], "he", 1)
    kept = [(k.copy(), b.copy()) for k, b in start]
    net, errors = training.train(
        start, x, x, activation="relu", code=2, rate=0.1, epochs=1
    )
    slopes = training.gradient(start, ["relu", "linear", "relu", "sigmoid"], x)
    arrays = [a for layer in start for a in layer]
    for before, g, after in zip(
        arrays, slopes, [a for p in net for a in p], strict=True
    ):
        assert after == pytest.approx(before - 0.1 * g, abs=1e-6)
    for (k, b), (k0, b0) in zip(start, kept, strict=True):
        assert (k == k0).all()
        assert (b == b0).all()
    rebuilt = training.rebuild(net, x, "relu", 2)
    assert errors[1] == pytest.approx(reconstruction_error(x, rebuilt))
    assert len(errors) == 2


def test_adam_is_the_one_of_keras(rng):
    from cs5045ae.backend import keras

    x = rng.random((8, 6)).astype(np.float32)
    start = training.initial_layers([6, 4, 2, 4, 6], "he", 1)
    net, _ = training.train(
        start, x, x, activation="relu", code=2, rate=0.01, epochs=3, adam=True
    )
    encoder, decoder = deep.build_halves([6, 4, 2], [2, 4, 6])
    encoder.set_weights([a for layer in start[:2] for a in layer])
    decoder.set_weights([a for layer in start[2:] for a in layer])
    both = keras.Sequential([keras.Input((6,)), encoder, decoder])

    def summed(x, x_hat):
        return 6 * keras.losses.binary_crossentropy(x, x_hat)

    both.compile(keras.optimizers.Adam(0.01), summed)
    both.fit(x, x, batch_size=100, epochs=3, verbose=0)
    for mine, theirs in zip(
        [a for p in net for a in p], both.get_weights(), strict=True
    ):
        assert mine == pytest.approx(theirs, abs=2e-4)


def test_tied_training_follows_the_sum_of_both_slopes_and_stays_tied(rng):
    x, start = rng.random((8, 6)), training.initial_layers([6, 3, 6], 0.5, 2)
    start[1] = (start[0][0].T.copy(), start[1][1])
    net, _ = training.train(
        start, x, x, activation="sigmoid", code=1, rate=0.1, epochs=1, tied=True
    )
    first, _, second, _ = training.gradient(start, ["linear", "sigmoid"], x)
    assert net[0][0] == pytest.approx(start[0][0] - 0.1 * (first + second.T), abs=1e-6)
    net, _ = training.train(
        training.initial_layers([6, 5, 3, 5, 6], "he", 2), x, x, activation="relu",
        code=2, rate=0.01, epochs=20, adam=True, tied=True, batch_size=3,
    )  # fmt: skip
    assert (net[3][0] == net[0][0].T).all()
    assert (net[2][0] == net[1][0].T).all()


def test_batches_have_the_size_that_was_asked_and_an_order_of_the_seed(rng):
    x, start = rng.random((10, 6)), training.initial_layers([6, 2, 6], "he", 0)

    def net(**how):
        how = {"activation": "relu", "code": 1, "rate": 0.1, "epochs": 1, **how}
        return training.train(start, x, x, **how)[0][0][0]

    assert (net(batch_size=3, seed=1) == net(batch_size=3, seed=1)).all()
    assert not np.allclose(net(batch_size=3, seed=1), net(batch_size=3, seed=2))
    assert not np.allclose(net(batch_size=3), net(batch_size=10))
    assert net(batch_size=10) == pytest.approx(net(batch_size=100), abs=1e-6)


def test_code_and_image_are_the_halves_of_the_network(rng):
    x, net = rng.random((4, 6)), training.initial_layers([6, 5, 2, 5, 6], 1.0, 0)
    z = training.encode(net, x, "sigmoid", 2)
    assert z == pytest.approx(special.expit(x @ net[0][0]) @ net[1][0], abs=1e-5)
    back = special.expit(special.expit(z @ net[2][0]) @ net[3][0])
    assert training.decode(net, z, "sigmoid", 2) == pytest.approx(back, abs=1e-5)
    assert training.rebuild(net, x, "sigmoid", 2) == pytest.approx(back, abs=1e-5)


def test_a_rate_that_is_far_too_large_has_an_infinite_error(rng):
    x, start = rng.random((20, 6)), training.initial_layers([6, 40, 2, 40, 6], "he", 0)
    how = {"activation": "relu", "code": 2, "rate": 1e12, "epochs": 30}
    assert training.train(start, x, x, **how)[1][-1] == np.inf
