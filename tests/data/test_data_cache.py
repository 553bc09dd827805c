"""Is the cache a help when it works, and never a hindrance when it does not?"""

import hashlib
import os
import subprocess
import sys
import warnings

import numpy as np
import pytest

from cs5045ae.data import load_mnist
from cs5045ae.data.cache import cache_folder
from cs5045ae.data.npz import write_npz

LOAD = """
import hashlib
from cs5045ae.data import load_mnist
(x, y), _ = load_mnist()
print(hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest())
"""

# Each process notes that it builds; a slow build makes them meet.
BUILD_SLOWLY = """
import sys, time
import numpy as np
from cs5045ae.data.cache import read_or_build
from cs5045ae.data.npz import read_npz

def build():
    with open(sys.argv[1], "a") as log:
        log.write("built\\n")
    time.sleep(1)
    return {"x": np.arange(10)}

arrays = read_or_build("slow.npz", lambda path: read_npz(path, ("x",)), build)
print(arrays["x"].sum())
"""


def digest():
    (x, y), _ = load_mnist()
    return hashlib.sha256(x.tobytes() + y.tobytes()).hexdigest()


def start(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    assert err == ""
    return out.strip()


def cached_file(folder):
    (path,) = folder.glob("*.npz")
    return path


def test_the_first_use_leaves_one_file_that_the_second_one_reads(cache):
    first = digest()
    path = cached_file(cache)
    changed = path.stat().st_mtime_ns
    assert digest() == first
    assert path.stat().st_mtime_ns == changed
    assert not list(cache.glob("*.tmp"))


def test_the_cache_file_is_readable_for_those_whom_the_umask_allows(cache):
    load_mnist()
    umask = os.umask(0)
    os.umask(umask)
    assert cached_file(cache).stat().st_mode & 0o777 == 0o666 & ~umask


@pytest.mark.parametrize("damage", ["empty", "cut", "flipped", "other arrays", "text"])
def test_a_damaged_cache_file_is_noticed_and_built_anew(cache, damage):
    expected = digest()
    path = cached_file(cache)
    sound = path.read_bytes()
    if damage == "other arrays":
        write_npz(path, {"x_train": np.zeros((4000, 28, 28), np.uint8)})
    else:
        flipped = bytearray(sound)
        flipped[len(sound) // 2] ^= 255
        content = {"empty": b"", "cut": sound[:-100], "text": b"x_train"}
        path.write_bytes(content.get(damage, bytes(flipped)))
    assert path.read_bytes() != sound
    assert digest() == expected
    assert path.read_bytes() == sound


def test_two_processes_that_fill_the_cache_at_once_build_once(cache, tmp_path):
    log = tmp_path / "log"
    processes = [start(BUILD_SLOWLY, log) for _ in range(2)]
    assert [finish(process) for process in processes] == ["45", "45"]
    assert log.read_text() == "built\n"


def test_processes_that_load_at_once_get_the_same_digits(cache):
    processes = [start(LOAD) for _ in range(4)]
    assert {finish(process) for process in processes} == {digest()}
    assert len(list(cache.glob("*.npz"))) == 1
    assert not list(cache.glob("*.tmp"))


@pytest.mark.skipif(sys.platform == "win32", reason="needs resource limits")
def test_a_full_disk_costs_the_cache_but_not_the_data(cache):
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (10**5,) * 2)"
    assert finish(start(limit + LOAD)) == digest_without_cache()
    assert [path.suffix for path in cache.iterdir()] == [".lock"]


def digest_without_cache():
    before = os.environ["CS5045AE_CACHE"]
    os.environ["CS5045AE_CACHE"] = os.devnull
    try:
        return digest()
    finally:
        os.environ["CS5045AE_CACHE"] = before


def test_a_failed_write_keeps_the_older_file(tmp_path):
    path = tmp_path / "kept.npz"
    write_npz(path, {"x": np.arange(3)})
    sound = path.read_bytes()
    code = f"""
import resource
import numpy as np
from pathlib import Path
from cs5045ae.data.npz import write_npz
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_npz(Path({str(path)!r}), {{"x": np.arange(10000)}})
except OSError:
    print("refused")
"""
    assert finish(start(code)) == "refused"
    assert path.read_bytes() == sound
    assert list(tmp_path.glob("*kept*")) == [path]


def test_a_cache_folder_below_a_file_costs_the_cache_only(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("CS5045AE_CACHE", str(tmp_path / "file" / "cache"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (x_train, _), _ = load_mnist()
    assert x_train.shape == (4000, 784)


@pytest.mark.usefixtures("ordinary")
def test_a_cache_folder_without_permission_costs_the_cache_only(cache):
    cache.mkdir()
    cache.chmod(0o500)
    assert digest() == digest_without_cache()
    assert not list(cache.iterdir())


def test_the_cache_is_per_user_unless_the_environment_says_otherwise(monkeypatch):
    monkeypatch.delenv("CS5045AE_CACHE")
    assert cache_folder().name == "cs5045ae"
    assert cache_folder().is_absolute()
    monkeypatch.setenv("CS5045AE_CACHE", "~/elsewhere")
    assert "~" not in str(cache_folder())
