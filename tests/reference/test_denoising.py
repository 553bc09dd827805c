"""The reference of 04_denoising against oracles that share no code with it."""

import numpy as np
import pytest

from cs5045ae.data import add_gaussian, load_mnist, mask, salt_and_pepper
from cs5045ae.reference import denoising
from cs5045ae.reference.pca import reconstruction_error


@pytest.fixture
def rng():
    return np.random.default_rng(4)


def test_corrupt_does_what_the_data_room_does(rng):
    x = rng.random((3, 50))
    small = x.astype(np.float32)
    for kind, function in (
        ("masking", mask),
        ("Gaussian", add_gaussian),
        ("salt and pepper", salt_and_pepper),
    ):
        found = denoising.corrupt(x, kind, 0.3, seed=5)
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, function(small, 0.3, seed=5))
        assert not np.array_equal(found, function(small, 0.4, seed=5))
    with pytest.raises(ValueError, match="kind must be one of masking"):
        denoising.corrupt(x, "rain", 0.3, seed=5)


def test_epoch_pairs_are_masked_inputs_and_clean_targets(rng):
    x = rng.uniform(0.1, 1, size=(50, 784))
    x_in, x_target = denoising.epoch_pairs(x, 3, 8)
    np.testing.assert_array_equal(x_target, x)
    assert x_target is not x
    assert set(np.unique(x_in / x)) == {0.0, 1.0}
    share = (x_in == 0).mean()
    assert share == pytest.approx(0.25, abs=5 * (0.1875 / x.size) ** 0.5)
    np.testing.assert_array_equal(x_in, denoising.epoch_pairs(x, 3, 8)[0])


def test_each_pair_of_epoch_and_seed_has_masks_of_its_own(rng):
    x = rng.uniform(0.1, 1, size=(20, 784))
    keys = [(0, 0), (1, 0), (0, 1), (1, 2), (2, 1)]
    hits = [denoising.epoch_pairs(x, *key)[0] == 0 for key in keys]
    for i, hit in enumerate(hits):
        for other in hits[:i]:
            assert (hit & other).mean() == pytest.approx(1 / 16, abs=0.01)


def test_psnr_agrees_with_a_loop_over_single_pixels(rng):
    x, x_hat = rng.random((2, 4, 9))
    for found, a, b in zip(denoising.psnr(x, x_hat), x, x_hat, strict=True):
        mse = sum((p - q) ** 2 for p, q in zip(a, b, strict=True)) / 9
        assert found == pytest.approx(10 * np.log10(1 / mse), rel=1e-12)


def test_psnr_of_equal_images_is_infinite_without_a_warning(rng, recwarn):
    x = rng.random((2, 5))
    found = denoising.psnr(x, x + np.array([[0.0], [0.1]]))
    assert found[0] == np.inf
    assert found[1] == pytest.approx(20)
    assert not recwarn.list
    with pytest.raises(ValueError, match=r"\(2, 5\), but x_hat \(1, 5\)"):
        denoising.psnr(x, x[:1])


@pytest.mark.parametrize(
    ("n", "d", "strength"), [(30, 4, 2.0), (5, 9, 0.1), (1, 3, 1.0)]
)
def test_the_linear_denoiser_is_scikit_learns_ridge(rng, n, d, strength):
    from sklearn.linear_model import Ridge

    x_noisy, x = rng.normal(size=(2, n, d)) + 1
    weights, bias = denoising.linear_denoiser(x_noisy, x, strength)
    ridge = Ridge(alpha=strength, solver="svd").fit(x_noisy, x)
    np.testing.assert_allclose(weights, ridge.coef_.T, atol=1e-9)
    np.testing.assert_allclose(bias, ridge.intercept_, atol=1e-9)


def test_no_neighbour_of_the_linear_denoiser_costs_less(rng):
    x_noisy, x = rng.normal(size=(2, 20, 3))

    def cost(weights, bias):
        gaps = x_noisy @ weights + bias - x
        return (gaps**2).sum() + 0.7 * (weights**2).sum()

    weights, bias = denoising.linear_denoiser(x_noisy, x, 0.7)
    best = cost(weights, bias)
    for _ in range(50):
        step, shift = 1e-3 * rng.normal(size=(3, 3)), 1e-3 * rng.normal(size=3)
        assert cost(weights + step, bias + shift) > best


def test_the_linear_denoiser_refuses_what_makes_no_sense(rng):
    x = rng.random((4, 3))
    with pytest.raises(ValueError, match=r"x_noisy has shape \(2, 3\)"):
        denoising.linear_denoiser(x[:2], x, 1.0)
    for strength in (0.0, -1.0, float("nan")):
        with pytest.raises(ValueError, match="strength must be above 0"):
            denoising.linear_denoiser(x, x, strength)


def test_the_score_is_the_slope_of_the_log_density(rng):
    centers, x, sigma = rng.normal(size=(7, 3)), rng.normal(size=(5, 3)), 0.6

    def log_density(point):
        square = ((point - centers) ** 2).sum(axis=1)
        return np.log(np.exp(-square / (2 * sigma**2)).mean())

    h = 1e-5
    slope = [
        [(log_density(p + h * e) - log_density(p - h * e)) / (2 * h) for e in np.eye(3)]
        for p in x
    ]
    np.testing.assert_allclose(
        denoising.mixture_score(x, centers, sigma), slope, rtol=1e-6, atol=1e-7
    )


def test_the_score_far_from_all_centers_points_to_the_nearest():
    centers = np.array([[0.0, 0.0], [1.0, 0.0]])
    found = denoising.mixture_score([[500.0, 0.0]], centers, 0.1)
    np.testing.assert_allclose(found, [[-49900.0, 0.0]])


def test_moved_along_the_score_points_come_nearer_to_the_clean_ones(rng):
    """The posterior mean beats doing nothing, as Tweedie's formula says."""
    centers, sigma = rng.normal(size=(30, 2)), 0.4
    clean = centers[rng.integers(30, size=4000)]
    noisy = clean + sigma * rng.normal(size=clean.shape)
    moved = noisy + sigma**2 * denoising.mixture_score(noisy, centers, sigma)
    best = reconstruction_error(clean, moved)
    assert best < reconstruction_error(clean, noisy)
    for factor in (0.8, 1.2):
        other = noisy + factor * (moved - noisy)
        assert reconstruction_error(clean, other) > best


def test_spatial_extent_of_known_filters():
    one, all_equal = np.zeros(784), np.ones(784)
    one[300] = -2.0
    two = np.zeros((28, 28))
    two[3, 4], two[3, 10] = 1.0, -1.0
    found = denoising.spatial_extent([one, all_equal, two.ravel(), 5 * two.T.ravel()])
    np.testing.assert_allclose(found[[0, 2, 3]], [0, 3, 3], atol=1e-6)
    assert found[1] == pytest.approx((2 * (28**2 - 1) / 12) ** 0.5)


@pytest.mark.slow
def test_a_trained_denoiser_beats_the_linear_one_and_is_the_same_again():
    (x, _), (x_test, _) = load_mnist("small")
    x, x_test = (
        part.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
        for part in (x, x_test)
    )
    noisy, noisy_test = (
        denoising.corrupt(part, "Gaussian", 0.5, seed=seed)
        for part, seed in ((x, 1), (x_test, 2))
    )
    denoiser = denoising.train_denoiser(x, 0.5, epochs=10, seed=3)
    assert [layer.output.shape[-1] for layer in denoiser.layers] == [196, 256, 196]
    weights, bias = denoising.linear_denoiser(noisy, x, 30.0)
    linear = (noisy_test @ weights + bias).clip(0, 1)
    error = reconstruction_error(x_test, denoiser(noisy_test))
    assert error < reconstruction_error(x_test, linear)
    first, again, other = (
        denoising.train_denoiser(x[:200], 0.5, 1, seed).get_weights()[0]
        for seed in (3, 3, 4)
    )
    np.testing.assert_allclose(first, again, atol=1e-6)
    assert np.abs(first - other).max() > 0.01
