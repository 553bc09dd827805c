import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.widgets.sparse import sparse_widget
from tests.widgets import REDRAWN


@pytest.fixture(scope="module")
def parts():
    """Twelve nodes over 3 x 3 images, in two networks."""
    rng = np.random.default_rng(3)
    x = rng.uniform(size=(3, 9))
    networks = {
        k: {
            "kernel": rng.normal(size=(9, 12)) / 4,
            "bias": rng.normal(size=12) / 4,
            "bias_out": rng.uniform(size=9),
        }
        for k in (2, 5)
    }
    return x, networks


def controls(widget):
    return {control.description: control for control in widget.children[:3]}


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("RGB"), dtype=float)


def by_hand(x, network, active):
    """Add the bias and the columns of the largest activations, one by one."""
    h = x @ network["kernel"] + network["bias"]
    total = network["bias_out"].copy()
    for node in np.argsort(-h)[:active]:
        total = total + h[node] * network["kernel"][:, node]
    return ((x - total) ** 2).sum()


@pytest.mark.parametrize("active", [0, 1, 4, 12])
def test_the_caption_tells_the_error_of_the_sum(parts, active):
    x, networks = parts
    widget = sparse_widget(x, networks, labels=["a", "our digit", "b"])
    at = controls(widget)
    at["Trained with"].value = 5
    at["Image"].value, at["Active nodes now"].value = 1, active
    alone = ((x[1] - networks[5]["bias_out"]) ** 2).sum()
    assert widget.caption == (
        f"our digit, {active} active nodes of 12 in the network trained with 5: "
        f"squared error {by_hand(x[1], networks[5], active):.2f}; the bias alone has "
        f"{alone:.2f}."
    )


def test_it_starts_with_as_many_nodes_as_the_first_network_was_trained_with(parts):
    widget = sparse_widget(*parts)
    assert widget.caption.startswith("image 0, 2 active nodes of 12")
    assert controls(widget)["Active nodes now"].max == 12


def test_the_strongest_atom_stands_first_as_it_is_in_the_sum():
    """Two nodes add ink in one pixel each, the third takes some away."""
    kernel = np.zeros((9, 7))
    kernel[0, 0], kernel[4, 1], kernel[8, 2] = 0.1, 0.2, -0.25
    bias = np.array([1.0, 1.5, 1.2, -1, -1, -1, -1])
    net = {"kernel": kernel, "bias": bias, "bias_out": np.zeros(9)}
    widget = sparse_widget(np.zeros((1, 9)), {3: net})

    def lower(widget=widget):
        image = pixels(widget)[int(0.62 * len(pixels(widget))) :]
        width = image.shape[1] // 6
        return [image[:, i * width : (i + 1) * width] for i in range(6)]

    def reddest(cell):
        return float((cell[..., 0] - cell[..., 2]).max())

    def bluest(cell):
        return float((cell[..., 2] - cell[..., 0]).max())

    first, second, third, fourth, *_ = lower()
    assert reddest(first) > 100 > bluest(first)
    assert bluest(second) > 100 > reddest(second)
    assert 20 < reddest(third) < reddest(first)
    assert max(reddest(fourth), bluest(fourth)) < 20
    quiet = sparse_widget(np.zeros((1, 9)), {3: {**net, "bias": 0.4 * bias}})
    assert reddest(lower(quiet)[0]) < 0.7 * reddest(first)
    controls(widget)["Active nodes now"].value = 1
    assert max(bluest(lower()[1]), reddest(lower()[2])) < 20


def test_each_control_changes_what_it_should(parts):
    widget = sparse_widget(*parts)
    at = controls(widget)
    height, width = pixels(widget).shape[:2]
    sixths = [
        slice(int(width * (i + 0.2) / 6), int(width * (i + 0.8) / 6)) for i in range(3)
    ]

    def moved(name, value):
        before = pixels(widget)
        at[name].value = value
        gap = np.abs(pixels(widget) - before)[: height // 2]
        found = [bool(gap[:, part].max() > 20) for part in sixths]
        return [*found, bool(gap[:, width // 2 :].max() > 20)]

    # The image, the bias, the sum, the activations.
    assert moved("Active nodes now", 9) == [False, False, True, True]
    assert moved("Image", 2) == [True, False, True, True]
    assert moved("Trained with", 5) == [False, True, True, True]


def test_no_network_or_labels_that_do_not_match_are_refused(parts):
    x, networks = parts
    with pytest.raises(ValueError, match="one network or more"):
        sparse_widget(x, {})
    with pytest.raises(ValueError, match="2 labels for 3 images"):
        sparse_widget(x, networks, labels=["a", "b"])


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = sparse_widget(*parts)
    nodes, times = controls(widget)["Active nodes now"], []
    for value in range(12, 2, -1):
        start = time.process_time()
        nodes.value = value
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
