"""The check of the environment says what is here and what to mend."""

import sys
from importlib import metadata

import pytest
from packaging.specifiers import SpecifierSet

from cs5045ae import environment
from tests import bank


def test_a_working_installation_is_ready(capsys):
    assert environment.check_environment() is True
    told = capsys.readouterr().out
    assert "MNIST, 4,000 + 1,000 digits" in told
    assert told.rstrip().endswith("Ready.")
    assert all(line[:4].strip() in {"OK", "-"} for line in told.splitlines()[:-2])


def test_a_missing_and_an_old_package_are_named(capsys, monkeypatch):
    real = metadata.version

    def version(name):
        if name == "nbgrader":
            raise metadata.PackageNotFoundError(name)
        return "1.0" if name == "numpy" else real(name)

    monkeypatch.setattr(environment, "version", version)
    assert environment.check_environment() is False
    told = capsys.readouterr().out
    again = f"run `{sys.executable} -m pip install -c constraints.txt -e .` in the"
    assert f"FIX nbgrader is missing: {again} course's folder" in told
    assert "FIX numpy 1.0 is not <3,>=2.3.5" in told
    assert "Mend the lines" in told


def test_a_cache_that_cannot_be_written_is_told(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(environment.os, "access", lambda *_: False)
    monkeypatch.setenv("CS5045AE_CACHE", str(tmp_path))
    assert environment.check_environment() is True
    assert (
        "is not writable: every training will be made anew" in capsys.readouterr().out
    )


@pytest.mark.parametrize("python", ["3.11.0", "3.12.0", "3.13.0"])
def test_every_release_of_the_constraints_takes_every_python_of_ours(python):
    """Debian 12 has Python 3.11.2, and one release that wants more stops the set-up."""
    text = (bank.ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = dict(line.split("==") for line in text.splitlines() if "==" in line)
    refused, tried = [], 0
    for name, release in pins.items():
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue  # of another system
        wanted = SpecifierSet(told.get("Requires-Python", ""))
        if told["Version"] == release:
            tried += 1
            refused += [] if python in wanted else [f"{name}=={release}: {wanted}"]
    assert refused == []
    assert tried > 150


@pytest.fixture
def mirror(tmp_path, monkeypatch):
    folder = tmp_path / "data"
    folder.mkdir()
    monkeypatch.setenv("CS5045AE_DATA", str(folder))
    return folder


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("mnist.npz", b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        ("mnist.npz", b"<html>Sign in</html>", "a web page"),
        ("mnist.npz", b"", "an empty file"),
        ("fashion_mnist.npz", b"PK\3\4" + bytes(50), "not an .npz file"),
    ],
)
def test_a_data_file_that_is_none_is_a_line_with_the_loader_s_sentence(
    capsys, mirror, name, data, words
):
    (mirror / name).write_bytes(data)
    assert environment.check_environment() is False
    (line,) = [x for x in capsys.readouterr().out.splitlines() if x.startswith("FIX")]
    assert str(mirror / name) in line
    assert words in line
    assert "fetch_" in line


def test_a_data_folder_that_is_none_is_to_be_mended(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("CS5045AE_DATA", str(tmp_path / "nowhere"))
    assert environment.check_environment() is False
    told = capsys.readouterr().out
    (line,) = [line for line in told.splitlines() if line.startswith("FIX")]
    assert "which is not a folder that can be read" in line


@pytest.mark.parametrize(
    "error", [OSError("disk on fire"), KeyError("x"), RecursionError(), MemoryError()]
)
def test_whatever_a_probe_raises_the_others_are_printed(capsys, monkeypatch, error):
    def _broken():
        raise error

    probes = [_broken, *environment.PROBES]
    monkeypatch.setattr(environment, "PROBES", probes)
    assert environment.check_environment() is False
    told = capsys.readouterr().out
    assert told.startswith("FIX broken: ")
    assert "digits" in told
    assert "Mend the lines" in told
