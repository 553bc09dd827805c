"""Singular values and directions, against the Jacobian written out and decomposed."""

import numpy as np
import pytest

from cs5045ae.reference.contractive import contractive_penalty, sigmoid_jacobian
from cs5045ae.reference.contractive_spectrum import (
    code_spread,
    effective_directions,
    gain,
    saturated_share,
    sensitive_directions,
    singular_values,
)


@pytest.fixture(params=[(7, 4), (4, 7)], ids=["narrow", "wide"])
def encoder(request):
    d, k = request.param
    rng = np.random.default_rng(d)
    return rng.uniform(size=(3, d)), rng.normal(size=(d, k)), rng.normal(size=k)


def test_the_values_are_those_of_the_whole_jacobian(encoder):
    values = singular_values(*encoder)
    whole = np.linalg.svd(sigmoid_jacobian(*encoder), compute_uv=False)
    np.testing.assert_allclose(values, whole, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose((values**2).sum(axis=1), contractive_penalty(*encoder))


def test_small_values_keep_their_digits():
    """The root of an eigenvalue of J J^T would have lost them."""
    kernel = np.diag([4.0, 4e-9])
    values = singular_values(np.zeros((1, 2)), kernel, np.zeros(2))
    np.testing.assert_allclose(values, [[1, 1e-9]], rtol=1e-10)


def test_the_directions_move_the_code_by_their_values(encoder):
    x, kernel, bias = encoder
    directions, values = sensitive_directions(x[1], kernel, bias, 3)
    np.testing.assert_allclose(directions @ directions.T, np.eye(3), atol=1e-12)
    np.testing.assert_allclose(values, singular_values(*encoder)[1, :3])
    moved = directions @ sigmoid_jacobian(*encoder)[1].T
    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), values)


def test_the_gain_is_the_limit_of_finite_steps(encoder):
    from scipy.special import expit

    x, kernel, bias = encoder
    steps = np.random.default_rng(1).normal(size=x.shape)
    small = 1e-6 * steps / np.linalg.norm(steps, axis=1, keepdims=True)
    moved = expit((x + small) @ kernel + bias) - expit((x - small) @ kernel + bias)
    found = gain(x, kernel, bias, 50 * steps)
    np.testing.assert_allclose(found, np.linalg.norm(moved, axis=1) / 2e-6, rtol=1e-6)


def test_random_directions_share_the_squared_norm():
    rng = np.random.default_rng(2)
    kernel, bias, image = rng.normal(size=(6, 4)), np.zeros(4), rng.uniform(size=6)
    x = np.tile(image, (200_000, 1))
    squares = gain(x, kernel, bias, rng.normal(size=x.shape)) ** 2
    whole = contractive_penalty(image[None], kernel, bias)[0]
    assert squares.mean() == pytest.approx(whole / 6, rel=0.02)


def test_a_count_out_of_range_is_refused(encoder):
    x, kernel, bias = encoder
    for count in (0, 5):
        with pytest.raises(ValueError, match="1 to 4"):
            sensitive_directions(x[0], kernel, bias, count)


def test_equal_values_count_in_full_at_any_scale():
    values = np.array([[2.0, 2, 2, 0], [1, 1, 0, 0], [2, 1, 0, 0]])
    expected = [3, 2, 25 / 17]
    np.testing.assert_allclose(effective_directions(values), expected)
    np.testing.assert_allclose(effective_directions(values * 100), expected)


def test_the_spread_follows_the_scale_and_not_the_place():
    h = np.random.default_rng(3).uniform(size=(40, 5))
    total = np.trace(np.cov(h.T, bias=True))
    assert code_spread(h) == pytest.approx(np.sqrt(total))
    assert code_spread(3 * h + 7) == pytest.approx(3 * np.sqrt(total))


def test_the_ends_of_a_sigmoid_are_counted():
    h = np.array([[0.0, 0.049, 0.051, 0.5], [0.949, 0.951, 1.0, 0.3]])
    assert saturated_share(h) == 4 / 8
    assert saturated_share(h, margin=0.06) == 6 / 8
