"""The story of lecture 09 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "09_variational"


def test_the_slides_loss_has_a_variance_of_one_half(told):
    squared, half, unit = (
        np.subtract(*told[name]) for name in ("squared", "cost_half", "cost_unit")
    )
    assert half == pytest.approx(squared)
    assert unit == pytest.approx(squared / 2)


def test_closed_kl_is_the_sampled_one_and_draws_have_the_gradient(told):
    assert told["kl_sampled"] == pytest.approx(told["kl_closed"], abs=0.02)
    assert told["by_draws"] == pytest.approx(told["exact"], abs=0.02)


def test_24_nats_of_code_save_more_than_100_nats_of_image(told):
    drawn, at_mean, kl = told["vae_terms"][:3]
    assert kl == pytest.approx(24, abs=1)
    assert told["blind"] - drawn > 100
    assert told["floor"] < told["plain_terms"][1] < at_mean < told["plain_terms"][1] + 8
    assert told["elbo_cost"] == pytest.approx(drawn + kl)


def test_the_prior_gives_ten_digits_with_the_vae_and_a_wrong_mixture_without(told):
    vae, plain = np.array(told["vae_counts"]), np.array(told["plain_counts"])
    assert vae.min() > 40
    assert vae.max() < 170
    assert plain.max() >= 300
    assert plain.min() < 20
    assert told["plain_frechet"] > 4 * told["vae_frechet"]


def test_in_the_plane_draws_of_the_plain_network_miss_classes(told):
    plain, vae = np.array(told["plain_2_counts"]), np.array(told["vae_2_counts"])
    assert (plain < 10).sum() >= 3
    assert (vae < 10).sum() < (plain < 10).sum()
    assert told["plain_2_frechet"] > 1.5 * told["vae_2_frechet"]


def test_holes_and_paths(told):
    assert told["plain_hole"] > 3 * told["vae_hole"]
    assert told["plain_path"][0] > 1.2 * told["vae_path"][0]
    assert told["vae_path"][1] == pytest.approx(1.3, abs=0.15)
    assert told["plain_path"][1] == pytest.approx(2.5, abs=0.5)
    assert told["plain_20_path"][0] > 1.1 * told["vae_20_path"][0]
    assert told["plain_20_path"][1] == pytest.approx(told["vae_20_path"][1], abs=0.15)


def test_without_kl_sigma_shrinks_and_the_means_fly_apart(told):
    sigma, spread = np.array(told["sigma"]), np.array(told["spread"])
    assert sigma[-1] < 0.5 * sigma[0] < 0.05
    assert spread[-1] > 7
    assert spread[-1] > 1.4 * spread[0]


def test_over_beta_kl_falls_and_the_cost_of_the_image_rises_to_blind(told):
    costs = np.array(told["costs"])
    assert (np.diff(costs[:, 0]) > 0).all()
    assert (np.diff(costs[:, 2]) < 0).all()
    assert costs[-1, 0] == pytest.approx(told["blind"], abs=6)
    assert costs[-1, 2] < 0.1
    assert told["units"][0] == 20
    assert told["units"][-1] == 0
    assert (np.diff(told["units"]) <= 0).all()


def test_a_gaussian_fitted_afterwards_wins(told):
    assert told["plain_fitted"] < told["vae_frechet"]
    assert told["plain_fitted"] == pytest.approx(told["vae_fitted"], abs=0.9)
    assert min(told["plain_fitted_counts"]) > 40


def test_the_gap_is_smaller_and_pays_with_few_images_only(told):
    gaps = {name: np.subtract(*pair[::-1]) for name, pair in told["gaps"].items()}
    assert gaps["VAE"] < gaps["plain"]
    assert gaps["VAE, 500"] < gaps["plain, 500"]
    tests = {name: pair[1] for name, pair in told["gaps"].items()}
    assert tests["plain"] < tests["VAE"]
    assert tests["VAE, 500"] < tests["plain, 500"] - 4


def test_the_score_function_has_the_same_mean_and_a_wider_spread(told):
    assert list(told["score_means"].values()) == pytest.approx([1, 1], abs=0.03)
    reparameterised, score = told["score_spreads"].values()
    assert score / reparameterised == pytest.approx(2.5, abs=0.1)
