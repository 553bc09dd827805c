"""A live picture follows its controls and keeps its words."""

import base64
import io

import ipywidgets
import matplotlib.pyplot as plt
import numpy as np
import pytest
from PIL import Image

from cs5045ae.widgets.stage import LivePicture


def live():
    fig, ax = plt.subplots(figsize=(3, 2))
    image = ax.imshow(np.zeros((4, 4)), vmin=0, vmax=1, cmap="gray_r")

    def update(level):
        image.set_data(np.full((4, 4), level))
        return f"ink at {level:.1f} <of 1>"

    slider = ipywidgets.FloatSlider(min=0, max=1, step=0.1, description="level")
    return LivePicture(fig, [image], update, {"level": slider}), slider


def ink(picture):
    return 255 - np.asarray(Image.open(io.BytesIO(picture.png)).convert("L")).mean()


def test_the_picture_and_its_words_follow_the_control():
    picture, slider = live()
    before, sent = ink(picture), picture.children[-1].value
    slider.value = 1.0
    assert ink(picture) > before + 50
    assert picture.caption == "ink at 1.0 <of 1>"
    after = picture.children[-1].value
    assert after != sent
    assert 'alt="ink at 1.0 &lt;of 1&gt;"' in after
    assert 'aria-live="polite"' in after
    slider.value = 0.0
    assert ink(picture) == before


def test_where_no_kernel_runs_a_picture_stands():
    picture, _ = live()
    data, metadata = picture._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]) == picture.png
    assert "application/vnd.jupyter.widget-view+json" in data
    assert metadata["image/png"]["alt"] == picture.caption
    assert picture.caption in data["text/plain"]


def test_a_control_without_a_label_is_refused():
    fig, _ = plt.subplots()
    with pytest.raises(ValueError, match="'k' needs a description"):
        LivePicture(fig, [], lambda k: "", {"k": ipywidgets.IntSlider()})
