"""The pictures of lecture 07 follow their controls, tell the sums, and are quick."""

import re
import time

import numpy as np
import pytest
from scipy.signal import correlate2d

from cs5045ae.widgets import convolutional
from cs5045ae.widgets.convolutional import convolution_widget, unpooling_widget
from tests.widgets import REDRAWN


def control(picture, name):
    return next(c for c in picture.children if getattr(c, "description", "") == name)


def put(picture, **values):
    for name, value in values.items():
        control(picture, name).value = value


@pytest.mark.parametrize("kernel", [1, 3, 5])
@pytest.mark.parametrize(("stride", "padding"), [(1, 0), (2, 1), (3, 2)])
def test_every_place_tells_the_right_sum(kernel, stride, padding):
    picture = convolution_widget()
    put(picture, Kernel=kernel, Stride=stride, Padding=padding)
    weights = convolutional.KERNEL[:kernel, :kernel]
    x = np.pad(convolutional.IMAGE, padding)
    want = correlate2d(x, weights, mode="valid")[::stride, ::stride]
    assert control(picture, "Place").max == want.size
    for place, value in enumerate(want.ravel(), start=1):
        put(picture, Place=place)
        assert f"+ 1 = {len(want)} along each axis" in picture.caption
        told = picture.caption.partition(f"Place {place}: ")[2]
        terms = re.findall(r"(\d+) x \(?(-?\d+)\)?", told)
        assert sum(int(a) * int(b) for a, b in terms) == value
        if terms:
            assert f" = {value} (" in told
        else:
            assert "all products are 0" in told


def test_the_place_stays_inside_when_the_output_shrinks():
    picture = convolution_widget()
    put(picture, Place=16)
    put(picture, Stride=3)
    assert control(picture, "Place").value == control(picture, "Place").max == 4


def test_the_picture_changes_with_every_control():
    picture = convolution_widget()
    seen = {picture.png}
    for name, value in (("Place", 5), ("Kernel", 2), ("Stride", 2), ("Padding", 2)):
        put(picture, **{name: value})
        assert picture.png not in seen
        seen.add(picture.png)


def digits():
    from cs5045ae.data import load_mnist

    return load_mnist("small", shape=(28, 28, 1))[1][0][:30]


def error(picture):
    return float(re.search(r"Squared error ([\d.]+)\.", picture.caption)[1])


def test_unpooling_tells_the_error_of_every_way():
    x = digits()
    picture = unpooling_widget(x)
    tf = pytest.importorskip("tensorflow")
    for which in (0, 3):
        put(picture, Image=which)
        image = x[which, ..., 0].astype(float)
        blocks = image.reshape(14, 2, 14, 2)
        large, mean = blocks.max(axis=(1, 3)), blocks.mean(axis=(1, 3))
        corner = np.zeros((28, 28))
        corner[::2, ::2] = large
        _, places = tf.nn.max_pool_with_argmax(x[which : which + 1], 2, 2, "VALID")
        at_place = np.zeros(784)
        at_place[places.numpy().ravel()] = large.ravel()
        for way, back in {
            "unpooled": at_place.reshape(28, 28),
            "corner": corner,
            "repeated": np.kron(large, np.ones((2, 2))),
            "average": np.kron(mean, np.ones((2, 2))),
        }.items():
            control(picture, "Way back").value = way
            assert error(picture) == pytest.approx(
                ((back - image) ** 2).sum(), abs=0.051
            )
            assert ("392 bits" in picture.caption) == (way == "unpooled")
    put(picture, Window=7)
    assert "16 numbers" in picture.caption


@pytest.mark.parametrize(
    "make", [convolution_widget, lambda: unpooling_widget(digits())]
)
def test_an_update_does_not_redraw_the_whole_figure(make):
    picture = make()
    slider = picture.children[-2]
    times = []
    for value in (2, 3, 4, 5, 6, 7, 8):
        start = time.process_time()
        slider.value = value
        times.append(time.process_time() - start)
    assert min(times) < REDRAWN
