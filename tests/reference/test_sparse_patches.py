"""Whitening against its definition, tuning against gratings that are drawn."""

import numpy as np
import pytest
from scipy.linalg import inv, sqrtm

from cs5045ae.data import load_patches
from cs5045ae.reference.sparse_patches import tuning, whiten


def grating(angle, frequency, size=8, phase=0.3):
    """Draw stripes that run along `angle`, in degrees, under a smooth window."""
    row, column = np.mgrid[:size, :size] - (size - 1) / 2
    along = np.radians(angle)
    # The distance across the stripes; rows count downwards.
    across = column * np.sin(along) + row * np.cos(along)
    window = np.exp(-(row**2 + column**2) / (2 * (size / 4) ** 2))
    return (window * np.cos(2 * np.pi * frequency * across + phase)).ravel()


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 120, 165])
def test_tuning_finds_the_stripes_that_were_drawn(angle):
    orientation, frequency, selectivity = tuning([grating(angle, 0.25, size=16)])
    gap = (orientation[0] - angle + 90) % 180 - 90
    assert abs(gap) < 1.5
    assert frequency[0] == pytest.approx(0.25, abs=0.02)
    assert selectivity[0] > 0.9


def test_a_stripe_that_rises_to_the_right_has_45_degrees():
    """Drawn by hand: the diagonal from the lower left to the upper right."""
    orientation, _, selectivity = tuning([np.fliplr(np.eye(8)).ravel()])
    assert orientation[0] == pytest.approx(45, abs=1)
    assert selectivity[0] > 0.5
    lines = np.zeros((2, 8, 8))
    lines[0, 3], lines[1, :, 3] = 1, 1
    orientation, _, _ = tuning(lines.reshape(2, 64))
    assert min(orientation[0], 180 - orientation[0]) < 1, "a row is horizontal"
    assert orientation[1] == pytest.approx(90, abs=1)


@pytest.mark.parametrize("frequency", [0.15, 0.3, 0.4])
def test_tuning_finds_the_frequency_that_was_drawn(frequency):
    _, found, _ = tuning([grating(60, frequency, size=16)])
    assert found[0] == pytest.approx(frequency, abs=0.02)


def test_noise_and_a_single_pixel_are_hardly_selective():
    noise = np.random.default_rng(0).normal(size=(400, 64))
    _, _, selectivity = tuning(noise)
    assert np.median(selectivity) < 0.15
    assert np.quantile(selectivity, 0.95) < 0.3
    dot = np.zeros((1, 64))
    dot[0, 27] = 1
    assert tuning(dot)[2][0] < 0.05


def test_scale_and_sign_do_not_matter():
    filters = np.stack([grating(20, 0.2), grating(110, 0.3)])
    for found, same in zip(tuning(filters), tuning(-5 * filters), strict=True):
        np.testing.assert_allclose(found, same)


def test_the_place_of_the_stripes_does_not_matter():
    small = grating(20, 0.3, size=6).reshape(6, 6)
    small -= small.mean()
    places = np.zeros((3, 12, 12))
    for frame, (down, right) in zip(places, [(0, 0), (3, 1), (6, 5)], strict=True):
        frame[down : down + 6, right : right + 6] = small
    for found in tuning(places.reshape(3, -1)):
        np.testing.assert_allclose(found, found[0], rtol=1e-9)


def test_what_has_no_orientation_is_refused():
    with pytest.raises(ValueError, match="not square"):
        tuning(np.ones((2, 7)))
    with pytest.raises(ValueError, match="constant filter"):
        tuning(np.ones((2, 9)))


def test_the_matrix_is_the_inverse_square_root_of_the_covariance():
    patches = load_patches(2000, size=4, seed=3)
    _, matrix = whiten(patches, eps=0.2)
    x = patches - patches.mean(axis=1, keepdims=True)
    x = x / np.sqrt(patches.var(axis=1, keepdims=True) + 1e-4)
    covariance = np.cov(x.T, bias=True)
    expected = inv(sqrtm(covariance + 0.2 * np.eye(16)))
    np.testing.assert_allclose(matrix, expected, atol=1e-6)


def test_without_eps_white_patches_are_uncorrelated():
    rng = np.random.default_rng(1)
    patches = rng.random((3000, 9)) @ rng.random((9, 9)) / 9
    white, _ = whiten(patches, eps=1e-9)
    assert white.mean(axis=0) == pytest.approx(0, abs=1e-9)
    values = np.linalg.eigvalsh(np.cov(white.T, bias=True))
    # Brightness is taken out, so one direction is empty.
    assert values[0] == pytest.approx(0, abs=1e-3)
    assert values[1:] == pytest.approx(1, abs=1e-3)


def test_brightness_and_contrast_do_not_matter():
    """Twice the contrast and other brightness: the same white patch."""
    patches = load_patches(1000, size=4, seed=3).astype(float)
    patches = patches[patches.std(axis=1) > 0.1]
    changed = patches.copy()
    changed[::2] = 0.3 + 0.5 * patches[::2]
    white, again = whiten(patches)[0], whiten(changed)[0]
    assert np.abs(white - again).max() < 0.1 * np.abs(white).max()
    flat, _ = whiten(np.full((5, 4), 0.7))
    assert np.isfinite(flat).all()
