"""Is Fashion-MNIST found in its places, in order, and is it the real one?"""

import gzip
import hashlib

import numpy as np
import pytest

from cs5045ae.data import DataError, DataNotFound, fashion_mnist, load_fashion_mnist
from cs5045ae.data.named_files import IDX_FILES
from tests.data.conftest import made_up, write_idx_folder

DEBIAN = fashion_mnist._DEBIAN_FOLDER
needs_package = pytest.mark.skipif(
    not DEBIAN.is_dir(), reason="dataset-fashion-mnist is not installed"
)


@pytest.fixture
def no_package(tmp_path, monkeypatch):
    monkeypatch.setattr(fashion_mnist, "_DEBIAN_FOLDER", tmp_path / "no-package")


@pytest.fixture(scope="module")
def arrays():
    return made_up(fashion_mnist.FULL)


@needs_package
def test_the_package_of_debian_is_read():
    (x_train, y_train), (x_test, y_test) = load_fashion_mnist(shape=(28, 28, 1))
    for x, y, n in ((x_train, y_train, 60000), (x_test, y_test, 10000)):
        assert x.shape == (n, 28, 28, 1)
        assert x.dtype == np.float32
        assert (x.min(), x.max()) == (0, 1)
        assert y.dtype == np.int64
        np.testing.assert_array_equal(np.bincount(y), [n // 10] * 10)
    # The mean pixel and the first labels, as published with the set.
    assert x_train.mean() == pytest.approx(0.2860, abs=1e-4)
    assert y_train[:5].tolist() == [9, 0, 0, 3, 0]
    assert y_test[:5].tolist() == [9, 2, 1, 1, 6]


@needs_package
def test_the_checksums_for_downloads_are_those_of_the_real_files():
    for array, name in IDX_FILES.items():
        content = gzip.decompress((DEBIAN / name).read_bytes())
        digest = hashlib.sha256(content).hexdigest()
        assert digest == fashion_mnist.FULL.sha256[array]


@pytest.mark.usefixtures("no_package")
def test_without_the_set_the_error_names_both_ways(cache):
    with pytest.raises(DataNotFound) as caught:
        load_fashion_mnist()
    for word in (
        "apt install dataset-fashion-mnist",
        "fetch_fashion_mnist()",
        str(cache),
    ):
        assert word in str(caught.value)


@pytest.mark.usefixtures("made_up_is_published")
@pytest.mark.parametrize("form", ["npz", "idx"])
def test_the_folder_of_the_user_comes_first(mirror, arrays, form):
    if form == "npz":
        np.savez_compressed(mirror / "fashion_mnist.npz", **arrays)
    else:
        write_idx_folder(mirror / "fashion-mnist", arrays)
    (x_train, _), (x_test, y_test) = load_fashion_mnist()
    assert np.count_nonzero(x_train[5]) == 1
    np.testing.assert_array_equal(x_test * 255, arrays["x_test"].reshape(-1, 784))
    np.testing.assert_array_equal(y_test, arrays["y_test"])


@pytest.mark.usefixtures("no_package", "made_up_is_published")
def test_the_cache_comes_last(cache, arrays):
    cache.mkdir()
    np.savez_compressed(cache / "fashion_mnist.npz", **arrays)
    assert load_fashion_mnist()[0][0].shape == (60000, 784)


def test_a_truncated_file_is_named(mirror, arrays):
    folder = write_idx_folder(mirror / "fashion-mnist", arrays)
    path = folder / "train-images-idx3-ubyte.gz"
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(DataError, match="truncated") as caught:
        load_fashion_mnist()
    assert str(path) in str(caught.value)
    assert "fetch_fashion_mnist()" in str(caught.value)
