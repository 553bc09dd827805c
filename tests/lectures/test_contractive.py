"""The story of lecture 05 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "05_contractive"


def column(table, name):
    return {row: values[name] for row, values in table.items()}


def test_the_closed_form_is_what_automatic_differentiation_finds(told):
    assert told["penalty_gap"] < 1e-5
    np.testing.assert_allclose(told["J"] @ np.array(told["step"]), [0.04, 0.09])
    np.testing.assert_allclose(told["moved"], [0.04, 0.09], atol=3e-4)


def test_for_a_linear_encoder_the_penalty_is_weight_decay(told):
    weights = told["squared_weights"]
    np.testing.assert_allclose(told["linear_penalties"], [weights] * 3, rtol=1e-5)


def test_pca_rebuilds_far_better_with_as_many_numbers(told):
    bars = told["bars"]
    assert bars["mean image"] == pytest.approx(53.0, abs=0.05)
    assert bars["PCA, 200 components"] == pytest.approx(1.5, abs=0.01)
    assert bars["PCA, 30 components"] == pytest.approx(13.0, abs=0.05)
    assert told["contractive_error"] == pytest.approx(12.6, abs=0.3)
    assert told["plain_error"] == pytest.approx(7.6, abs=0.3)


def test_three_networks_rebuild_equally_well(told):
    errors = column(told["equal"], "test error")
    for name in ("weight decay", "noise", "contractive"):
        assert errors[name] == pytest.approx(12.6, abs=0.3)


def test_at_equal_error_the_penalty_is_a_fifth_below_weight_decay(told):
    norms = column(told["equal"], "test norm")
    expected = {"contractive": 4.4, "weight decay": 5.5, "noise": 6.3, "plain": 8.9}
    assert sorted(norms, key=norms.get) == list(expected)
    assert norms == pytest.approx(expected, abs=0.15)
    assert norms["contractive"] / norms["weight decay"] == pytest.approx(0.8, abs=0.03)
    assert norms["contractive"] / norms["noise"] == pytest.approx(0.7, abs=0.03)
    assert norms["contractive"] / norms["plain"] == pytest.approx(0.5, abs=0.03)
    relative = column(told["equal"], "relative")
    assert sorted(relative, key=relative.get) == list(expected)


def test_half_of_the_way_is_the_price_of_a_worse_reconstruction(told):
    norms, stopped = column(told["equal"], "test norm"), told["stopped_norm"]
    assert stopped == pytest.approx(6.7, abs=0.1)
    way = (norms["plain"] - stopped) / (norms["plain"] - norms["contractive"])
    assert way == pytest.approx(0.5, abs=0.05)
    assert 0.9 < norms["noise"] / stopped < 1, "hardly more than stopping"


def test_the_contraction_is_best_kept_at_training_images(told):
    ratio = {
        name: row["test norm"] / row["train norm"]
        for name, row in told["equal"].items()
    }
    assert ratio.pop("contractive") == pytest.approx(1.06, abs=0.01)
    assert all(1.005 < value < 1.025 for value in ratio.values())


def test_a_strong_penalty_leaves_the_mean_image(told):
    assert told["collapsed_error"] == pytest.approx(51.5, abs=2)


def test_the_penalty_leaves_twenty_directions_and_weight_decay_32(told):
    directions = column(told["counts"], "directions")
    assert directions == pytest.approx(
        {"plain": 36, "weight decay": 32, "noise": 28, "contractive": 20}, abs=1
    )
    share = column(told["counts"], "first ten")
    assert share["contractive"] == pytest.approx(0.63, abs=0.02)
    assert share["weight decay"] == pytest.approx(0.43, abs=0.02)


def test_a_quarter_of_the_plain_first_direction_lies_in_the_margin(told):
    assert told["margin"] == pytest.approx(0.27, abs=0.05)


def test_shifts_and_turns_survive_the_contraction(told):
    gains = told["gains"]
    ours, decay, plain = (gains[n] for n in ("contractive", "weight decay", "plain"))
    assert ours["random"] / plain["random"] == pytest.approx(0.5, abs=0.03)
    assert ours["shift"] / plain["shift"] == pytest.approx(0.7, abs=0.03)
    assert ours["random"] / decay["random"] == pytest.approx(0.8, abs=0.03)
    assert ours["shift"] / decay["shift"] == pytest.approx(0.95, abs=0.03)
    assert ours["turn"] / decay["turn"] == pytest.approx(1, abs=0.03)
    assert ours["shift/random"] == pytest.approx(3.95, abs=0.15)
    assert plain["shift/random"] == pytest.approx(2.8, abs=0.15)


def test_it_is_stillest_at_digits_and_liveliest_at_shuffled_ones(told):
    where = told["where"]
    assert min(where, key=lambda name: where[name]["digits"]) == "contractive"
    assert max(where, key=lambda name: where[name]["shuffled"]) == "contractive"
    ratio = {name: row["shuffled"] / row["digits"] for name, row in where.items()}
    assert ratio["contractive"] == pytest.approx(1.66, abs=0.06)
    assert 1 < ratio["weight decay"] < 1.1


def test_the_contraction_ratio_falls_least_for_the_contractive_networks(told):
    lines = {name: np.divide(line, line[0]) for name, line in told["ratios"].items()}
    at_16 = told["radii"].index(16)
    assert lines["plain"][at_16] < 0.85
    assert lines["weight decay"][at_16] < 0.95
    assert lines["noise"][at_16] < 0.95
    assert lines["contractive"][at_16] == pytest.approx(1, abs=0.02)
    assert lines["contractive 1.6"][at_16] > 1.02
    assert told["nearest_distance"] == pytest.approx(4.8, abs=0.05)


def test_the_penalty_works_by_flat_sigmoids_and_decay_by_small_weights(told):
    ends, weights = (column(told["ends"], name) for name in ("digits", "weights"))
    expected = {"plain": 0.52, "weight decay": 0.31, "noise": 0.63, "contractive": 0.70}
    assert ends == pytest.approx(expected, abs=0.015)
    assert told["ends"]["contractive"]["shuffled"] < 0.3
    assert weights["contractive"] == pytest.approx(55, abs=1.5)
    assert weights["weight decay"] == pytest.approx(38, abs=1)


def test_a_linear_code_can_shrink_for_nothing(told):
    np.testing.assert_allclose(told["shrink_factors"], 0.01, rtol=1e-4)


def test_untied_the_norm_falls_by_more_than_the_contraction(told):
    before, after = told["cheat"]["untied"], told["cheat"]["untied, 0.4"]
    assert after["encoder"] / before["encoder"] == pytest.approx(0.25, abs=0.02)
    assert 1.02 < after["decoder"] / before["decoder"] < 1.12, "grows a little"
    assert after["norm of J"] / before["norm of J"] < 0.25
    assert after["relative"] / before["relative"] == pytest.approx(0.38, abs=0.02)
    assert after["norm of J"] == pytest.approx(2.75, abs=0.1)
    tied = told["cheat"]["tied, 0.4"]
    assert after["relative"] == pytest.approx(tied["relative"], abs=0.05)
    assert after["test error"] < 0.9 * tied["test error"]


def test_the_code_helps_with_few_labels_and_not_against_noise(told):
    few = column(told["accuracy"], "100 labels")
    expected = {"pixels": 0.76, "plain": 0.78, "weight decay": 0.79}
    assert {n: few[n] for n in expected} == pytest.approx(expected, abs=0.01)
    assert few["contractive"] == pytest.approx(0.81, abs=0.01)
    assert few["noise"] > few["weight decay"] + 0.005
    assert abs(few["noise"] - few["contractive"]) < 0.02, "nearly level"
    noise = column(told["accuracy"], "noise")
    assert max(noise, key=noise.get) == "pixels"
    assert noise["contractive"] < max(noise["weight decay"], noise["noise"])
