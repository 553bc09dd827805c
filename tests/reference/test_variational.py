"""The variational reference against integrals, scipy, autodiff and Keras itself."""

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad

from cs5045ae.reference import variational as ref

POINTS = [
    (0.0, 0.0, 0.0),
    (1.0, 0.0, 0.5),
    (0.0, np.log(4), 0.806853),
    (0.5, -1, 0.30894),
]


@pytest.mark.parametrize(("mu", "log_var", "known"), POINTS)
def test_kl_is_the_integral_of_its_definition(mu, log_var, known):
    q, p = stats.norm(mu, np.exp(log_var / 2)), stats.norm(0, 1)
    integral = quad(lambda z: q.pdf(z) * (q.logpdf(z) - p.logpdf(z)), -20, 20)[0]
    found = ref.kl_to_standard_normal([[mu]], [[log_var]])
    assert found == pytest.approx([integral], abs=1e-6)
    assert found == pytest.approx([known], abs=1e-6)


def test_kl_sums_over_the_code_and_keeps_the_images():
    mu, log_var = np.array([[1, 0], [0.5, -1]]), np.array([[0, np.log(4)], [-1, 0]])
    found = ref.kl_to_standard_normal(mu, log_var)
    assert found == pytest.approx([1.306853, 0.808940], abs=1e-6)


def test_draws_have_the_mean_and_the_spread_that_were_asked():
    eps = np.random.default_rng(0).standard_normal((40_000, 2))
    z = ref.reparameterize(
        np.tile([3.0, -1.0], (40_000, 1)), 2 * np.log([[2, 0.5]]), eps
    )
    assert z.mean(axis=0) == pytest.approx([3, -1], abs=0.05)
    assert z.std(axis=0) == pytest.approx([2, 0.5], rel=0.02)


def test_the_nats_of_pixels_are_those_of_scipy():
    rng = np.random.default_rng(1)
    x, p = (rng.random((4, 9)) < 0.5).astype(float), rng.uniform(0.1, 0.9, (4, 9))
    want = -stats.bernoulli.logpmf(x.astype(int), p).sum(axis=1)
    assert ref.bernoulli_nats(x, p) == pytest.approx(want)
    want = -stats.norm.logpdf(x, p, np.sqrt(0.3)).sum(axis=1)
    assert ref.gaussian_nats(x, p, 0.3) == pytest.approx(want)
    with pytest.raises(ValueError, match="above 0"):
        ref.gaussian_nats(x, p, 0.0)


def test_a_sure_and_wrong_pixel_costs_much_but_not_infinitely():
    found = ref.bernoulli_nats(np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]]))
    assert found == pytest.approx([-2 * np.log(1e-7)], rel=1e-6)


def test_the_loss_of_the_fixture():
    x, x_hat = [[0, 1, 0.5, 0.2]], [[0.1, 0.8, 0.5, 0.3]]
    for beta, loss in [(0, 1.547786), (1, 1.856725), (4, 2.783545)]:
        found = ref.elbo_terms(x, x_hat, [[0.5]], [[-1.0]], beta)
        assert found == pytest.approx((1.547786, 0.30894, loss), abs=2e-6)


def test_the_loss_averages_over_images():
    rng = np.random.default_rng(2)
    x, x_hat = rng.random((3, 5)), rng.uniform(0.1, 0.9, (3, 5))
    mu, log_var = rng.normal(size=(2, 3, 2))
    one = [
        ref.elbo_terms(
            x[i : i + 1], x_hat[i : i + 1], mu[i : i + 1], log_var[i : i + 1], 2
        )
        for i in range(3)
    ]
    found = ref.elbo_terms(x, x_hat, mu, log_var, 2)
    assert found == pytest.approx(tuple(np.mean(one, axis=0)))


def test_generated_images_are_decoded_draws_of_the_prior():
    z = ref.generate(lambda codes: codes, 3, 20_000, seed=5)
    assert stats.kstest(z.ravel(), "norm").pvalue > 1e-3
    assert np.abs(np.corrcoef(z.T) - np.eye(3)).max() < 0.04
    assert np.array_equal(z, ref.generate(lambda codes: codes, 3, 20_000, seed=5))
    assert not np.array_equal(z, ref.generate(lambda codes: codes, 3, 20_000, seed=6))


def test_a_walk_is_even_straight_and_has_both_ends():
    rng = np.random.default_rng(3)
    start, end = rng.normal(size=(2, 6))
    walk = ref.interpolate(start, end, 7)
    assert walk[0] == pytest.approx(start)
    assert walk[-1] == pytest.approx(end)
    assert np.diff(walk, axis=0) == pytest.approx(np.tile((end - start) / 6, (6, 1)))
    with pytest.raises(ValueError, match="2 steps or more"):
        ref.interpolate(start, end, 1)


def test_beta_is_the_best_that_the_budget_allows():
    betas, errors, kl = [3, 0.3, 1, 10], [133, 92, 95, 186], [9, 39, 24, 1]
    for budget, want in [(50, 0.3), (39, 0.3), (38, 1), (10, 3), (1, 10), (0.5, 10)]:
        assert ref.choose_beta(betas, errors, kl, budget) == want
    assert ref.choose_beta([1, 4, 2], [90, 90, 90], [3, 2, 1], 3) == 4
    with pytest.raises(ValueError, match="zip"):
        ref.choose_beta([1, 2], [3], [4, 5], 1)


@pytest.fixture(scope="module")
def networks():
    from cs5045ae.reference import variational_networks

    return variational_networks


def test_numpy_and_keras_run_the_same_network(networks):
    encoder, decoder = networks.build_halves(12, 7, 3)
    network = networks.weights(encoder, decoder)
    x = np.random.default_rng(4).random((5, 12)).astype("float32")
    mu, log_var = networks.encode(network, x)
    for mine, theirs in zip((mu, log_var), encoder(x), strict=True):
        assert mine == pytest.approx(np.asarray(theirs), abs=1e-5)
    assert networks.decode(network, mu) == pytest.approx(
        np.asarray(decoder(mu.astype("float32"))), abs=1e-5
    )


def test_the_layer_draws_anew_and_adds_beta_times_the_mean_kl(networks):
    rng = np.random.default_rng(5)
    mu, log_var = rng.normal(size=(2, 4, 3)).astype("float32")
    layer = networks.Sampling(2.5)
    first, second = (np.asarray(layer([mu, log_var])) for _ in range(2))
    assert not np.allclose(first, second)
    kl = ref.kl_to_standard_normal(mu, log_var).mean()
    assert float(layer.losses[-1]) == pytest.approx(2.5 * kl, rel=1e-5)
    plain = networks.Sampling(0.0, noise=False)([mu, log_var])
    assert np.asarray(plain) == pytest.approx(mu)


def test_the_draws_of_the_layer_have_the_right_moments(networks):
    mu, log_var = np.full((20_000, 1), 2.0), np.full((20_000, 1), np.log(0.25))
    z = np.asarray(networks.Sampling(1.0)([mu.astype("f"), log_var.astype("f")]))
    assert z.mean() == pytest.approx(2, abs=0.02)
    assert z.std() == pytest.approx(0.5, abs=0.02)


def test_keras_counts_the_same_nats():
    from cs5045ae.reference import network_losses

    rng = np.random.default_rng(6)
    x, x_hat = rng.random((3, 8)).astype("f"), rng.uniform(0.1, 0.9, (3, 8)).astype("f")
    assert np.asarray(network_losses.nats(x, x_hat)) == pytest.approx(
        ref.bernoulli_nats(x, x_hat), rel=1e-5
    )


@pytest.mark.slow
def test_a_trained_vae_beats_the_blind_guess_and_answers_to_beta(networks):
    rng = np.random.default_rng(7)
    x = np.kron(rng.random((600, 4)) < 0.5, np.ones(9)).clip(0.05, 0.95).astype("f")
    kl = []
    for beta in (1.0, 30.0):
        encoder, decoder = networks.train_vae(x, 3, beta, epochs=30, seed=0)
        mu, log_var = (np.asarray(part) for part in encoder(x))
        kl.append(ref.kl_to_standard_normal(mu, log_var).mean())
        if beta == 1:
            blind = ref.bernoulli_nats(x, np.tile(x.mean(axis=0), (600, 1))).mean()
            rebuilt = ref.bernoulli_nats(x, np.asarray(decoder(mu))).mean()
            assert rebuilt + kl[0] < 0.8 * blind
    assert kl[1] < 0.2 * kl[0]
