import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.reference.basic import forward
from cs5045ae.reference.pca import (
    center,
    principal_components,
    project,
    reconstruct,
    reconstruction_error,
)
from cs5045ae.widgets.basic import basic_widget
from tests.widgets import REDRAWN

SIZES = (2, 5, 9)


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    x = (rng.uniform(size=(60, 12)) @ rng.uniform(size=(12, 784)) / 12).clip(0, 1)
    _, mean = center(x)
    components, _ = principal_components(x, 9, route="gram")
    networks = {
        k: [rng.normal(size=s) / 4 for s in [(784, k), (k,), (k, 784), (784,)]]
        for k in SIZES
    }
    return {"one": x[0], "two": x[1]}, networks, mean, components, x


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def test_the_caption_tells_both_errors_as_the_reference_computes_them(parts):
    _, networks, mean, components, x = parts
    widget = basic_widget(*parts)
    for k in SIZES:
        widget.children[0].value = k
        rows = components[:k]
        flat = reconstruct(project(x, mean, rows), mean, rows).clip(0, 1)
        own = forward(networks[k], x, linear_code=True)
        assert f"A code of {k} numbers" in widget.caption
        assert f"error of {reconstruction_error(x, own):.1f}, " in widget.caption
        assert f"one of {reconstruction_error(x, flat):.1f}." in widget.caption


def test_the_slider_changes_reconstructions_and_marker_and_not_the_originals(parts):
    widget = basic_widget(*parts)
    slider = widget.children[0]
    slider.value = 2
    before = pixels(widget)
    slider.value = 9
    moved = np.abs(before - pixels(widget))
    height, width = moved.shape
    left = width * 5 // 14
    assert moved[: height // 3, :left].max() == 0
    assert moved[height * 2 // 5 : height * 3 // 5, :left].max() > 20, "network"
    assert moved[height * 2 // 3 :, :left].max() > 20, "PCA"
    assert moved[:, width // 2 :].max() > 50, "marker"


def test_the_control_is_labelled_and_offers_the_sizes(parts):
    slider = basic_widget(*parts).children[0]
    assert slider.description == "Numbers in the code"
    assert slider.options == SIZES
    assert slider.value == 2


def test_too_few_components_or_no_network_are_refused(parts):
    images, networks, mean, components, x = parts
    with pytest.raises(ValueError, match="at least as many components"):
        basic_widget(images, networks, mean, components[:8], x)
    with pytest.raises(ValueError, match="pass a network"):
        basic_widget(images, {}, mean, components, x)


def test_an_update_does_not_redraw_the_whole_figure(parts):
    slider = basic_widget(*parts).children[0]
    times = []
    for k in SIZES * 5:
        start = time.process_time()
        slider.value = k
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
