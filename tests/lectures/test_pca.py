"""The story of lecture 01 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "01_pca"


def test_the_mean_image_is_the_first_bar(told):
    assert told["mean_error"] == pytest.approx(52.998, abs=0.01)


def test_the_three_routes_agree(told):
    assert told["route_gap"] < 1e-9


def test_the_error_of_30_components(told):
    assert told["dropped"] == pytest.approx(13.948, abs=0.002)
    assert told["train_error"] == pytest.approx(told["dropped"], abs=1e-3)
    assert told["test_error"] == pytest.approx(14.286, abs=0.002)


def test_late_components_suit_the_training_digits_alone(told):
    train, test = (
        np.array(told["pca_errors"][f"{part} digits"]) for part in ("training", "test")
    )
    assert (test[:6] / train[:6] < 1.03).all()  # up to 30 components
    assert test[-2] / train[-2] == pytest.approx(1.1, abs=0.01)  # 128
    assert test[-1] / train[-1] == pytest.approx(1.25, abs=0.01)  # 256


def test_clipping_alone_takes_a_good_unit_off(told):
    assert told["test_error"] - told["clipped_error"] == pytest.approx(1.28, abs=0.05)
    assert 0.28 < told["outside"] < 0.38


def test_five_numbers_leave_an_error_and_three_hundred_hardly_any(told):
    assert sorted(told["digit_errors"], reverse=True) == list(told["digit_errors"])
    assert told["digit_errors"][-1] < 2


def test_two_numbers_are_not_enough_for_the_class_and_thirty_are(told):
    accuracy = {int(k): v for k, v in dict(told["accuracy"]).items()}
    assert 0.3 < accuracy[2] < 0.55
    assert accuracy[30] > 0.9


def test_the_linear_autoencoder_reaches_pca_and_not_less(told):
    ratio = told["linear_error"] / told["pca_error"]
    assert 1 - 1e-6 < ratio < 1.01
    assert told["linear_test"] / told["pca_test"] == pytest.approx(1, abs=0.01)


def test_all_three_networks_find_the_subspace(told):
    assert max(told["seed_angles"]) < 1
    assert told["pair_angle"] < 1


def test_after_five_epochs_the_loss_is_near_and_an_angle_is_not(told):
    assert 1.01 < told["loss"][4] / told["loss"][-1] < 1.08
    assert np.max(told["angles"][4]) > 10


def test_the_axes_are_lost_in_the_weights_and_found_in_the_reconstructions(told):
    assert np.mean(told["best_match"]) < 0.75
    assert np.mean(told["singular_match"]) < 0.75
    assert np.min(told["axes"]) > 0.99


def test_a_code_of_thirty_has_the_error_but_not_the_subspace(told):
    assert 1 - 1e-6 < told["wide_ratio"] < 1.01
    assert told["wide_angle"] > 5
    gaps = {int(k): v for k, v in dict(told["gaps"]).items()}
    assert gaps[30] < 1.1 < gaps[16]


def test_curves_of_six_numbers_need_many_components(told):
    assert told["curves_needed"] == pytest.approx(159, abs=5)
    assert 0.15 < told["curves_six"] < 0.35


def test_the_bars_of_the_training_plot(told):
    assert told["mean_train"] == pytest.approx(52.77, abs=0.05)
    assert told["pca_error"] == pytest.approx(21.119, abs=0.005)
