"""Are the curves those of their six numbers, inside the frame, and always the same?"""

import hashlib

import numpy as np
import pytest

from cs5045ae.data import make_curves
from cs5045ae.data.curves import _HIGH, _LOW, _draw

DIGEST = "30f3d11b3f6219226d75be3c0d40f6938d984a69ecffb6c15b457cbcdd4b0f3b"


def drawn_slowly(points):
    """One image by brute force: each pixel's distance to 4,001 points of the curve."""
    times = [0, 0.5, 1]
    t = np.linspace(0, 1, 4001)
    row, column = (np.polyval(np.polyfit(times, points[:, i], 2), t) for i in (0, 1))
    rows, columns = np.mgrid[:28, :28]
    distance = np.hypot(rows[..., None] - row, columns[..., None] - column).min(-1)
    return np.clip(0.85 + 0.5 - distance, 0, 1).reshape(784)


def test_the_images_have_the_promised_form():
    x = make_curves(500, seed=3)
    assert x.shape == (500, 784)
    assert x.dtype == np.float32
    assert x.min() == 0
    assert x.max() == 1
    levels = np.rint(x * 255).astype(np.uint8)
    np.testing.assert_array_equal(x, levels.astype(np.float32) / np.float32(255))


def test_an_image_is_the_curve_through_its_points():
    x, points = make_curves(25, seed=5, return_points=True)
    assert points.shape == (25, 3, 2)
    for image, three in zip(x, points, strict=True):
        np.testing.assert_allclose(image, drawn_slowly(three), atol=0.06)


def test_the_points_are_uniform_in_their_square():
    _, points = make_curves(4000, seed=11, return_points=True)
    unit = ((points - 4) / 19).reshape(4000, 6)
    assert unit.min() >= 0
    assert unit.max() < 1
    # Five standard errors of a uniform number's mean, variance and correlation.
    np.testing.assert_allclose(unit.mean(0), 0.5, atol=5 * 0.2887 / 4000**0.5)
    np.testing.assert_allclose(unit.var(0), 1 / 12, atol=5 * 0.0745 / 4000**0.5)
    correlation = np.corrcoef(unit.T) - np.eye(6)
    assert np.abs(correlation).max() < 5 / 4000**0.5


def test_no_stroke_touches_the_frame():
    corners = np.array([[a, b] for a in (_LOW, _HIGH) for b in (_LOW, _HIGH)])
    worst = np.array([[p, q, r] for p in corners for q in corners for r in corners])
    images = _draw(worst).reshape(-1, 28, 28)
    for edge in (images[:, 0], images[:, -1], images[:, :, 0], images[:, :, -1]):
        assert edge.max() == 0
    assert images[:, 1:-1, 1:-1].max(axis=(1, 2)).min() == 255


def test_the_images_are_the_same_on_every_machine():
    levels = np.rint(make_curves(3000, seed=7) * 255).astype(np.uint8)
    assert hashlib.sha256(levels.tobytes()).hexdigest() == DIGEST


@pytest.mark.parametrize("n", [1, 10, 1024, 1025])
def test_the_first_images_do_not_depend_on_their_number(n):
    x, points = make_curves(n, seed=2, return_points=True)
    more, more_points = make_curves(2100, seed=2, return_points=True)
    np.testing.assert_array_equal(x, more[:n])
    np.testing.assert_array_equal(points, more_points[:n])


def test_another_seed_draws_other_curves():
    assert not np.array_equal(make_curves(5, seed=1), make_curves(5, seed=2))


@pytest.mark.parametrize("n_samples", [0, -1, 2.5, "10", None, True])
def test_a_number_of_images_that_is_none_is_refused(n_samples):
    with pytest.raises(ValueError, match="n_samples must be an integer of 1 or more"):
        make_curves(n_samples, seed=1)


@pytest.mark.parametrize("seed", [-1, 1.0, None, "1", True])
def test_a_seed_that_is_none_is_refused(seed):
    with pytest.raises(ValueError, match="seed must be an integer of 0 or more"):
        make_curves(1, seed=seed)
