"""Is the noise of the promised kind and amount, and its input left alone?"""

import numpy as np
import pytest

from cs5045ae.data import add_gaussian, mask, salt_and_pepper

ALL = [mask, add_gaussian, salt_and_pepper]
BY_RATE = [mask, salt_and_pepper]


def grey(n=400, *shape, value=0.5, dtype=np.float32):
    return np.full((n, *(shape or (100,))), value, dtype)


def five_sigma(share, n):
    return 5 * (share * (1 - share) / n) ** 0.5


@pytest.mark.parametrize("corrupt", ALL)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(3,), (7, 784), (5, 28, 27), (4, 6, 5, 3)])
def test_shape_and_type_stay_and_the_input_is_untouched(corrupt, dtype, shape):
    x = np.random.default_rng(1).random(shape).astype(dtype)
    before = x.copy()
    x.flags.writeable = False
    spoiled = corrupt(x, 0.7, seed=3)
    assert spoiled.shape == shape
    assert spoiled.dtype == dtype
    assert not np.shares_memory(spoiled, x)
    np.testing.assert_array_equal(x, before)
    assert not np.array_equal(spoiled, x)
    assert spoiled.min() >= 0
    assert spoiled.max() <= 1


@pytest.mark.parametrize("corrupt", ALL)
def test_without_noise_an_equal_copy_comes_back(corrupt):
    x = np.random.default_rng(2).random((6, 9)).astype(np.float32)
    x[0, :2] = 0, 1
    copy = corrupt(x, 0, seed=1)
    np.testing.assert_array_equal(copy, x)
    assert not np.shares_memory(copy, x)
    copy[:] = 0.3
    assert x.max() == 1


@pytest.mark.parametrize("corrupt", ALL)
def test_the_seed_decides(corrupt):
    x = grey()
    np.testing.assert_array_equal(corrupt(x, 0.3, seed=8), corrupt(x, 0.3, seed=8))
    assert not np.array_equal(corrupt(x, 0.3, seed=8), corrupt(x, 0.3, seed=9))
    with pytest.raises(TypeError):
        corrupt(x, 0.3, 8)


@pytest.mark.parametrize("corrupt", ALL)
def test_float32_and_float64_are_spoiled_alike(corrupt):
    single = corrupt(grey(), 0.3, seed=8)
    double = corrupt(grey(dtype=np.float64), 0.3, seed=8)
    np.testing.assert_allclose(single, double, atol=1e-6)


@pytest.mark.parametrize("corrupt", ALL)
def test_no_images_are_no_problem(corrupt):
    assert corrupt(np.zeros((0, 784), np.float32), 0.5, seed=1).shape == (0, 784)


@pytest.mark.parametrize("rate", [0.02, 0.25, 0.9])
def test_masking_sets_the_promised_share_to_0_and_keeps_the_rest(rate):
    x = grey()
    spoiled = mask(x, rate, seed=4)
    # Unlike dropout, which scales what it keeps.
    assert set(np.unique(spoiled)) == {0, 0.5}
    share = (spoiled == 0).mean()
    assert share == pytest.approx(rate, abs=five_sigma(rate, x.size))
    # Independent pixels: the numbers per image vary as a binomial does.
    variance = (spoiled == 0).sum(1).var()
    assert variance == pytest.approx(100 * rate * (1 - rate), rel=0.4)


@pytest.mark.parametrize("rate", [0.02, 0.3, 0.8])
def test_salt_and_pepper_hits_the_promised_share_in_halves(rate):
    x = grey()
    spoiled = salt_and_pepper(x, rate, seed=4)
    assert set(np.unique(spoiled)) == {0, 0.5, 1}
    for value in (0, 1):
        share = (spoiled == value).mean()
        assert share == pytest.approx(rate / 2, abs=five_sigma(rate / 2, x.size))


def test_rate_1_leaves_no_pixel():
    assert mask(grey(), 1, seed=1).max() == 0
    assert set(np.unique(salt_and_pepper(grey(), 1, seed=1))) == {0, 1}


def test_gaussian_noise_has_the_promised_deviation_where_nothing_is_clipped():
    noise = add_gaussian(grey(dtype=np.float64), 0.08, seed=5) - 0.5
    n = noise.size
    assert noise.mean() == pytest.approx(0, abs=5 * 0.08 / n**0.5)
    assert noise.std() == pytest.approx(0.08, abs=5 * 0.08 / (2 * n) ** 0.5)
    standard = noise / 0.08
    assert (standard**4).mean() == pytest.approx(3, abs=5 * 96**0.5 / n**0.5)
    share = (np.abs(standard) < 1).mean()
    assert share == pytest.approx(0.682689, abs=five_sigma(0.682689, n))


def test_gaussian_noise_is_clipped_to_the_range_of_the_image():
    for value in (0.0, 1.0):
        spoiled = add_gaussian(grey(value=value), 0.5, seed=6)
        # One half falls outside and is set back to the edge.
        share = (spoiled == value).mean()
        assert share == pytest.approx(0.5, abs=five_sigma(0.5, spoiled.size))


@pytest.mark.parametrize("corrupt", BY_RATE)
@pytest.mark.parametrize("rate", [-0.1, 1.1, float("nan"), "half", None])
def test_a_rate_outside_0_to_1_is_refused(corrupt, rate):
    with pytest.raises(ValueError, match="rate must"):
        corrupt(grey(), rate, seed=1)


@pytest.mark.parametrize("sigma", [-0.1, float("nan"), float("inf"), "wide", None])
def test_a_wrong_sigma_is_refused(sigma):
    with pytest.raises(ValueError, match="sigma must"):
        add_gaussian(grey(), sigma, seed=1)


@pytest.mark.parametrize("corrupt", ALL)
@pytest.mark.parametrize(
    ("x", "message"),
    [
        ([[0.0, 0.5]], "numpy array of images, not list"),
        (0.5, "numpy array of images, not float"),
        (np.array(0.5), "numpy array of images"),
        (np.array([[0, 255]], np.uint8), "/ 255"),
        (np.array([[0, 1]]), "/ 255"),
        (np.array([[True, False]]), "float32 or float64"),
        (np.array([[0.5]], np.float16), "float32 or float64"),
        (np.array([[0.0, 255.0]]), "between 0.0 and 255.0. Divide .* by 255"),
        (np.array([[-0.1, 0.5]]), "must lie between 0 and 1"),
        (np.array([[np.nan, 0.5]]), "must lie between 0 and 1"),
    ],
)
def test_what_is_no_image_between_0_and_1_is_refused(corrupt, x, message):
    with pytest.raises(ValueError, match=message):
        corrupt(x, 0.5, seed=1)


@pytest.mark.parametrize("corrupt", ALL)
@pytest.mark.parametrize("seed", [-1, 0.5, None])
def test_a_wrong_seed_is_refused(corrupt, seed):
    with pytest.raises(ValueError, match="seed must be an integer"):
        corrupt(grey(), 0.5, seed=seed)
