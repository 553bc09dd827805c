"""What the tests of the data share: an empty cache and made-up full sets."""

import dataclasses
import gzip
import hashlib
import struct
from pathlib import Path

import numpy as np
import pytest

from cs5045ae.data import fashion_mnist, mnist
from cs5045ae.data.image_set import ImageSet
from cs5045ae.data.named_files import IDX_FILES


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """An empty cache folder of this test's own, and no other setting."""
    for name in ("CS5045AE_DATA", "CS5045AE_SIZE"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "cache"
    monkeypatch.setenv("CS5045AE_CACHE", str(folder))
    return folder


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    """An empty folder that CS5045AE_DATA names."""
    folder = tmp_path / "mirror"
    folder.mkdir()
    monkeypatch.setenv("CS5045AE_DATA", str(folder))
    return folder


def made_up(image_set: ImageSet) -> dict[str, np.ndarray]:
    """Arrays in the form of a full set: labels in turn, two grey levels."""
    arrays = {}
    for part, counts in (
        ("train", image_set.train_counts),
        ("test", image_set.test_counts),
    ):
        labels = np.repeat(np.arange(10, dtype=np.uint8), counts)
        images = np.zeros((len(labels), 28, 28), np.uint8)
        images[:, 3, 4] = 255
        images[:, 20, 5] = labels * 10
        arrays[f"x_{part}"] = images
        arrays[f"y_{part}"] = labels
    return arrays


@pytest.fixture
def made_up_is_published(monkeypatch):
    """Take the made-up sets for the published ones: their bytes are the right ones."""
    for module in (mnist, fashion_mnist):
        arrays = made_up(module.FULL)
        digests = {
            name: hashlib.sha256(idx_bytes(array)).hexdigest()
            for name, array in arrays.items()
        }
        full = dataclasses.replace(module.FULL, sha256=digests)
        monkeypatch.setattr(module, "FULL", full)


def idx_bytes(array: np.ndarray, *, element_type: int = 8) -> bytes:
    """The idx format, written from its description."""
    header = bytes([0, 0, element_type, array.ndim])
    return header + struct.pack(f">{array.ndim}I", *array.shape) + array.tobytes()


def write_idx_folder(folder: Path, arrays: dict[str, np.ndarray]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in IDX_FILES.items():
        packed = gzip.compress(idx_bytes(arrays[name]), compresslevel=1)
        (folder / file).write_bytes(packed)
    return folder
