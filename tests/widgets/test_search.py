import io
import time

import numpy as np
import pytest
from PIL import Image
from scipy.spatial.distance import cdist

from cs5045ae.data import load_mnist
from cs5045ae.reference.search_networks import NAMES, activations
from cs5045ae.widgets.search import search_widget
from tests.widgets import REDRAWN

HIDDEN, BITS = 20, 64
SHAPES = [(784, HIDDEN), (HIDDEN,), (HIDDEN, BITS), (BITS,), (BITS,),
          (BITS, HIDDEN), (HIDDEN,), (HIDDEN, 784), (784,)]  # fmt: skip


@pytest.fixture(scope="module")
def parts():
    rng = np.random.default_rng(0)
    network = {
        name: rng.normal(size=shape) / np.sqrt(shape[0])
        for name, shape in zip(NAMES, SHAPES, strict=True)
    }
    network["variance_code"] = network["variance_code"] ** 2
    (x, y), (x_test, y_test) = load_mnist("small")
    return network, x, y, x_test[:30], y_test[:30]


def controls(widget):
    return dict(zip(("which", "across", "down"), widget.children[:3], strict=True))


def pixels(widget):
    return np.asarray(Image.open(io.BytesIO(widget.png)).convert("L"), dtype=float)


@pytest.mark.parametrize(("across", "down"), [(0, 0), (3, -2), (-4, 1)])
def test_the_caption_counts_what_scipy_finds(parts, across, down):
    network, x, y, queries, labels = parts
    at = controls(widget := search_widget(*parts))
    at["which"].value, at["across"].value, at["down"].value = 7, across, down
    image = queries[7].reshape(28, 28)
    query = np.zeros_like(image)
    for row, column in np.argwhere(image):
        if 0 <= row + down < 28 and 0 <= column + across < 28:
            query[row + down, column + across] = image[row, column]
    query = query.reshape(1, -1)
    a, codes = activations(network, query), activations(network, x)
    halfway = np.median(codes, axis=0)
    gaps = [cdist(query, x), cdist(a, codes), cdist(a > halfway, codes > halfway)]
    shares = []
    for gap in gaps:
        near = np.argsort(gap[0].round(6), kind="stable")[:9]
        shares.append((y[near] == labels[7]).sum())
    assert widget.caption == (
        f"A {labels[7]}, pushed {across} to the right and {down} down: of its 9 "
        f"nearest, those of its class are {shares[0]} by pixels, {shares[1]} by 64 "
        f"numbers, {shares[2]} by 64 bits."
    )


@pytest.mark.parametrize(
    ("space", "told"),
    [(0, "1 by pixels,"), (1, "1 by 64 numbers,"), (2, "1 by 64 bits.")],
)
def test_the_nearest_one_is_the_one_that_scipy_finds(parts, space, told):
    network, x, _, queries, _ = parts
    ids = np.arange(300)
    a, codes = activations(network, queries), activations(network, x[:300])
    halfway = np.median(codes, axis=0)
    pair = [(queries, x[:300]), (a, codes), (a > halfway, codes > halfway)][space]
    first = cdist(*pair).argmin(axis=1)
    widget = search_widget(network, x[:300], ids, queries, first, k=1)
    for which in range(len(queries)):
        controls(widget)["which"].value = which
        assert told in widget.caption, which


def orange(widget):
    red, green, blue = np.asarray(Image.open(io.BytesIO(widget.png)).convert("RGB")).T
    return int(((red > 180) & (green < 140) & (blue < 60)).sum())


def test_neighbours_of_another_class_and_only_they_stand_in_frames(parts):
    network, x, y, queries, _ = parts
    same = np.zeros_like(y)
    assert orange(search_widget(network, x, same, queries, same[:30])) == 0
    all_framed = orange(search_widget(network, x, same, queries, same[:30] + 1))
    one_row = orange(search_widget(network, x, same, queries, same[:30] + 1, k=3))
    assert all_framed > one_row > 500


def test_what_is_found_is_drawn_black_on_white(parts):
    network, x, *_ = parts
    shades = []
    for ink in (0.0, 1.0):
        database = np.full_like(x[:9], ink)
        widget = search_widget(network, database, np.zeros(9), x[:1], np.zeros(1))
        height, width = pixels(widget).shape
        shades.append(pixels(widget)[height // 3 : -height // 3, width // 2 :].mean())
    assert shades[0] > 250
    assert shades[1] < 150


@pytest.mark.parametrize(("name", "value"), [("which", 3), ("across", 4), ("down", -3)])
def test_each_control_moves_the_query_and_the_neighbours(parts, name, value):
    widget = search_widget(*parts)
    before = pixels(widget)
    controls(widget)[name].value = value
    gap = np.abs(pixels(widget) - before)
    border = gap.shape[1] // 5
    assert gap[:, :border].max() > 100
    assert gap[:, border:].max() > 100


def test_more_neighbours_than_images_are_refused(parts):
    network, x, y, queries, labels = parts
    with pytest.raises(ValueError, match="9 neighbours a row"):
        search_widget(network, x[:8], y[:8], queries, labels)


def test_an_update_does_not_redraw_the_whole_figure(parts):
    widget = search_widget(*parts)
    slider, times = controls(widget)["which"], []
    for value in range(1, 16):
        start = time.process_time()
        slider.value = value
        times.append(time.process_time() - start)
    # Other work on the machine slows some of them down.
    assert sorted(times)[3] <= REDRAWN
