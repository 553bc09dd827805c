"""The Makefile works in any folder, and says what is missing in one sentence."""

import os
import shlex
import shutil
import stat
import subprocess
import sys

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="no make here")
TARGETS = ("course", "lab", "test", "book", "exercises", "lint")


@pytest.fixture
def folder(tmp_path):
    """A folder with a space in its name, and a set-up that looks finished."""
    here = tmp_path / "my courses" / "auto encoders"
    here.mkdir(parents=True)
    for name in ("lectures", "solutions"):
        (here / name).mkdir()
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        shutil.copy(ROOT / name, here)
    return here


def make(*arguments, cwd, **variables):
    return subprocess.run(
        ["make", *arguments],
        cwd=cwd,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=60,
    )


def program(path, lines):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n" + lines)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_help_is_the_default_and_names_every_target(folder):
    done = make(cwd=folder)
    assert done.returncode == 0
    for target in (*TARGETS, "clean", "help"):
        assert f"make {target} " in done.stdout


def test_a_finished_set_up_is_not_made_again_and_the_command_is_ours(folder):
    program(folder / ".venv" / "bin" / "python", 'echo "called: $@"\n')
    (folder / ".venv" / ".ready").touch()
    for target in TARGETS:
        done = make(target, cwd=folder)
        assert done.returncode == 0, done.stderr
        assert "called: -m " in done.stdout
        assert "Setting up" not in done.stdout
    assert (
        "-m cs5045ae course --full" in make("course", "ARGS=--full", cwd=folder).stdout
    )


def test_set_up_happens_once_and_again_when_the_dependencies_change(folder, tmp_path):
    python = program(
        tmp_path / "bin" / "python",
        'case "$*" in *"-m venv"*) mkdir -p .venv/bin\n'
        'cp "$0" .venv/bin/python;; esac\necho "called: $@" >> calls\n',
    )
    for _ in range(2):
        done = make("exercises", f"PYTHON={python}", cwd=folder)
        assert done.returncode == 0, done.stderr
    calls = (folder / "calls").read_text()
    assert calls.count("-m venv") == 1
    assert calls.count("-m pip install") == 1
    assert "-c constraints.txt -e .[cluster,dev]" in calls
    os.utime(folder / "pyproject.toml", (2**31, 2**31))
    make("exercises", f"PYTHON={python}", cwd=folder)
    assert (folder / "calls").read_text().count("-m pip install") == 2


def test_no_python_is_one_sentence(folder, tmp_path):
    old = program(tmp_path / "old" / "python3", "exit 1\n").parent
    for version in ("python3.11", "python3.12", "python3.13"):
        program(old / version, "exit 1\n")
    done = make("course", cwd=folder, PATH=f"{old}:/usr/bin:/bin", PYTHON="")
    assert done.returncode != 0
    assert "No Python 3.11, 3.12 or 3.13 was found" in done.stderr
    assert not (folder / ".venv").exists()


def pretending(version):
    """Return a Python that only says whether that version would do."""
    python = shlex.quote(sys.executable)
    code = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
    return f'exec {python} -c "{code}" "$2"\n'


@pytest.mark.parametrize(
    ("versions", "taken"),
    [
        ({"python3": (3, 14), "python3.13": (3, 13)}, "python3.13"),
        ({"python3": (3, 10), "python3.12": (3, 12)}, "python3.12"),
        ({"python3": (3, 11)}, "python3"),
        ({"python3": (3, 14)}, None),
    ],
)
def test_a_python_that_tensorflow_has_is_taken(folder, tmp_path, versions, taken):
    old = tmp_path / "old"
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        version = versions.get(name)
        program(old / name, pretending(version) if version else "exit 1\n")
    done = make("course", cwd=folder, PATH=f"{old}:/usr/bin:/bin", PYTHON="")
    assert done.returncode != 0
    if taken:
        assert f", {taken}\n" in done.stdout
    else:
        assert "was found" in done.stderr


def test_a_python_without_venv_is_one_sentence(folder, tmp_path):
    bare = program(
        tmp_path / "bare" / "python3", 'case "$*" in *ensurepip*) exit 1;; esac\n'
    )
    done = make("course", f"PYTHON={bare}", cwd=folder)
    assert done.returncode != 0
    assert "apt install python3-venv" in done.stderr
    assert not (folder / ".venv").exists()
