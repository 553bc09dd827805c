"""The drawings fit a notebook column, and their text says what they show."""

import io

import numpy as np
import pytest
from PIL import Image

from cs5045ae import figures

MAP = np.array([[1, 3, 2, 0], [4, 2, 1, 5], [0, 1, 9, 2], [7, 6, 3, 8]])
DRAWINGS = {
    "cake": lambda: figures.cake(),
    "convolutional": lambda: figures.convolutional([(28, 1), (14, 8), (7, 16)], 32),
    "denoising": lambda: figures.denoising(np.eye(28), 1 - np.eye(28)),
    "layer_by_layer": lambda: figures.layer_by_layer([784, 1000, 500, 250, 30]),
    "network": lambda: figures.network([784, 1000, 500, 30, 500, 1000, 784]),
    "pca_network": lambda: figures.pca_network(784, 16),
    "pooling_locations": lambda: figures.pooling_locations(MAP),
    "variational": lambda: figures.variational(784, 2),
}


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("L"), dtype=float)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_fits_a_notebook_column_and_touches_no_edge(name):
    picture = DRAWINGS[name]()
    assert 240 <= picture.width <= 800
    ink = pixels(picture) < 200
    assert ink.any()
    edges = (ink[0], ink[-1], ink[:, 0], ink[:, -1])
    assert not any(edge.any() for edge in edges)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("cake", "unsupervised learning, which is told the whole image"),
        ("convolutional", "z with 32 numbers"),
        ("denoising", "compares the output with the clean digit"),
        ("layer_by_layer", "784, 1,000, 500, 250, 30"),
        ("pca_network", "z with 16 numbers"),
        ("pooling_locations", "4, 5, 7, 9"),
        ("variational", "mu plus sigma times eps"),
    ],
)
def test_the_alternative_text_holds_what_is_drawn(name, words):
    assert words in DRAWINGS[name]().alt


@pytest.mark.parametrize("count", [2, 4, 6])
def test_layer_by_layer_draws_every_pair(count):
    sizes = [2 ** (10 - i) for i in range(count + 1)]
    assert f"{count} pairs" in figures.layer_by_layer(sizes).alt


def test_unpooling_puts_each_maximum_back_at_its_place():
    """A maximum that moves within its window changes the right table as well."""
    moved = MAP.copy()
    moved[0, 1], moved[1, 0] = 4, 3
    one, other = (pixels(figures.pooling_locations(m)) for m in (MAP, moved))
    right = slice(int(0.7 * one.shape[1]), None)
    assert not np.array_equal(one[:, right], other[:, right])


def test_a_map_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=r"shape \(4, 4\), not \(2, 2\)"):
        figures.pooling_locations(np.ones((2, 2)))
