"""Sparseness against loops, and against codes whose answer is known."""

import numpy as np
import pytest

from cs5045ae.reference.sparse import active_shares
from cs5045ae.reference.sparse_measures import (
    lifetime_sparseness,
    population_sparseness,
)


@pytest.fixture
def rng():
    return np.random.default_rng(6)


def one(values):
    """Compute Vinje and Gallant's measure with sums written out."""
    n = len(values)
    ratio = (sum(abs(v) for v in values) / n) ** 2 / sum(v * v / n for v in values)
    return (1 - ratio) / (1 - 1 / n)


def test_both_agree_with_a_loop(rng):
    h = rng.normal(size=(7, 5))
    np.testing.assert_allclose(lifetime_sparseness(h), [one(c) for c in h.T])
    np.testing.assert_allclose(population_sparseness(h), [one(r) for r in h])


def test_a_binary_code_has_one_minus_its_share(rng):
    """With activations 0 and 1 the ratio is the share of active entries."""
    h = (rng.random((40, 30)) < 0.2).astype(float)
    h[0], h[:, 0] = 1, 1
    population, lifetime = active_shares(h, 0.5)
    expected = (1 - lifetime) / (1 - 1 / 40)
    np.testing.assert_allclose(lifetime_sparseness(h), expected, atol=1e-12)
    expected = (1 - population) / (1 - 1 / 30)
    np.testing.assert_allclose(population_sparseness(h), expected, atol=1e-12)


def test_scale_and_sign_do_not_matter(rng):
    h = rng.normal(size=(6, 4))
    np.testing.assert_allclose(lifetime_sparseness(-3 * h), lifetime_sparseness(h))
    signs = np.sign(rng.normal(size=h.shape))
    np.testing.assert_allclose(
        population_sparseness(signs * h), population_sparseness(h)
    )


def test_a_dead_node_has_no_sparseness(recwarn):
    found = lifetime_sparseness([[0.0, 1.0], [0.0, 3.0]])
    assert np.isnan(found[0])
    assert found[1] == pytest.approx((1 - 4 / 5) / 0.5)
    assert len(recwarn) == 0


@pytest.mark.parametrize("shape", [(3,), (1, 3), (2, 2, 2)])
def test_too_little_is_refused(shape):
    with pytest.raises(ValueError, match="expected a table"):
        lifetime_sparseness(np.ones(shape))
    with pytest.raises(ValueError, match="expected a table"):
        population_sparseness(np.ones(shape).T)
