"""The story of lecture 07 is what its cells compute."""

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "07_convolutional"


def test_sizes_are_those_in_the_text(told):
    assert told["conv_gap"] < 1e-5
    assert told["sizes_of_3_by_2"] == {"27": 13, "28": 13}
    assert told["halvings"] == [28, 14, 7, 4]


def test_the_matrix_does_the_same_and_its_transpose_undoes_nothing(told):
    assert told["matrix_gap"] < 1e-9
    assert (told["not_zero"], told["free"]) == (144, 9)
    assert told["left_side"] == pytest.approx(told["right_side"], rel=1e-9)
    assert told["undo_error"] > 1000


def test_deconvolution_is_convolution(told):
    assert set(told["recipe_gaps"]) == {"1", "2", "3"}
    assert max(told["recipe_gaps"].values()) < 1e-5


def test_the_kernel_of_three_covers_unevenly(told):
    assert list(told["counts"].values()) == [[1, 2, 4], [4], [9]]


def test_stored_places_beat_a_fixed_one_and_lose_to_filling_the_window(told):
    errors = told["way_errors"]
    assert errors["stored place"] == pytest.approx(54, abs=0.5)
    assert errors["fixed place"] == pytest.approx(75, abs=0.5)
    assert errors["maximum repeated"] == pytest.approx(33, abs=0.5)
    assert errors["average repeated"] == pytest.approx(13, abs=0.5)
    assert told["mean_error"] == pytest.approx(53, abs=0.05)


def test_locations_lower_the_error_by_more_than_a_quarter(told):
    assert told["with_error"] < 0.75 * told["without_error"]
    assert 5.5 < told["with_error"] < 10.5
    assert 12.5 < told["without_error"] < 14.5
    bars = told["bars"]
    assert bars["floor"] < told["with_places"][-1] < told["without_places"][-1]
    assert told["with_places"][-1] < bars["PCA-32, clipped"] < bars["mean image"]


def test_the_locations_are_the_longer_code(told):
    assert told["code_bits"] == 1024
    assert told["place_bits"] == 8 * 588
    assert 4 < told["place_bits"] / told["code_bits"] < 5


def test_the_locations_draw_the_picture(told):
    assert 1.7 < told["to_code"] / told["to_places"] < 2.8
    assert told["blind_error"] < 0.4 * told["mean_error"]


def test_convolutional_networks_are_below_the_dense_line(told):
    parameters, errors = np.array(told["parameters"]), np.array(told["errors"])
    assert parameters.tolist()[1] == 53_104
    assert parameters.tolist()[5] == 45_057
    assert errors[1] == pytest.approx(19, abs=0.8)
    assert errors[5] < 15
    assert (np.diff(errors[:4]) < 0).all()
    dense = np.interp(np.log(parameters[4:]), np.log(parameters[:4]), errors[:4])
    assert (errors[4:] < dense).all()
    # Parameters of a dense network with the error of a convolutional one.
    needed = np.exp(np.interp(-errors[4:6], -errors[:4], np.log(parameters[:4])))
    assert (needed / parameters[4:6] > 2).all()
    assert (needed / parameters[4:6] < 5).all()
    assert told["slower"] > 2


def test_resizing_doubles_best_and_the_kernel_of_three_worst(told):
    _, _, _, dense, _, resize, three, four = told["errors"]
    assert resize < four < three
    assert resize == pytest.approx(told["pca_error"], rel=0.06)
    assert dense < told["pca_error"] == pytest.approx(13.615, abs=0.01)
