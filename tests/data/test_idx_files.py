"""Is an idx file read whole and right, or refused with its name and the reason?"""

import gzip

import numpy as np
import pytest

from cs5045ae.data import DataError
from cs5045ae.data.idx import read_idx
from tests.data.conftest import idx_bytes

SHAPE = (5, 3, 2)
ARRAY = np.arange(30, dtype=np.uint8).reshape(SHAPE)


def written(tmp_path, content: bytes):
    path = tmp_path / "images-idx3-ubyte.gz"
    path.write_bytes(content)
    return path


def assert_refused(path, reason):
    with pytest.raises(DataError, match=reason) as caught:
        read_idx(path, SHAPE)
    message = str(caught.value)
    assert str(path) in message
    assert "Replace this file with a fresh copy" in message


def test_a_sound_file_comes_back_as_it_was_written(tmp_path):
    path = written(tmp_path, gzip.compress(idx_bytes(ARRAY)))
    array = read_idx(path, SHAPE)
    assert array.dtype == np.uint8
    np.testing.assert_array_equal(array, ARRAY)


def test_every_possible_truncation_of_the_gzip_file_is_refused(tmp_path):
    packed = gzip.compress(idx_bytes(ARRAY))
    for length in range(len(packed)):
        path = written(tmp_path, packed[:length])
        with pytest.raises(DataError):
            read_idx(path, SHAPE)


def test_every_possible_truncation_of_the_idx_content_is_refused(tmp_path):
    content = idx_bytes(ARRAY)
    for length in range(len(content)):
        path = written(tmp_path, gzip.compress(content[:length]))
        with pytest.raises(DataError):
            read_idx(path, SHAPE)


def test_a_truncated_gzip_file_says_so(tmp_path):
    packed = gzip.compress(idx_bytes(ARRAY))
    assert_refused(written(tmp_path, packed[:-20]), "truncated")


def test_a_flipped_bit_in_the_compressed_data_is_noticed(tmp_path):
    array = np.random.default_rng(1).integers(0, 256, SHAPE, np.uint8)
    packed = bytearray(gzip.compress(idx_bytes(array)))
    packed[len(packed) // 2] ^= 1
    assert_refused(written(tmp_path, bytes(packed)), "not a sound gzip file")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"this is no gzip file", "not an idx file"),
        (gzip.compress(idx_bytes(ARRAY)) + b"tail", "not a sound gzip file"),
        (gzip.compress(b"PK\3\4" + bytes(60)), "magic number is wrong"),
        (gzip.compress(b""), "magic number is wrong"),
        (gzip.compress(idx_bytes(ARRAY, element_type=0x0D)), "type 0x0d, not bytes"),
        (gzip.compress(idx_bytes(ARRAY.reshape(15, 2))), "has 2 axes, not 3"),
        (gzip.compress(idx_bytes(ARRAY)[:9]), "ends inside its idx header"),
        (gzip.compress(idx_bytes(ARRAY.reshape(5, 2, 3))), r"shape \(5, 2, 3\)"),
        (gzip.compress(idx_bytes(ARRAY)[:-1]), "fewer elements"),
        (gzip.compress(idx_bytes(ARRAY) + b"\0"), "more elements"),
    ],
    ids=[
        "text",
        "tail",
        "magic",
        "empty",
        "type",
        "axes",
        "header",
        "shape",
        "short",
        "long",
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path, content, reason):
    assert_refused(written(tmp_path, content), reason)


def test_a_file_that_is_a_folder_is_refused(tmp_path):
    folder = tmp_path / "images-idx3-ubyte.gz"
    folder.mkdir()
    assert_refused(folder, "can't be read")


@pytest.mark.usefixtures("ordinary")
def test_a_file_without_permission_is_refused(tmp_path):
    path = written(tmp_path, gzip.compress(idx_bytes(ARRAY)))
    path.chmod(0)
    assert_refused(path, "Permission denied")
