"""A home folder that can't be written to costs settings, not the session."""

import os
from pathlib import Path

import pytest

from cs5045ae import home as subject
from cs5045ae.home import SETTINGS, keep_settings_elsewhere, unwritable_home


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    """Hide the machine's own settings, and forget those that are made here."""
    for name in SETTINGS:
        monkeypatch.setenv(name, "")


def unusable(tmp_path, kind):
    if kind == "a file":
        (tmp_path / "home").write_text("")
    elif kind == "below a file":
        (tmp_path / "file").write_text("")
        return tmp_path / "file" / "home"
    elif kind == "read only":
        return Path("/proc")
    return tmp_path / "home"


@pytest.mark.parametrize("kind", ["a file", "below a file", "read only"])
def test_a_home_that_is_none_is_told_and_settings_go_elsewhere(
    tmp_path, monkeypatch, kind
):
    home = unusable(tmp_path, kind)
    monkeypatch.setenv("HOME", str(home))
    assert unwritable_home() == home
    sentence = keep_settings_elsewhere()
    assert str(home) in sentence
    assert "Set HOME to a folder of yours" in sentence
    folders = [Path(os.environ[name]) for name in SETTINGS]
    assert len({folder.parent for folder in folders}) == 1
    assert folders[0].parent.is_dir()
    assert not folders[0].is_relative_to(home)


@pytest.mark.parametrize("there", [True, False])
def test_a_home_that_can_be_written_to_is_left_alone(tmp_path, monkeypatch, there):
    home = tmp_path / "home"
    if there:
        home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    assert unwritable_home() is None
    assert keep_settings_elsewhere() == ""
    assert not os.environ["IPYTHONDIR"]
    assert list(home.iterdir()) == []


def test_what_the_user_has_set_stays(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(unusable(tmp_path, "a file")))
    monkeypatch.setenv("IPYTHONDIR", "/mine")
    assert keep_settings_elsewhere()
    assert os.environ["IPYTHONDIR"] == "/mine"
    assert os.environ["MPLCONFIGDIR"].startswith(subject.tempfile.gettempdir())
