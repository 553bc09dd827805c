import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.reference.pca import (
    center,
    principal_components,
    project,
    reconstruct,
    reconstruction_error,
)
from cs5045ae.widgets.pca import pca_widget
from tests.widgets import REDRAWN


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    pixels = rng.uniform(size=(60, 12)) @ rng.uniform(size=(12, 784)) / 12
    _, mean = center(pixels)
    components, variances = principal_components(pixels, 784, route="covariance")
    return pixels[:4], mean, components, variances


def controls(widget):
    slider, menu, _ = widget.children
    return slider, menu


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def test_the_caption_tells_share_and_error_as_the_reference_computes_them(parts):
    x, mean, components, variances = parts
    widget = pca_widget(*parts, most=12)
    slider, menu = controls(widget)
    for k, image in [(0, 0), (1, 2), (7, 3), (12, 1)]:
        slider.value, menu.value = k, image
        rows = components[:k]
        x_hat = reconstruct(project(x[image][None], mean, rows), mean, rows)
        error = reconstruction_error(x[image][None], x_hat)
        share = 100 * variances[:k].sum() / variances.sum()
        assert f"squared error {error:.1f}." in widget.caption
        assert f"carry {share:.1f} %" in widget.caption
        assert f"image {image} from the mean and {k} component" in widget.caption


def test_slider_and_menu_change_the_picture(parts):
    widget = pca_widget(*parts, most=12)
    slider, menu = controls(widget)
    slider.value = 0
    before = pixels(widget)
    slider.value = 12
    after = pixels(widget)
    third = before.shape[1] // 4
    for part in range(4):
        if part == 0:  # the original stays
            continue
        columns = slice(part * third, (part + 1) * third)
        assert np.abs(before[:, columns] - after[:, columns]).max() > 50, part
    menu.value = 2
    assert np.abs(after[:, :third] - pixels(widget)[:, :third]).max() > 20


def test_the_original_does_not_change_with_the_slider(parts):
    widget = pca_widget(*parts, most=12)
    slider, _ = controls(widget)
    slider.value = 0
    before = pixels(widget)
    slider.value = 12
    fifth = before.shape[1] // 6
    assert np.array_equal(before[:, :fifth], pixels(widget)[:, :fifth])


def test_controls_are_labelled_and_work_in_steps_of_one(parts):
    slider, menu = controls(pca_widget(*parts, most=12, labels=list("abcd")))
    assert slider.description == "Components"
    assert menu.description == "Image"
    assert (slider.min, slider.max, slider.step, slider.value) == (0, 12, 1, 10)
    assert [name for name, _ in menu.options] == list("abcd")


def test_too_few_components_are_refused(parts):
    x, mean, components, variances = parts
    with pytest.raises(ValueError, match="smaller `most`"):
        pca_widget(x, mean, components[:5], variances, most=12)


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = pca_widget(*parts)
    slider, _ = controls(widget)
    times = []
    for k in range(0, 100, 4):
        start = time.process_time()
        slider.value = k
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
