"""The story of lecture 02 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "02_basic"


def test_the_network_of_the_slides_has_209968_parameters(told):
    assert told["n_parameters"] == 209_968


def test_five_epochs_lose_to_pca_and_thirty_win(told):
    errors = told["errors"]
    assert errors["mean image"] == pytest.approx(52.998, abs=0.01)
    assert errors["PCA-32"] == pytest.approx(13.615, abs=0.01)
    assert errors["PCA-32, clipped"] == pytest.approx(12.333, abs=0.01)
    assert 15.5 < errors["network, 5 epochs"] < 19
    assert 8.8 < errors["network, trained on"] < 10.8


def test_the_loss_starts_near_the_mean_image_and_passes_pca_in_time(told):
    history, bars = told["history"], told["bars"]
    assert len(history["loss"]) == len(history["val_loss"]) == 30
    assert history["loss"][0] == pytest.approx(bars["mean image"], abs=0.05)
    passed = np.argmax(np.array(history["val_loss"]) < bars["PCA-32, clipped"]) + 1
    assert 6 <= passed <= 12
    assert 0.004 < history["val_loss"][-1] - history["loss"][-1] < 0.012
    assert min(history["val_loss"]) > bars["floor"]


def test_the_floor_is_above_zero_and_a_perfect_copy_stands_on_it(told):
    assert told["floor"] == pytest.approx(0.0596, abs=1e-4)
    assert told["perfect"] == pytest.approx(told["floor"], abs=1e-6)
    assert told["bce"] > told["floor"] + 0.03


def test_accuracy_means_nothing(told):
    accuracy = told["accuracy"]
    assert accuracy["accuracy"] < 0.1
    assert accuracy["binary_accuracy"] == pytest.approx(0.81, abs=0.01)
    assert accuracy["binary_accuracy of a perfect copy"] == pytest.approx(
        0.811, abs=0.01
    )


def test_the_halves_are_the_whole_and_numpy_agrees(told):
    assert told["same"] < 1e-5
    assert told["numpy_gap"] < 1e-4
    assert 1 <= told["n_dead"] <= 12


def test_the_lead_over_pca_is_at_small_codes(told):
    network, flat = (np.array(told["by_size"][n]) for n in ("network", "PCA, clipped"))
    assert (np.diff(network) < 0).all()
    assert (network[:5] < flat[:5]).all()
    assert (network[5:] > flat[5:]).all()
    assert np.argmin(network / flat) in (2, 3)
    assert network[2] < 0.8 * flat[2]
    # From 64 to 128 numbers PCA halves its error, and the network hardly moves.
    assert flat[-1] < 0.5 * flat[-2]
    assert network[-1] > 0.9 * network[-2]


def test_more_layers_did_not_help(told):
    hidden = ("", "128, ", "256, 128, ", "512, 256, 128, ")
    none, one, two, three = (told["by_layers"][f"[784, {h}32]"] for h in hidden)
    assert none == pytest.approx(told["errors"]["PCA-32, clipped"], rel=0.06)
    assert one < 0.9 * none
    assert one < two < three


def test_hidden_nodes_help_up_to_a_point(told):
    train, test = (np.array(told["by_nodes"][name]) for name in ("train", "test"))
    assert test[0] > told["errors"]["PCA-32, clipped"]
    assert (np.diff(test) < 0).all()
    assert test[-1] < test[0] / 2
    assert (np.diff(test - train) > 0).all()


def test_each_loss_wins_where_it_is_the_judge_or_nearly(told):
    (error, bce), (error_mse, bce_mse) = told["by_loss"].values()
    assert error < error_mse < 1.1 * error
    assert bce < bce_mse


def test_eight_bits_cost_nothing_and_jpeg_draws_level(told):
    assert told["error_bytes"] == pytest.approx(told["error_float"], rel=0.01)
    assert 28 < told["jpeg_at_equal_error"] < 36
    assert told["png_bytes"] == pytest.approx(169, abs=3)
    assert told["decoder_bytes"] == 421_440
    assert told["header_jpeg"] > 0.6 * told["one_jpeg"]


def test_the_wide_network_has_the_lower_test_error_and_copies_strangers(told):
    assert told["wide_test"] < 0.4 * told["errors"]["network, trained on"]
    narrow, wide = told["relative_bottleneck"], told["relative_wide"]
    for name in ("mirrored", "turned", "curves"):
        assert wide[name] < 0.2
        assert narrow[name] > 0.3
        assert narrow[name] > 0.85 * told["relative_pca"][name]
    assert narrow["noise"] > 1
    assert wide["noise"] > 1


def test_both_networks_memorise_100_images_the_narrow_one_more(told):
    narrow, wide = told["narrow_few"], told["wide_few"]
    assert narrow["mse"][-1] < 1.5
    assert wide["mse"][-1] < 1.5
    assert narrow["val_mse"][-1] > wide["val_mse"][-1] > told["errors"]["PCA-32"]
