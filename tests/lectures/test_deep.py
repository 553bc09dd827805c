"""The story of lecture 03 is what its cells compute."""

import numpy as np
import pytest

from cs5045ae.reference.deep import count_parameters

pytestmark = pytest.mark.slow
LECTURE = "03_deep"


def test_the_papers_network_has_thirteen_times_the_parameters(told):
    assert told["paper_parameters"] == 2_837_314
    for sizes in ([784, 128, 32], [784, 128, 30]):
        assert 13 < told["paper_parameters"] / count_parameters(sizes) < 14


def test_six_numbers_of_a_deep_network_beat_18_components(told):
    bars = told["line_bars"]
    assert bars["PCA, 6 components"] == pytest.approx(2.9, abs=0.05)
    assert bars["PCA, 18 components"] == pytest.approx(1.7, abs=0.05)
    assert told["logistic_error"] == pytest.approx(bars["PCA, 6 components"], abs=0.05)
    assert told["deep_error"] == pytest.approx(1.4, abs=0.1)
    assert told["deep_error"] < bars["PCA, 18 components"]
    assert 22 <= told["components_needed"] <= 28


def test_with_1000_curves_the_same_network_overfits_by_a_unit(told):
    assert told["few_test"] - told["few_train"] == pytest.approx(1, abs=0.25)
    assert told["few_test"] - told["deep_error"] == pytest.approx(1, abs=0.25)


def test_on_4000_digits_the_large_network_overfits_and_loses(told):
    large, small = (
        {part: np.array(told[f"{name}_{part}"]) for part in ("train", "test")}
        for name in ("large", "small")
    )
    assert len(small["test"]) == 2 * len(large["test"])
    assert large["train"][-1] == pytest.approx(small["train"][-1], abs=1.2)
    assert large["test"][-1] > small["test"][-1] + 1
    assert large["test"][-1] == pytest.approx(11.5, abs=1.3)
    bar = told["digit_bars"]["PCA, 30 components"]
    assert bar == pytest.approx(13.0, abs=0.05)
    assert 0.8 * bar < large["test"][-1] < bar
    gap = {name: net["test"] - net["train"] for name, net in
           (("large", large), ("small", small))}  # fmt: skip
    assert gap["large"][-1] > 1.5 * gap["small"][-1]


def test_the_map_names_almost_seven_of_ten(told):
    assert told["knn"]["PCA"] == pytest.approx(0.43, abs=0.005)
    assert told["knn"]["deep"] == pytest.approx(0.695, abs=0.025)
    assert told["map_errors"][-1] < 0.8 * told["map_pca_error"]


def test_the_decoder_has_to_be_deep_and_symmetry_is_not_needed(told):
    error, count = told["symmetric"], told["parameters"]
    bar = told["tiny_bars"]["PCA, 10 components"]
    whole = error["deep, deep"]
    assert error["code, deep decoder"] == pytest.approx(whole, abs=0.2)
    assert error["one hidden layer in each"] == pytest.approx(whole, abs=0.2)
    assert 0.88 * bar < error["deep encoder, output"] < bar
    assert error["code, output"] == pytest.approx(bar, abs=0.2)
    assert error["deep, deep, tied"] < whole + 0.05
    assert count["deep, deep, tied"] / count["deep, deep"] == pytest.approx(
        0.5, abs=0.01
    )
    assert count["code, deep decoder"] == count["deep encoder, output"]


def test_small_weights_wipe_the_signal_out(told):
    small = np.array(told["spread"]["sigmoid, N(0, 0.01)"])
    falls = small[:-1] / small[1:]
    assert falls.min() > 20
    assert falls.max() < 50
    assert small[-1] < 5e-6
    for name in ("sigmoid, after RBMs", "ReLU, He"):
        kept = np.array(told["spread"][name])
        assert kept.max() / kept.min() < 10


def test_then_and_now(told):
    end = {name: line[-1] for name, line in told["best"].items()}
    mean, pca = (told["tiny_bars"][k] for k in ("mean image", "PCA, 10 components"))
    adam, descent = end["ReLU, He, Adam"], end["ReLU, He, descent"]
    pretrained = end["the same, pre-trained"]
    assert end["sigmoid, N(0, 0.01), descent"] == pytest.approx(mean, abs=0.1)
    assert adam < pretrained < pca < descent < 0.7 * mean
    assert adam == pytest.approx(2.8, abs=0.2)


def test_optimiser_and_weights_both_matter(told):
    end = {name: line[-1] for name, line in told["sigmoids"].items()}
    mean, pca = (told["tiny_bars"][k] for k in ("mean image", "PCA, 10 components"))
    assert end["N(0, 0.01), descent"] == pytest.approx(mean, abs=0.2)
    assert 0.7 * mean < end["N(0, 0.01), Adam"] < 0.85 * mean
    assert 0.8 * mean < end["He, descent"] < 0.95 * mean
    late = np.array(told["sigmoids"]["He, descent"])
    assert np.argmax(late[1:] < mean - 0.5) + 1 >= 20
    assert end["He, Adam"] == pytest.approx(pca, abs=0.6)
