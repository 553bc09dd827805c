"""Data sets under the names that others give them, and other sets under these names."""

import gzip
import shutil

import numpy as np
import pytest

from cs5045ae.data import (
    DataError,
    DataNotFound,
    fashion_mnist,
    load_fashion_mnist,
    load_mnist,
    mnist,
)
from cs5045ae.data.named_files import IDX_FILES, idx_files, seen
from tests.data.conftest import idx_bytes, made_up, write_idx_folder


@pytest.fixture(scope="module")
def digits():
    return made_up(mnist.FULL)


def plain(name):
    return name.removesuffix(".gz")


def dotted(name):
    return plain(name).replace("-idx", ".idx")


WAYS = {
    "published": lambda name: name,
    "unpacked": plain,
    "with a dot": dotted,
    "in capitals": lambda name: plain(name).upper(),
    "torchvision": lambda name: f"MNIST/raw/{plain(name)}",
    "torchvision, packed": lambda name: f"data/MNIST/raw/{name}",
    "a folder each": lambda name: f"mnist/{plain(name)}/{plain(name)}",
    "test for t10k": lambda name: plain(name).replace("t10k", "test"),
    "underscores": lambda name: plain(name).replace("-", "_"),
}


@pytest.mark.usefixtures("made_up_is_published")
@pytest.mark.parametrize("way", WAYS)
def test_the_digits_are_found_under_other_names(mirror, digits, way):
    for array, name in IDX_FILES.items():
        path = mirror / WAYS[way](name)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = idx_bytes(digits[array])
        packed = path.name.casefold().endswith(".gz")
        path.write_bytes(gzip.compress(data, 1) if packed else data)
    (_, y_train), (x_test, _) = load_mnist("full")
    np.testing.assert_array_equal(y_train, digits["y_train"])
    np.testing.assert_array_equal(x_test * 255, digits["x_test"].reshape(-1, 784))


@pytest.mark.usefixtures("made_up_is_published")
def test_both_sets_can_stand_in_one_folder(mirror, digits):
    clothes = made_up(fashion_mnist.FULL)
    write_idx_folder(mirror / "MNIST" / "raw", digits)
    write_idx_folder(mirror / "FashionMNIST" / "raw", clothes)
    np.testing.assert_array_equal(load_mnist("full")[1][1], digits["y_test"])
    np.testing.assert_array_equal(load_fashion_mnist()[1][1], clothes["y_test"])


@pytest.mark.parametrize("names", [["a.bin"], ["mnist.pkl.gz", "x/y.csv"], []])
def test_the_error_names_what_is_there_and_what_is_wanted(mirror, names):
    for name in names:
        (mirror / name).parent.mkdir(exist_ok=True)
        (mirror / name).write_bytes(b"x")
    with pytest.raises(DataNotFound) as caught:
        load_mnist("full")
    for word in [*names, "mnist.npz", "train-images-idx3-ubyte(.gz)"]:
        assert word in str(caught.value)
    assert seen(mirror) == (", ".join(sorted(names)) or "no file")


def test_a_part_of_the_files_is_found(tmp_path, digits):
    write_idx_folder(tmp_path, digits)
    (tmp_path / IDX_FILES["x_test"]).unlink()
    assert sorted(idx_files(tmp_path)) == ["x_train", "y_test", "y_train"]


def kuzushiji(arrays, rng):
    """Other pictures with the labels and counts of a set, as KMNIST has them."""
    other = dict(arrays)
    for part in ("train", "test"):
        shape = arrays[f"x_{part}"].shape
        other[f"x_{part}"] = rng.integers(0, 256, shape, dtype=np.uint8)
    return other


@pytest.mark.parametrize("form", ["npz", "idx", "one pixel", "labels in turn"])
@pytest.mark.parametrize(
    ("module", "load", "name", "title"),
    [
        (mnist, lambda: load_mnist("full"), "mnist", "MNIST"),
        (fashion_mnist, load_fashion_mnist, "fashion-mnist", "Fashion-MNIST"),
    ],
)
def test_another_set_of_the_same_sizes_and_counts_is_refused(
    mirror, module, load, name, title, form
):
    arrays = made_up(module.FULL)
    if form in {"npz", "idx"}:
        arrays = kuzushiji(arrays, np.random.default_rng(3))
    elif form == "one pixel":
        arrays["x_test"][7, 7, 7] ^= 1
    if form == "npz":
        np.savez(mirror / f"{name.replace('-', '_')}.npz", **arrays)
    else:
        write_idx_folder(mirror / name, arrays)
    with pytest.raises(DataError, match=f"is not {title}: .*published") as caught:
        load()
    assert "fetch_" in str(caught.value)


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 11490434\n"
OTHERS = {
    "pointer": (POINTER, "Git LFS pointer"),
    "page": (b"<!DOCTYPE html><html>Sign in</html>", "a web page"),
    "empty": (b"", "an empty file"),
    "gzip": (gzip.compress(b"x" * 99), "gzip data"),
    "cut": (b"PK\3\4" + bytes(500), "cut off"),
    "array": (b"\x93NUMPY\x01\x00v\x00", "NumPy array"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_a_file_that_only_has_the_name_is_told_by_what_it_is(mirror, kind):
    data, words = OTHERS[kind]
    (mirror / "mnist.npz").write_bytes(data)
    with pytest.raises(DataError, match=words) as caught:
        load_mnist("full")
    assert "Replace this file with a fresh copy" in str(caught.value)


@pytest.mark.parametrize("kind", ["pointer", "page", "empty"])
def test_an_idx_file_that_only_has_the_name_is_told_too(mirror, digits, kind):
    data, words = OTHERS[kind]
    write_idx_folder(mirror, digits)
    (mirror / IDX_FILES["y_test"]).write_bytes(data)
    with pytest.raises(DataError, match=words):
        load_mnist("full")


def test_a_folder_under_a_file_s_name_is_told(mirror, digits):
    write_idx_folder(mirror, digits)
    (mirror / IDX_FILES["y_test"]).unlink()
    (mirror / IDX_FILES["y_test"]).mkdir()
    with pytest.raises(DataError, match="can't be read"):
        load_mnist("full")
    shutil.rmtree(mirror / IDX_FILES["y_test"])
