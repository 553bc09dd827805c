"""The story of lecture 06 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "06_sparse"
STRANGERS = ("mirrored", "turned", "curves")
SPARSE = ("L1", "KL", "k-sparse")


def test_without_a_penalty_nearly_all_nodes_are_active_and_strangers_copied(told):
    assert told["plain_active"] == pytest.approx(380, abs=12)
    assert told["plain_shares"]["digits"] == pytest.approx(0.04, abs=0.006)
    strangers = [told["plain_shares"][name] for name in STRANGERS]
    assert min(strangers) == pytest.approx(0.08, abs=0.01)
    assert max(strangers) == pytest.approx(0.13, abs=0.015)


def test_lone_leaves_a_tenth_of_the_nodes_and_shifts_weight_to_the_decoder(told):
    assert told["lone_active"] == pytest.approx(36, abs=2.5)
    assert told["lone_active"] < 40
    (plain_in, plain_out), (into, out) = told["plain_lengths"], told["lone_lengths"]
    assert into / plain_in == pytest.approx(0.7, abs=0.04)
    assert 1.38 < out / plain_out < 1.53
    paid = told["lone_paid"]
    assert paid["curves"] / paid["digits"] == pytest.approx(2, abs=0.25)


def test_a_first_half_of_the_divergence_is_no_divergence():
    both = 0.1 * np.log(0.1 / 0.4), 0.9 * np.log(0.9 / 0.6)
    assert both[0] == pytest.approx(-0.139, abs=5e-4)
    assert both[1] == pytest.approx(0.365, abs=5e-4)
    assert sum(both) == pytest.approx(0.226, abs=5e-4)


def test_the_mean_activity_is_on_target_and_leaves_many_nodes_whispering(told):
    assert told["kl_mean"] == pytest.approx(0.05, rel=0.2)
    above_0, above_tenth, above_half = told["kl_active"]
    assert above_0 == 400
    assert above_tenth == pytest.approx(60, abs=8)
    assert above_half == pytest.approx(2, abs=0.7)


def test_k_sparse_ends_a_third_below_pca(told):
    k_25 = told["k_errors"][told["counts"].index(25)]
    assert k_25 / told["pca_error"] == pytest.approx(2 / 3, abs=0.04)
    assert told["pca_error"] == pytest.approx(1.92, abs=0.03)
    assert told["mean_error"] == pytest.approx(10.1, abs=0.1)
    assert told["choice_bits"] == pytest.approx(131, abs=0.5)


def test_sparse_codes_lose_strangers_but_digits_in_proportion(told):
    shares = told["shares"]
    digits = [shares[kind]["digits"] for kind in SPARSE]
    assert 0.115 < min(digits) < max(digits) < 0.165
    strangers = [shares[kind][name] for kind in SPARSE for name in STRANGERS]
    assert min(strangers) > 0.24
    assert max(strangers) < 0.53
    for kind in ("no penalty", *SPARSE, "PCA, 25"):
        for name in STRANGERS:
            assert 1.9 < shares[kind][name] / shares[kind]["digits"] < 4


def test_both_measures_put_the_codes_in_the_same_order(told):
    for measure in (told["lifetime"], told["population"]):
        assert measure["no penalty"] < 0.35
        assert measure["no penalty"] + 0.2 < measure["KL"] < 0.75
        assert measure["L1"] > 0.93
        assert measure["k-sparse"] > 0.93


def test_four_atoms_halve_the_error_of_our_digit(told):
    errors = np.array(told["step_errors"])
    assert len(errors) == 11
    assert (np.diff(errors) < 0.3).all()
    assert errors[4] / errors[0] == pytest.approx(0.5, abs=0.06)
    assert errors[-1] < 0.35 * errors[0]


def test_the_error_falls_with_k_and_the_probe_is_best_at_25(told):
    counts, mistakes = told["counts"], told["k_mistakes"]
    assert counts == [4, 10, 25, 100, 200, 400]
    assert (np.diff(told["k_errors"]) < 0).all()
    assert counts[int(np.argmin(mistakes))] == 25
    assert min(mistakes) == pytest.approx(7, abs=0.8)
    assert mistakes[-1] == pytest.approx(told["pixel_mistakes"], abs=0.5)
    assert told["pixel_mistakes"] == pytest.approx(15, abs=0.3)
    assert max(mistakes[1:5]) < 10 < mistakes[0]


def test_kl_helps_the_probe_and_lone_does_not(told):
    others = told["other_mistakes"]
    assert others["KL"] < others["no penalty"] - 0.8
    assert others["L1"] > others["no penalty"] - 0.3
    assert max(others.values()) < told["pixel_mistakes"] - 3


def test_the_gap_is_smallest_without_a_penalty(told):
    assert told["sizes"] == [100, 500, 4000]
    for row in told["few"]:
        train, test = row["no penalty"]
        for kind in SPARSE:
            assert row[kind][1] - row[kind][0] > 1.25 * (test - train)
            assert row[kind][1] > test


def test_with_the_penalty_the_atoms_are_edges(told):
    assert told["tuned_share"] == pytest.approx(0.57, abs=0.06)
    assert told["blind_share"] == 0
    assert told["upright"] == pytest.approx(0.6, abs=0.1)
    tuned = np.array(told["tuned"])
    frequency = np.array(told["frequency"])[tuned]
    low, high = np.quantile(frequency, [0.1, 0.9])
    assert 0.1 < low < high <= 0.52


def test_noise_is_hardly_selective(told):
    assert told["noise_selectivity"] == pytest.approx(0.12, abs=0.01)
