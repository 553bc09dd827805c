"""What the bank can't say: other seeds, and the made points themselves."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from cs5045ae.checks import pca as checks
from cs5045ae.checks import pca_angles, pca_components, pca_error
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.reference import pca


@pytest.mark.usefixtures("any_seed")
def test_right_answers_pass_with_any_seed():
    for function in (
        pca.center,
        pca.components_needed,
        pca.project,
        pca.reconstruct,
    ):
        getattr(checks, f"check_{function.__name__}")(function)
    for check in pca_components.__all__:
        if check.startswith("check_"):
            getattr(pca_components, check)(pca.principal_components)
    pca_error.check_reconstruction_error(pca.reconstruction_error)
    pca_angles.check_equal_spans(pca.largest_angle)
    pca_angles.check_largest_angle(pca.largest_angle)


@pytest.mark.parametrize(("n", "d"), [(12, 5), (5, 8), (9, 4)])
def test_the_made_points_have_variances_far_apart(n, d):
    x = pca_components.cloud(np.random.default_rng(0), n, d)
    rank = min(d, n - 1)
    _, variances = pca.principal_components(x, d)
    assert_allclose(variances[:rank], 9 * 0.49 ** np.arange(rank))
    assert_allclose(variances[rank:], 0, atol=1e-10)
    assert np.abs(x.mean(axis=0)).max() > 1


def test_float32_work_far_from_the_origin_is_near_enough():
    def by_float32(x, k):
        centered = x.astype(np.float32) - x.astype(np.float32).mean(axis=0)
        _, s, rows = np.linalg.svd(centered, full_matrices=False)
        return rows[:k], s[:k] ** 2 / (len(x) - 1)

    pca_components.check_components(by_float32)
    pca_components.check_component_order(by_float32)
    pca_components.check_components_edges(by_float32)


def test_an_angle_of_half_a_degree_is_too_much():
    def turned(x, k):
        components, variances = pca.principal_components(x, x.shape[1])
        small = np.radians(0.5)
        first = np.cos(small) * components[0] + np.sin(small) * components[-1]
        return np.vstack([first, components[1 : max(k, 1)]])[:k], variances[:k]

    with pytest.raises(CheckFailed) as failure:
        pca_components.check_components(turned)
    assert "degrees away" in failure.value.complaint


def test_a_component_half_a_degree_out_of_its_place_is_noticed():
    def turned(x, k):
        components, variances = pca.principal_components(x, k)
        small = np.radians(0.5)
        turn = np.eye(k)
        turn[:2, :2] = [
            [np.cos(small), np.sin(small)],
            [-np.sin(small), np.cos(small)],
        ]
        return turn @ components, variances

    with pytest.raises(CheckFailed) as failure:
        pca_components.check_component_order(turned)
    assert "is not the direction of variance" in failure.value.complaint
