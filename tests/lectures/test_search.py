"""The story of lecture 08 is what its cells compute."""

from itertools import pairwise

import numpy as np
import pytest

pytestmark = pytest.mark.slow
LECTURE = "08_search"


def test_bits_find_about_as_pixels_do_and_better_than_random_bits(told):
    p10 = told["p10"]
    assert 0.86 < p10["pixels"] < 0.875
    assert p10["pixels"] < p10["256 bits"] < p10["256 numbers"] < p10["pixels"] + 0.03
    assert 0.035 < p10["256 bits"] - p10["random bits"] < 0.06


def test_the_cut_costs_the_picture_and_not_the_search(told):
    assert told["four"] == 4
    way = told["way"]
    for name in ("plain", "noisy", "rounding"):
        assert way[name][3] > way[name][2] - 0.015
    for name in ("plain", "noisy"):
        assert way[name][1] > 1.4 * way[name][0]
    assert way["rounding"][1] < way["rounding"][0]
    assert way["rounding"][1] == pytest.approx(way["plain"][0], abs=1.5)
    assert way["noisy"][0] > max(way["rounding"][1], way["plain"][0])
    assert way["noisy"][3] > max(way["plain"][3], way["rounding"][3])


def test_an_unbalanced_bit_tells_less(told):
    balance = told["balance"]
    assert 0 < balance["50%"] - balance["25%"] < 0.03
    assert balance["5%"] / balance["50%"] == pytest.approx(0.6, abs=0.05)


def test_trained_bits_find_more_at_equal_precision_though_not_at_equal_radius(told):
    at = told["at_80"]
    assert at["random bits"] + 0.01 < at["256 bits"] < 0.25
    ours = np.array(told["found"]["256 bits"])
    random = np.array(told["found"]["random bits"])
    middle = slice(5, 9)  # 60 to 90 bits
    assert (ours[1, middle] < random[1, middle]).all()
    assert (ours[0, middle] > random[0, middle]).all()
    assert ours[1, 0] > 0.99
    assert ours[0, 0] < 0.01


def test_who_wins_when_queries_are_spoiled(told):
    kinds = ("as it is", "shifted", "noisy", "thicker", "turned")
    pixels, numbers, bits, random = np.array([told["table"][k] for k in kinds]).T
    clean, shifted, noisy, thicker, turned = range(5)
    for space in (pixels, numbers, bits, random):
        assert 0.4 < space[shifted] / space[clean] < 0.6
    assert pixels[noisy] > pixels[clean] - 0.03
    assert 0.4 < bits[noisy] / bits[clean] < 0.62
    assert 0.4 < numbers[noisy] / numbers[clean] < 0.62
    assert bits[noisy] < random[noisy] < pixels[noisy]
    for kind in (thicker, turned):
        assert numbers[kind] > max(pixels[kind], bits[kind])
        assert abs(bits[kind] - pixels[kind]) < 0.03
        assert random[kind] < min(pixels[kind], bits[kind])


def test_real_buckets_are_less_even_than_the_formula(told):
    assert 0.3 < told["places"] / 4096 < 0.4
    assert told["fullest"] > 24


def test_the_picture_of_a_ball_shows_each_of_its_distances(told):
    away = told["bits_away"]
    assert [away.count(bits) for bits in "012"] == [9, 10, 10]
    rows = sorted(told["stages"].items())
    size, pure, precision = np.array([values for _, values in rows]).T
    assert 30 < size[1] < 45, "three times the 12.7 of the formula"
    assert 0.05 < size[3] / 4000 < 0.12
    assert precision[3] > told["p10"]["256 bits"] - 0.02
    assert precision[0] < 0.5
    assert (np.diff(pure) < 0).all()
    assert pure[1] == pytest.approx(0.72, abs=0.06)
    assert pure[2] == pytest.approx(0.56, abs=0.06)


def test_numpy_and_faiss_agree_and_groups_nearly_do(told):
    assert told["agree"] is True
    assert 0.92 < told["p10_many"] < 0.96
    assert told["p10_many"] > told["p10"]["256 bits"] + 0.03
    recalls = np.array(told["recalls"])
    assert (np.diff(recalls) > 0).all()
    assert recalls[0] < 0.8
    assert recalls[-1] > 0.99


def test_the_network_of_2011_has_the_weights_that_the_text_counts(told):
    sizes = [3072, 8192, 4096, 2048, 1024, 512, 256]
    layers = [before * after for before, after in pairwise(sizes)]
    assert told["paper_weights"] == sum(layers) == 69_861_376
    assert round(100 * sum(layers[:2]) / sum(layers)) == 84
