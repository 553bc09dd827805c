"""Do the patches come out of the photographs, each place with the same chance?"""

import numpy as np
import pytest
from numpy.lib.stride_tricks import sliding_window_view

from cs5045ae.data import DataError, DataNotFound, load_patches


@pytest.fixture(scope="module")
def photographs():
    from PIL import Image
    from sklearn.datasets import load_sample_images

    return [
        np.asarray(Image.fromarray(colour).convert("L"), dtype=float) / 255
        for colour in load_sample_images().images
    ]


def averaged(grey):
    grey = grey[:426, :640]
    return (grey[::2, ::2] + grey[1::2, ::2] + grey[::2, 1::2] + grey[1::2, 1::2]) / 4


def windows(grey, size):
    return sliding_window_view(grey, (size, size)).reshape(-1, size * size)


@pytest.mark.parametrize(("size", "average"), [(8, 2), (5, 1)])
def test_each_patch_is_a_window_of_a_photograph(photographs, size, average):
    patches = load_patches(200, size=size, seed=4, average=average)
    assert patches.shape == (200, size * size)
    assert patches.dtype == np.float32
    sources = [averaged(grey) if average == 2 else grey for grey in photographs]
    known = {
        row.tobytes()
        for grey in sources
        for row in np.ascontiguousarray(windows(grey.astype(np.float32), size))
    }
    assert all(patch.tobytes() in known for patch in patches)


def test_every_place_has_the_same_chance(photographs):
    patches = load_patches(20000, size=1, seed=9)
    pixels = np.concatenate([averaged(grey).ravel() for grey in photographs])
    error = 5 * pixels.std() / 20000**0.5
    assert patches.mean() == pytest.approx(pixels.mean(), abs=error)
    for level in (0.1, 0.25, 0.5, 0.75):
        share = (pixels < level).mean()
        error = 5 * (share * (1 - share) / 20000) ** 0.5
        assert (patches < level).mean() == pytest.approx(share, abs=error)


def test_every_place_is_reached_up_to_the_last_row_and_column():
    # Averaged over 20 x 20 pixels a photograph has 21 x 32 pixels, so there are
    # 2 photographs x 2 rows x 13 columns to start from.
    patches = load_patches(2000, size=20, seed=1, average=20)
    assert len(np.unique(patches, axis=0)) == 52


def test_patches_are_repeatable_and_the_first_do_not_depend_on_the_number():
    few = load_patches(10, seed=6)
    np.testing.assert_array_equal(few, load_patches(500, seed=6)[:10])
    assert not np.array_equal(few, load_patches(10, seed=7))


def test_values_lie_between_0_and_1():
    patches = load_patches(5000, seed=0)
    assert patches.min() >= 0
    assert patches.max() <= 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_samples": 0}, "n_samples must be"),
        ({"size": 0}, "size must be an integer of 1"),
        ({"size": 8.0}, "size must be an integer of 1"),
        ({"size": 214}, "size must be at most 213"),
        ({"average": 0}, "average must be"),
        ({"average": 1000}, "size must be at most 0"),
        ({"seed": -3}, "seed must be"),
    ],
)
def test_a_wrong_argument_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        load_patches(**{"n_samples": 5, "seed": 1, **arguments})


@pytest.mark.parametrize("damage", ["missing", "truncated", "text"])
def test_a_damaged_photograph_is_refused(tmp_path, monkeypatch, damage):
    import sys
    from importlib.util import find_spec
    from pathlib import Path

    real = Path(find_spec("sklearn").origin).parent / "datasets" / "images"
    fake = tmp_path / "sklearn" / "datasets" / "images"
    fake.mkdir(parents=True)
    (tmp_path / "sklearn" / "__init__.py").touch()
    content = (real / "china.jpg").read_bytes()[:9000]
    if damage != "missing":
        (fake / "china.jpg").write_bytes(b"text" if damage == "text" else content)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "sklearn", raising=False)
    error = DataNotFound if damage == "missing" else DataError
    with pytest.raises(error, match=r"china\.jpg"):
        load_patches(1, seed=1)
