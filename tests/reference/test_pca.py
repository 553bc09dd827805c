import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy.linalg import subspace_angles
from sklearn.decomposition import PCA

from cs5045ae.data import DataNotFound, load_mnist
from cs5045ae.reference.pca import (
    center,
    components_needed,
    largest_angle,
    principal_components,
    project,
    reconstruct,
    reconstruction_error,
)

ROUTES = ["svd", "covariance", "gram"]
SMALL = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 9.0]])


def data(n=40, d=7, seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)) * np.arange(1, d + 1) + rng.normal(size=d) * 10


def assert_same_up_to_sign(got, want, **tolerance):
    signs = np.sign((got * want).sum(axis=1, keepdims=True))
    assert_allclose(got * signs, want, **tolerance)


def test_centred_columns_have_mean_zero_and_the_mean_is_that_of_columns():
    x = data()
    x_centered, mean = center(x)
    assert mean.shape == (7,)
    assert_allclose(x_centered.mean(axis=0), 0, atol=1e-12)
    assert_allclose(x_centered + mean, x)
    assert_allclose(center(SMALL)[1], [3, 5])


def test_center_leaves_its_argument_alone_and_works_in_float64():
    x = data().astype(np.float32)
    before = x.copy()
    assert center(x)[0].dtype == np.float64
    assert_allclose(x, before, rtol=0)


@pytest.mark.parametrize("route", ROUTES)
def test_components_and_variances_of_a_case_worked_by_hand(route):
    components, variances = principal_components(SMALL, 1, route=route)
    assert components.shape == (1, 2)
    assert_same_up_to_sign(components, [[0.479188, 0.877712]], atol=1e-6)
    assert_allclose(variances, [16.821658], atol=1e-6)


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(("n", "d", "k"), [(40, 7, 3), (40, 7, 7), (6, 9, 5)])
def test_every_route_agrees_with_scikit_learn(route, n, d, k):
    x = data(n, d)
    oracle = PCA(k, svd_solver="full").fit(x)
    components, variances = principal_components(x, k, route=route)
    if n > d or route != "gram":
        assert components.shape == (k, d)
    assert_same_up_to_sign(components, oracle.components_, atol=1e-8)
    assert_allclose(variances, oracle.explained_variance_, rtol=1e-8)


@pytest.mark.parametrize("route", ["svd", "covariance"])
def test_more_components_than_points_are_completed_to_a_basis(route):
    components, variances = principal_components(data(4, 9), 8, route=route)
    assert_allclose(components @ components.T, np.eye(8), atol=1e-10)
    assert_allclose(variances[3:], 0, atol=1e-10)
    assert (variances >= 0).all()


def test_a_constant_column_takes_no_part():
    x = data()
    x[:, 2] = 5
    components, variances = principal_components(x, 7)
    assert_allclose(components[:6, 2], 0, atol=1e-12)
    assert variances[6] == pytest.approx(0, abs=1e-12)


def test_the_gram_route_refuses_a_direction_without_variance():
    x = np.repeat(data(3, 5), 2, axis=0)
    with pytest.raises(ValueError, match='use route="svd"'):
        principal_components(x, 3, route="gram")
    with pytest.raises(ValueError, match='use route="svd"'):
        principal_components(data(5, 9), 5, route="gram")
    assert principal_components(data(5, 9), 4, route="gram")[1].min() > 0.1


@pytest.mark.parametrize("k", [0, 8])
def test_a_k_out_of_range_is_refused(k):
    with pytest.raises(ValueError, match="between 1 and d = 7"):
        principal_components(data(), k)


def test_wrong_input_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="One point does not spread"):
        principal_components(data(1), 1)
    with pytest.raises(ValueError, match="route must be"):
        principal_components(data(), 1, route="magic")
    for shape in ((5,), (2, 2, 2)):
        with pytest.raises(ValueError, match="must be a matrix"):
            center(np.zeros(shape))
    with pytest.raises(ValueError, match="No points"):
        center(np.zeros((0, 5)))


def test_components_needed_at_and_around_a_step():
    variances = [4.0, 2.0, 1.0, 1.0]
    shares = [0.1, 0.5, 0.50001, 0.75, 0.875, 0.9, 1.0]
    assert [components_needed(variances, s) for s in shares] == [1, 1, 2, 2, 3, 4, 4]
    assert components_needed([3.0, 1.0, 0.0], 1.0) == 2
    assert type(components_needed(variances, 0.3)) is int
    for share in (0, -0.1, 1.01):
        with pytest.raises(ValueError, match="share must lie"):
            components_needed(variances, share)


def test_projection_and_reconstruction_agree_with_scikit_learn():
    x, fresh = data(), data(5, seed=1)
    oracle = PCA(3).fit(x)
    z = project(fresh, oracle.mean_, oracle.components_)
    assert_allclose(z, oracle.transform(fresh))
    assert_allclose(
        reconstruct(z, oracle.mean_, oracle.components_), oracle.inverse_transform(z)
    )


def test_a_code_of_no_numbers_gives_the_mean():
    z = project(data(), np.arange(7.0), np.zeros((0, 7)))
    assert z.shape == (40, 0)
    x_hat = reconstruct(z, np.arange(7.0), np.zeros((0, 7)))
    assert_allclose(x_hat, np.tile(np.arange(7.0), (40, 1)))


def test_the_error_is_the_sum_of_the_dropped_variances():
    x = data()
    _, mean = center(x)
    components, variances = principal_components(x, 7)
    for k in range(1, 8):
        x_hat = reconstruct(project(x, mean, components[:k]), mean, components[:k])
        dropped = variances[k:].sum() * (len(x) - 1) / len(x)
        assert reconstruction_error(x, x_hat) == pytest.approx(dropped, abs=1e-10)


def test_the_error_sums_over_pixels_and_averages_over_images():
    assert reconstruction_error([[0, 1], [1, 1]], [[0, 0], [1, 3]]) == 2.5
    with pytest.raises(ValueError, match="x has shape"):
        reconstruction_error(np.zeros((2, 1)), np.zeros((1, 2)))


@pytest.mark.parametrize("k", [1, 3, 6])
def test_the_largest_angle_agrees_with_scipy(k):
    rng = np.random.default_rng(k)
    a, b = rng.normal(size=(2, k, 9))
    want = np.degrees(subspace_angles(a.T, b.T).max())
    assert largest_angle(a, b) == pytest.approx(want, abs=1e-8)


def test_the_angle_depends_on_the_spans_alone():
    rng = np.random.default_rng(0)
    for _ in range(20):  # cosines just above 1 must not end as NaN
        a = rng.normal(size=(3, 8))
        assert largest_angle(a, rng.normal(size=(3, 3)) @ a) < 1e-4
    assert largest_angle([[1, 0, 0]], [[0, -2, 0]]) == pytest.approx(90)
    with pytest.raises(ValueError, match="make them equal"):
        largest_angle(np.eye(3)[:1], np.eye(3)[:2])


@pytest.mark.slow
def test_the_published_error_with_30_components_on_the_full_mnist():
    try:
        (x_train, _), (x_test, _) = load_mnist("full")
    except DataNotFound:
        pytest.skip("the full MNIST is not on this machine")
    x_train, x_test = x_train.astype(np.float64), x_test.astype(np.float64)
    _, mean = center(x_train)
    components, variances = principal_components(x_train, 784, route="covariance")
    n = len(x_train)
    for k, on_test, on_train in [(30, 13.866, 14.207), (32, 13.193, 13.518)]:
        z = project(x_test, mean, components[:k])
        x_hat = reconstruct(z, mean, components[:k])
        assert reconstruction_error(x_test, x_hat) == pytest.approx(on_test, abs=6e-4)
        dropped = variances[k:].sum() * (n - 1) / n
        assert dropped == pytest.approx(on_train, abs=6e-4)
    needed = [components_needed(variances, s) for s in (0.5, 0.8, 0.9, 0.95, 0.99)]
    assert needed == [11, 44, 87, 154, 331]


def test_the_embedded_digits_have_these_errors():
    (x_train, _), (x_test, _) = load_mnist("small")
    _, mean = center(x_train)
    components, _ = principal_components(x_train, 30, route="covariance")
    x_hat = reconstruct(project(x_test, mean, components), mean, components)
    assert reconstruction_error(x_test, x_hat) == pytest.approx(14.286, abs=1e-3)
    clipped = reconstruction_error(x_test, x_hat.clip(0, 1))
    assert clipped == pytest.approx(13.002, abs=1e-3)
