"""Each picture is what it was asked to be, and its text says so."""

import io

import matplotlib.pyplot as plt
import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell
from PIL import Image

from cs5045ae import figures
from cs5045ae.figures import plots
from cs5045ae.figures.plots import _apart

RNG = np.random.default_rng(0)


def pixels(picture):
    return np.asarray(Image.open(io.BytesIO(picture.png)).convert("L"), dtype=float)


def test_a_picture_goes_out_as_png_html_and_text_each_with_its_words():
    fig, _ = plt.subplots()
    picture = figures.describe(fig, 'A "line" & more.')
    shell = InteractiveShell.instance()
    data, metadata = shell.display_formatter.format(picture)
    assert set(data) == {"image/png", "text/html", "text/plain"}
    assert metadata["image/png"]["alt"] == 'A "line" & more.'
    assert 'alt="A &quot;line&quot; &amp; more."' in data["text/html"]
    assert 'A "line" & more.' in data["text/plain"]
    assert not plt.fignum_exists(fig.number)


def test_a_figure_without_words_is_refused():
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match="alternative text"):
        figures.describe(fig, "  ")


@pytest.mark.parametrize("shape", [(784,), (28, 28), (28, 28, 1)])
def test_the_three_shapes_of_an_image_give_the_same_picture(shape):
    x = RNG.random((3, 784))
    same = figures.image_grid(x.reshape(3, *shape))
    np.testing.assert_array_equal(pixels(same), pixels(figures.image_grid(x)))


def test_ink_is_dark_and_values_out_of_range_are_cut():
    black, white = (
        figures.image_grid(np.ones((1, 784))),
        figures.image_grid(np.zeros((1, 784))),
    )
    assert pixels(black).mean() < 100 < 200 < pixels(white).mean()
    np.testing.assert_array_equal(
        pixels(black), pixels(figures.image_grid(np.full((1, 784), 7.0)))
    )


@pytest.mark.parametrize(
    "x", [np.zeros((2, 785)), np.zeros((0, 784)), np.zeros(784), np.zeros((2, 3, 3, 3))]
)
def test_what_is_no_image_is_refused(x):
    with pytest.raises(ValueError, match="image"):
        figures.image_grid(x)


def test_labels_must_match():
    with pytest.raises(ValueError, match="2 labels for 3 images"):
        figures.image_grid(np.zeros((3, 784)), labels=["a", "b"])


def test_reconstructions_are_told_with_the_summed_squared_error():
    x = np.zeros((2, 784))
    x_hat = x.copy()
    x_hat[:, :5] = 1  # five pixels off by one: an error of 5
    picture = figures.original_and_reconstruction(x, {"five off": x_hat})
    assert "five off, with a squared error of 5.0 on average" in picture.alt
    with pytest.raises(ValueError, match="'short' has shape"):
        figures.original_and_reconstruction(x, {"short": x[:1]})


def test_curves_are_told_by_their_ends_and_bars():
    picture = figures.curves(
        [2, 4, 8],
        {"train": [9.0, 5.0, 1.0], "test": [10.0, 6.0, 2.0]},
        xlabel="code size",
        ylabel="squared error",
        baselines={"mean image": 52.9},
    )
    for words in (
        "train goes from 9 to 1",
        "test goes from 10 to 2",
        "mean image, 52.9",
    ):
        assert words in picture.alt


def test_training_curves_take_what_keras_writes_down():
    history = {"loss": [0.3, 0.2], "val_loss": [0.35, 0.25]}
    picture = figures.training_curves(history, baselines={"floor": 0.06})
    assert "train from 0.3 to 0.2 in 2 epochs" in picture.alt
    assert "test from 0.35 to 0.25" in picture.alt


@pytest.mark.parametrize("points", [2, 20, 21, 300])
def test_lines_can_be_told_without_their_colours(points, monkeypatch):
    monkeypatch.setattr(plots, "describe", lambda fig, alt: fig)
    lines = {name: np.arange(points) + i for i, name in enumerate("abcd")}
    drawn = (
        figures.training_curves(lines),
        figures.curves(np.arange(points), lines, xlabel="x", ylabel="y"),
    )
    for fig in drawn:
        artists = fig.axes[0].get_lines()
        assert len({line.get_marker() for line in artists} - {"", "None"}) == 4
        spots = [line.get_markevery() for line in artists]
        assert all(1 <= len(range(points)[s::step]) <= 20 for s, step in spots)
        plt.close(fig)


def test_a_map_wants_one_class_for_each_code():
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        figures.latent_map(np.zeros((5, 3)), np.zeros(5))
    with pytest.raises(ValueError, match=r"\(n, 2\)"):
        figures.latent_map(np.zeros((5, 2)), np.zeros(4))
    assert "5 codes" in figures.latent_map(np.zeros((5, 2)), np.arange(5)).alt


def test_a_map_tells_where_each_class_lies():
    z = np.array([[0, 1], [0, 3], [0.5, 2], [-4, 1], [-4, 1.5], [9, 1.25]])
    alt = figures.latent_map(z, [7, 7, 7, 2, 2, 2]).alt
    assert "6 codes" in alt
    assert alt.endswith("the medians of the classes: 2 at (-4, 1.2), 7 at (0, 2).")


def test_filters_are_scaled_one_by_one_and_zero_is_white():
    weights = np.zeros((2, 784))
    weights[0, :392], weights[1, :392] = 1e-3, 1e3
    first, second = np.split(pixels(figures.filters(weights)), 2, axis=1)
    assert abs(first.mean() - second.mean()) < 3
    assert pixels(figures.filters(np.zeros((1, 784)))).mean() > 230


def test_equal_labels_in_a_row_are_told_once():
    labels = ["query", "0", "0", "0", "1", "0"]
    alt = figures.image_grid(RNG.random((6, 784)), labels=labels).alt
    assert alt.endswith("labelled query, 3 times 0, 1, 0.")


def test_one_image_is_told_in_the_singular():
    assert "1 image." in figures.image_grid(np.zeros((1, 784))).alt


def test_what_cannot_be_drawn_is_told_in_a_notebook_without_frames():
    with pytest.raises(ValueError, match="expected images") as caught:
        figures.image_grid(np.zeros(1))
    (shown,) = caught.value._render_traceback_()
    assert shown.startswith("Nothing is drawn: expected images")


def test_names_of_a_map_do_not_lie_on_each_other():
    spots = np.array([[0.5, 0.5], [0.5, 0.5], [0.51, 0.5], [0.1, 0.9]])
    apart = _apart(spots)
    gaps = np.hypot(*(apart[:, None] - apart[None]).transpose(2, 0, 1))
    assert gaps[np.triu_indices(4, 1)].min() > 0.07
    np.testing.assert_array_equal(apart[3], spots[3])


@pytest.mark.parametrize("count", [1, 2, 3, 10, 25])
def test_a_grid_is_neither_a_thumbnail_nor_wider_than_a_notebook_column(count):
    x = RNG.random((count, 784))
    for picture in (
        figures.image_grid(x, columns=25),
        figures.filters(x, columns=25, labels=["w"] * count),
        figures.original_and_reconstruction(x, x),
    ):
        assert 240 <= picture.width <= 800


def test_a_wide_figure_of_ones_own_is_shown_no_wider_than_a_notebook_column():
    fig, _ = plt.subplots(figsize=(11, 2))
    assert figures.describe(fig, "An empty frame.").width == 800
