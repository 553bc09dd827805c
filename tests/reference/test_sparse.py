"""The sparse reference against scipy, finite differences, autodiff and Keras itself."""

import numpy as np
import pytest
from scipy import optimize, stats

from cs5045ae.reference import sparse as ref

FIXTURE = np.array([[0.1, 0.9], [0.3, 0.5]])


def test_the_penalty_of_the_fixture():
    assert ref.mean_activity(FIXTURE) == pytest.approx([0.2, 0.7])
    assert ref.kl_penalty(FIXTURE, 0.1) == pytest.approx(0.830850, abs=1e-6)
    assert ref.kl_penalty([[0.4]], 0.1) == pytest.approx(0.226289, abs=1e-6)


@pytest.mark.parametrize("rho", [0.0, 0.03, 0.5, 0.9, 1.0])
def test_the_penalty_is_scipys_entropy_of_pairs_of_chances(rho):
    h = np.random.default_rng(0).uniform(0.05, 0.95, size=(6, 4))
    pairs = [(q, 1 - q) for q in h.mean(axis=0)]
    want = sum(stats.entropy((rho, 1 - rho), pair) for pair in pairs)
    assert ref.kl_penalty(h, rho) == pytest.approx(want)


def test_the_penalty_asks_for_the_mean_alone():
    h = np.array([[0.0, 0.3], [0.4, 0.1], [0.2, 0.2]])
    assert ref.kl_penalty(h, 0.2) == pytest.approx(0, abs=1e-12)


def test_the_penalty_of_dead_and_saturated_nodes_is_large_but_finite():
    dead, full = np.zeros((3, 1)), np.ones((3, 1))
    want = 0.1 * np.log(0.1 / 1e-7) + 0.9 * np.log(0.9 / (1 - 1e-7))
    assert ref.kl_penalty(dead, 0.1) == pytest.approx(want)
    assert ref.kl_penalty(full, 0.9) == pytest.approx(want)
    for h, rho in ((dead, 0.0), (full, 1.0)):
        assert ref.kl_penalty(h, rho) == pytest.approx(0, abs=1e-6)
        assert np.isfinite(ref.kl_gradient(h, rho)).all()
    assert (ref.kl_gradient(dead, 0.1) < -1e5).all()
    assert (ref.kl_gradient(full, 0.1) > 1e5).all()


@pytest.mark.parametrize("outside", [[[1.5]], [[-0.1]], [[np.nan]]])
def test_what_no_sigmoid_gives_is_refused(outside):
    for function in (ref.kl_penalty, ref.kl_gradient):
        with pytest.raises(ValueError, match="sigmoid"):
            function(outside, 0.1)
        with pytest.raises(ValueError, match="rho must be from 0 to 1"):
            function([[0.5]], 1.2)


@pytest.mark.parametrize("rho", [0.0, 0.07, 0.6, 1.0])
def test_the_gradient_is_that_of_finite_differences(rho):
    h = np.random.default_rng(1).uniform(0.2, 0.8, size=(4, 3))
    slope = optimize.approx_fprime(
        h.ravel(), lambda flat: ref.kl_penalty(flat.reshape(4, 3), rho), 1e-7
    )
    assert ref.kl_gradient(h, rho) == pytest.approx(slope.reshape(4, 3), abs=1e-5)


def test_shares_count_magnitudes_above_the_threshold():
    rng = np.random.default_rng(2)
    h = rng.choice([-0.5, -0.25, 0.0, 0.25, 0.5], size=(7, 5))
    population, lifetime = ref.active_shares(h, 0.25)
    assert population.tolist() == [sum(abs(v) > 0.25 for v in row) / 5 for row in h]
    assert lifetime.tolist() == [sum(abs(v) > 0.25 for v in row) / 7 for row in h.T]
    assert ref.active_shares(h, 0)[0].tolist() == (np.count_nonzero(h, 1) / 5).tolist()


def test_l1_is_the_norm_of_each_row_and_does_not_know_the_batch():
    h = np.random.default_rng(3).normal(size=(5, 4))
    each, batch = ref.l1_penalty(h, 0.3)
    assert each == pytest.approx([0.3 * np.linalg.norm(row, 1) for row in h])
    assert ref.l1_penalty(np.tile(h, (2, 1)), 0.3)[1] == pytest.approx(batch)


@pytest.mark.parametrize("k", range(1, 7))
def test_k_sparse_keeps_what_a_sort_of_python_keeps(k):
    rng = np.random.default_rng(k)
    h = np.vstack([rng.normal(size=(5, 6)), rng.choice([-1.0, 0, 2], size=(9, 6))])
    g, code = rng.normal(size=h.shape), ref.k_sparse(h, k)
    back = ref.k_sparse_backward(h, k, g)
    for i, row in enumerate(h):
        kept = sorted(range(6), key=lambda j: (-row[j], j))[:k]
        want = [row[j] if j in kept else 0.0 for j in range(6)]
        assert code[i].tolist() == want
        assert back[i].tolist() == [g[i, j] if j in kept else 0.0 for j in range(6)]


def test_the_backward_pass_is_that_of_finite_differences():
    rng = np.random.default_rng(9)
    h, g = rng.normal(size=(2, 3, 5))
    slope = optimize.approx_fprime(
        h.ravel(), lambda flat: (g * ref.k_sparse(flat.reshape(3, 5), 2)).sum(), 1e-7
    )
    assert ref.k_sparse_backward(h, 2, g) == pytest.approx(slope.reshape(3, 5))


def test_a_k_that_no_row_has_is_refused():
    for k in (0, 4):
        with pytest.raises(ValueError, match="k must be from 1 to 3"):
            ref.k_sparse(np.zeros((2, 3)), k)
    with pytest.raises(ValueError, match=r"h has shape \(2, 3\)"):
        ref.k_sparse_backward(np.zeros((2, 3)), 1, np.zeros((3, 2)))
