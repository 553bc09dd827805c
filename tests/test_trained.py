"""Long trainings are made once, and again when anything they depend on changes."""

import numpy as np
import pytest

from cs5045ae.trained import _course, trained

CALLS = []


def double(x, times=2):
    CALLS.append(times)
    return {"x": x * times, "times": times}


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CS5045AE_CACHE", str(tmp_path / "cache"))
    CALLS.clear()
    return tmp_path / "cache"


def test_the_second_time_comes_from_the_cache(capsys):
    x = np.arange(3.0)
    first = trained(double, x=x)
    second = trained(double, x=x)
    assert CALLS == [2]
    assert set(first) == set(second) == {"x", "times"}
    np.testing.assert_array_equal(second["x"], [0, 2, 4])
    told = capsys.readouterr().out.splitlines()
    assert told[0].startswith("double: made in")
    assert told[1].startswith("double: from the cache")


@pytest.mark.parametrize(
    "other",
    [
        {"x": np.arange(3.0), "times": 3},
        {"x": np.arange(3.0) + 1e-9},
        {"x": np.arange(3.0, dtype=np.float32)},
        {"x": np.arange(3.0).reshape(3, 1)},
    ],
)
def test_other_settings_are_made_anew(other):
    trained(double, x=np.arange(3.0))
    trained(double, **other)
    assert len(CALLS) == 2


def test_another_source_is_made_anew():
    def make(x):
        CALLS.append("one")
        return {"x": x}

    trained(make, x=1)

    def make(x):
        CALLS.append("two")
        return {"x": x + 1}

    assert trained(make, x=1)["x"] == 2
    assert CALLS == ["one", "two"]


def test_a_mended_reference_is_made_anew(tmp_path, monkeypatch):
    package = tmp_path / "cs5045ae"
    (package / "reference").mkdir(parents=True)
    monkeypatch.setattr("cs5045ae.trained.__file__", str(package / "trained.py"))
    for source in ("one", "two", "two"):
        (package / "reference" / "pca.py").write_text(source)
        _course.cache_clear()  # as in another process
        trained(double, x=1)
    _course.cache_clear()
    assert len(CALLS) == 2


def test_a_damaged_file_is_made_anew(own_cache):
    trained(double, x=np.arange(3.0))
    (path,) = own_cache.rglob("*.npz")
    path.write_bytes(path.read_bytes()[:100])
    np.testing.assert_array_equal(trained(double, x=np.arange(3.0))["x"], [0, 2, 4])
    assert len(CALLS) == 2
