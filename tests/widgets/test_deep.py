"""The map of lecture 03 follows its sliders, tells its neighbours, and is quick."""

import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.reference.deep_training import initial_layers
from cs5045ae.widgets.deep import deep_widget
from tests.widgets import REDRAWN


@pytest.fixture(scope="module")
def parts():
    layers = initial_layers([784, 9, 2, 9, 784], "he", seed=3)
    rng = np.random.default_rng(0)
    return layers, rng.random((40, 784), dtype=np.float32), np.arange(40) % 4, 2


def sliders(widget):
    return {control.description: control for control in widget.children[:2]}


def by_hand(layers, x):
    """Two layers of the encoder, written out."""
    (a, b), (c, d) = layers[:2]
    return np.maximum(x @ a + b, 0) @ c + d


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def panel(widget, i):
    return np.asarray(widget._fig.axes[i].images[0].get_array()).ravel()


def test_it_starts_at_the_first_image(parts):
    widget = deep_widget(*parts)
    code = by_hand(parts[0], parts[1][0])
    assert [s.value for s in sliders(widget).values()] == pytest.approx(code, abs=1e-5)
    assert "the nearest code is that of a 0, at a distance of 0.00" in widget.caption


def test_the_caption_tells_the_five_nearest_codes(parts):
    layers, x, y, _ = parts
    widget = deep_widget(*parts)
    codes = by_hand(layers, x)
    goal = codes[7] + [0.1, -0.2]
    for slider, value in zip(sliders(widget).values(), goal, strict=True):
        slider.value = value
    at = np.array([s.value for s in sliders(widget).values()])
    order = sorted(range(40), key=lambda i: np.linalg.norm(codes[i] - at))[:5]
    far = np.linalg.norm(codes[order[0]] - at)
    assert widget.caption == (
        f"Code ({at[0]:.2f}, {at[1]:.2f}): the nearest code is that of a "
        f"{y[order[0]]}, at a distance of {far:.2f}. The 5 nearest: "
        f"{', '.join(str(y[i]) for i in order)}."
    )
    assert panel(widget, 2) == pytest.approx(x[order[0]])
    assert widget._moving[0].get_xydata() == pytest.approx(at[None])


def test_sliders_span_the_codes(parts):
    codes = by_hand(parts[0], parts[1])
    for i, slider in enumerate(sliders(deep_widget(*parts)).values()):
        assert slider.min == pytest.approx(codes[:, i].min(), abs=1e-5)
        assert slider.max == pytest.approx(codes[:, i].max(), abs=1e-5)


@pytest.mark.parametrize("name", ["First number", "Second number"])
def test_each_slider_moves_the_mark_and_the_decoded_image(parts, name):
    widget = deep_widget(*parts)
    slider, before = sliders(widget)[name], pixels(widget)
    slider.value = slider.max
    gap = np.abs(pixels(widget) - before)
    plane, rest = gap.shape[1] * 40 // 100, gap.shape[1] * 45 // 100
    assert gap[:, :plane].max() > 40
    assert gap[:, rest : gap.shape[1] * 70 // 100].max() > 20


def test_the_decoded_image_is_that_of_the_point(parts):
    widget = deep_widget(*parts)
    for slider in sliders(widget).values():
        slider.value = slider.min
    z = np.array([s.value for s in sliders(widget).values()])
    (a, b), (c, d) = parts[0][2:]
    image = 1 / (1 + np.exp(-(np.maximum(z @ a + b, 0) @ c + d)))
    assert panel(widget, 1) == pytest.approx(image, abs=1e-5)


def test_classes_are_named_on_the_map_and_not_on_each_other(parts):
    texts = deep_widget(*parts)._fig.axes[0].texts
    assert [text.get_text() for text in texts] == ["0", "1", "2", "3"]
    spots = np.array([text.get_position() for text in texts])
    gaps = np.hypot(*(spots[:, None] - spots[None]).transpose(2, 0, 1))
    assert gaps[np.triu_indices(4, 1)].min() > 0.09
    assert ((spots > 0) & (spots < 1)).all()


def test_what_can_not_be_drawn_is_refused(parts):
    layers, x, y, code = parts
    for k in (1, 3):
        with pytest.raises(ValueError, match="two numbers"):
            deep_widget(initial_layers([784, k, 784], "he", 0), x, y, 1)
    with pytest.raises(ValueError, match="at least 5 images"):
        deep_widget(layers, x[:4], y[:4], code)


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = deep_widget(*parts)
    slider, times = sliders(widget)["First number"], []
    for value in np.linspace(slider.min, slider.max, 15):
        start = time.process_time()
        slider.value = value
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
