"""A verdict's key changes with all that it depends on, and costs little."""

from pathlib import Path

import pytest

from cs5045ae.grading import verdict_key as subject
from cs5045ae.grading.verdict_key import verdict_key


@pytest.fixture(autouse=True)
def read_anew():
    """Forget the sum of the package before and after each test."""
    subject._package.cache_clear()
    yield
    subject._package.cache_clear()


def test_the_key_depends_on_all_that_counts(tmp_path, monkeypatch):
    key = verdict_key(b"s", b"t", 1)
    assert key == verdict_key(b"s", b"t", 1)
    others = {verdict_key(b"S", b"t", 1), verdict_key(b"s", b"T", 1)}
    others |= {verdict_key(b"s", b"t", 2), verdict_key(b"st", b"", 1)}
    assert len(others | {key}) == 5
    package = tmp_path / "cs5045ae"
    for name in subject.PARTS:
        path = package / (name if name.endswith(".py") else f"{name}/module.py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1\n")
    monkeypatch.setattr(subject.cs5045ae, "__file__", str(package / "__init__.py"))
    subject._package.cache_clear()
    found = {verdict_key(b"s", b"t", 1)}
    for number, name in enumerate(("checks", "reference", "grading"), start=2):
        (package / name / "module.py").write_text("x = 2\n")
        subject._package.cache_clear()
        found.add(verdict_key(b"s", b"t", 1))
        assert len(found) == number


def test_every_part_that_a_verdict_depends_on_is_there():
    folder = Path(subject.cs5045ae.__file__).parent
    assert [name for name in subject.PARTS if not (folder / name).exists()] == []


def test_the_package_is_read_once_for_a_whole_class(monkeypatch):
    read = []
    real = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: read.append(path) or real(path)
    )
    keys = {verdict_key(b"%d" % n, b"source", 1) for n in range(50)}
    assert len(keys) == 50
    assert read
    assert len(read) == len(set(read))
