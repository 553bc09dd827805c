import io
import time

import numpy as np
import pytest
from PIL import Image

from cs5045ae.reference.variational import kl_to_standard_normal
from cs5045ae.reference.variational_networks import encode
from cs5045ae.widgets.variational import variational_widget
from tests.widgets import REDRAWN

SIZES = {"hidden": (784, 6), "mu": (6, 2), "log_var": (6, 2), "hidden_2": (2, 6),
         "output": (6, 784)}  # fmt: skip


def network(seed, k=2):
    rng = np.random.default_rng(seed)
    made = {}
    for part, (a, b) in SIZES.items():
        a, b = (k if part == "hidden_2" else a), (k if part in ("mu", "log_var") else b)
        made[f"kernel_{part}"] = rng.normal(size=(a, b)) / np.sqrt(a)
        made[f"bias_{part}"] = 0.1 * rng.normal(size=b)
    return made


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    networks = {4.0: network(1), 1.0: network(2), 0.0: network(3)}
    return networks, rng.random((40, 784)), np.arange(40) % 4


def controls(widget):
    return {control.description: control for control in widget.children[:3]}


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


def test_the_caption_tells_what_numpy_computes(parts):
    networks, x, y = parts
    at = controls(widget := variational_widget(*parts))
    at["beta"].value, at["First number"].value = 4.0, -0.7
    mu, log_var = encode(networks[4.0], x)
    near = y[np.argmin(np.linalg.norm(mu - [-0.7, 0.5], axis=1))]
    kl = kl_to_standard_normal(mu, log_var).mean()
    inside = np.mean(np.abs(mu).max(axis=1) <= 3)
    assert widget.caption == (
        f"beta = 4, code (-0.7, 0.5): the nearest code is that of a {near}. "
        f"KL {kl:.1f} nats; {inside:.0%} of the codes lie in the square that is drawn."
    )


def test_it_starts_at_beta_1_and_lists_betas_in_order(parts):
    beta = controls(variational_widget(*parts))["beta"]
    assert beta.value == 1.0
    assert [b for _, b in beta.options] == [0.0, 1.0, 4.0]


@pytest.mark.parametrize(
    ("name", "value"), [("beta", 4.0), ("First number", 2.0), ("Second number", -2.0)]
)
def test_each_control_moves_the_plane_and_the_image(parts, name, value):
    widget = variational_widget(*parts)
    before = pixels(widget)
    controls(widget)[name].value = value
    gap = np.abs(pixels(widget) - before)
    middle = gap.shape[1] * 55 // 100
    assert gap[:, :middle].max() > 40
    assert gap[:, middle:].max() > 20


def test_what_can_not_be_drawn_is_refused(parts):
    _, x, y = parts
    with pytest.raises(ValueError, match="one network or more"):
        variational_widget({}, x, y)
    with pytest.raises(ValueError, match="two numbers"):
        variational_widget({1.0: network(1, k=3)}, x, y)


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = variational_widget(*parts)
    slider, times = controls(widget)["First number"], []
    for value in np.linspace(-2, 2, 15):
        start = time.process_time()
        slider.value = value
        times.append(time.process_time() - start)
    assert np.median(times) <= REDRAWN
