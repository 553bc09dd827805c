import io
import time

import numpy as np
import pytest
from PIL import Image
from scipy.special import expit

from cs5045ae.reference.contractive import sigmoid_jacobian
from cs5045ae.widgets.contractive import contractive_widget
from tests.widgets import REDRAWN

LAMS = (0.0, 0.4, 1.6)


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    x = rng.uniform(size=(3, 784))
    networks = {
        lam: [
            rng.normal(size=(784, 5)) / (8 + 10 * lam),
            rng.normal(size=5),
            3 * rng.normal(size=(5, 784)),
            rng.normal(size=784),
        ]
        for lam in LAMS
    }
    return x, networks


def controls(widget):
    return {control.description: control for control in widget.children[:2]}


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def test_the_caption_tells_what_numpy_computes(parts):
    x, networks = parts
    widget = contractive_widget(*parts)
    at = controls(widget)
    at["Weight of the penalty"].value, at["Image"].value = 1.6, 2
    kernel, bias, kernel_out, bias_out = networks[1.6]
    x_hat = expit(expit(x[2] @ kernel + bias) @ kernel_out + bias_out)
    norm, before = (
        np.linalg.norm(sigmoid_jacobian(x[2:], *networks[lam][:2]))
        for lam in (1.6, 0.0)
    )
    jacobian = sigmoid_jacobian(x[2:], kernel, bias)[0]
    s = np.linalg.svd(jacobian, compute_uv=False)
    assert widget.caption == (
        f"image 2, penalty 1.6: squared error {((x[2] - x_hat) ** 2).sum():.1f}, "
        f"norm of the Jacobian {norm:.2f} (with penalty 0 it is {before:.2f}), "
        f"effective number of directions {norm**4 / (s**4).sum():.0f}."
    )


def test_each_control_changes_what_it_should(parts):
    widget = contractive_widget(*parts)
    at = controls(widget)
    width = pixels(widget).shape[1]
    panels = [slice(int(width * a), int(width * b)) for a, b in
              ((0, 0.19), (0.2, 0.38), (0.4, 0.58), (0.66, 1))]  # fmt: skip

    def moved(name, value):
        before = pixels(widget)
        at[name].value = value
        gap = np.abs(pixels(widget) - before)
        return [bool(gap[:, panel].max() > 20) for panel in panels]

    assert moved("Weight of the penalty", 1.6) == [False, True, True, True]
    assert moved("Image", 1)[:3] == [True, True, True]


def test_the_grey_line_stays_when_the_penalty_changes(parts):
    """It is the first network's spectrum; the blue one is the chosen network's."""
    widget = contractive_widget(*parts)
    penalty = controls(widget)["Weight of the penalty"]

    def drawn(lam, colour):
        penalty.value = lam
        image = np.asarray(Image.open(io.BytesIO(widget.png)).convert("RGB"), float)
        lines = image[int(0.2 * len(image)) :, int(0.66 * image.shape[1]) :]
        return np.abs(lines - colour).max(axis=2) < 30

    grey, blue = (102, 102, 102), (0, 114, 178)
    assert (drawn(0.4, blue) != drawn(1.6, blue)).any()
    # At the first penalty the blue line covers the grey one.
    uncovered = drawn(1.6, grey) & ~drawn(0.0, grey)
    assert uncovered.sum() > 100
    assert (drawn(0.4, grey) & uncovered).sum() > 0.8 * uncovered.sum()


def test_it_opens_in_the_middle_with_the_labels_given(parts):
    labels = ["our digit", "a", "b"]
    widget = contractive_widget(*parts, labels=labels)
    assert widget.caption.startswith("our digit, penalty 0.4")
    assert [label for label, _ in controls(widget)["Image"].options] == labels


def test_no_network_or_a_missing_label_is_refused(parts):
    x, networks = parts
    with pytest.raises(ValueError, match="one network or more"):
        contractive_widget(x, {})
    with pytest.raises(ValueError, match="1 labels for 3 images"):
        contractive_widget(x, networks, labels=["a"])


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = contractive_widget(*parts)
    penalty, times = controls(widget)["Weight of the penalty"], []
    for lam in LAMS * 4:
        start = time.process_time()
        penalty.value = lam
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
