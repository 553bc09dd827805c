import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.reference.basic import forward
from cs5045ae.reference.denoising import corrupt, psnr
from cs5045ae.reference.pca import reconstruction_error
from cs5045ae.widgets.denoising import LEVELS, SEED, denoising_widget
from tests.widgets import REDRAWN


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    x = (rng.uniform(size=(12, 6)) @ rng.uniform(size=(6, 784)) / 6).astype(np.float32)
    sizes = [(784, 5), (5,), (5, 784), (784,)]
    networks = {
        name: [
            rng.normal(size=size) / scale for size, scale in zip(sizes, by, strict=True)
        ]
        for name, by in (("masking", (4, 4, 9, 9)), ("Gaussian", (4, 4, 6, 6)))
    }
    return x, networks


def controls(widget):
    return {control.description: control for control in widget.children[:4]}


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def test_the_caption_tells_what_numpy_computes(parts):
    x, networks = parts
    widget = denoising_widget(*parts)
    at = controls(widget)
    at["Noise"].value, at["Level"].value = "salt and pepper", 0.25
    at["Network trained on"].value, at["Image"].value = "Gaussian", 3
    noisy = corrupt(x, "salt and pepper", 0.25, seed=SEED)
    x_hat = forward(networks["Gaussian"], noisy)
    one = [reconstruction_error(x[3:4], rows[3:4]) for rows in (noisy, x_hat)]
    all_before, all_after = (reconstruction_error(x, rows) for rows in (noisy, x_hat))
    assert widget.caption == (
        f"image 3, salt and pepper at level 0.25, the network trained on Gaussian: "
        f"error {one[0]:.1f} before and {one[1]:.1f} after "
        f"({psnr(x, x_hat)[3]:.1f} dB). All images: "
        f"{all_before:.1f} and {all_after:.1f}."
    )


def test_each_control_changes_what_it_should(parts):
    widget = denoising_widget(*parts)
    at = controls(widget)
    width = pixels(widget).shape[1]
    thirds = [slice(int(width * a), int(width * b)) for a, b in
              ((0, 0.19), (0.21, 0.4), (0.42, 0.6), (0.66, 1))]  # fmt: skip

    def moved(name, value):
        before = pixels(widget)
        at[name].value = value
        gap = np.abs(pixels(widget) - before)
        return [bool(gap[:, part].max() > 20) for part in thirds]

    assert moved("Level", LEVELS[-1]) == [False, True, True, True]
    assert moved("Noise", "Gaussian") == [False, True, True, True]
    assert moved("Network trained on", "Gaussian") == [False, False, True, True]
    assert moved("Image", 1)[:3] == [True, True, True]


def test_both_curves_follow_the_noise_and_one_the_network(parts):
    """Far right of the marker, which stands at level 0."""
    widget = denoising_widget(*parts)
    at = controls(widget)
    at["Level"].value = 0.0

    def drawn(colour):
        image = np.asarray(Image.open(io.BytesIO(widget.png)).convert("RGB"), float)
        curves = image[:, int(0.85 * image.shape[1]) :]
        return np.abs(curves - colour).max(axis=2) < 40

    grey, blue = (102, 102, 102), (0, 114, 178)
    before = drawn(grey), drawn(blue)
    at["Noise"].value = "Gaussian"
    after = drawn(grey), drawn(blue)
    assert all((a != b).any() for a, b in zip(before, after, strict=True))
    at["Network trained on"].value = "Gaussian"
    assert (drawn(blue) != after[1]).any()


def test_the_labels_name_the_images_that_can_be_chosen(parts):
    widget = denoising_widget(*parts, labels=["our digit", "another"])
    assert controls(widget)["Image"].options == (("our digit", 0), ("another", 1))
    assert widget.caption.startswith("our digit, masking at level 0.40")
    assert len(controls(denoising_widget(*parts))["Image"].options) == 10


def test_no_network_or_a_label_too_many_is_refused(parts):
    x, networks = parts
    with pytest.raises(ValueError, match="one network or more"):
        denoising_widget(x, {})
    with pytest.raises(ValueError, match="2 labels for 1 images"):
        denoising_widget(x[:1], networks, labels=["a", "b"])


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = denoising_widget(*parts)
    level, times = controls(widget)["Level"], []
    for value in LEVELS[1:]:
        start = time.process_time()
        level.value = value
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
