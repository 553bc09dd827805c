"""The judge's own imports cost a student no time; his own code still does."""

import builtins
import sys
import time

import pytest

from cs5045ae.checks.limits import TooSlow, time_limit
from cs5045ae.grading.judge.clock import imports_take_no_time


@pytest.fixture
def slow(tmp_path, monkeypatch):
    """A module that takes long to import."""
    (tmp_path / "slow_to_import.py").write_text("import time\ntime.sleep(0.6)\n")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    sys.modules.pop("slow_to_import", None)


def bring_it_in():
    import slow_to_import

    return slow_to_import


def test_an_import_counts_as_no_time(slow):
    with imports_take_no_time(), time_limit(0.3):
        bring_it_in()


def test_without_it_an_import_does_count(slow):
    with pytest.raises(TooSlow), time_limit(0.3):
        bring_it_in()


def bring_it_in_and_wait():
    bring_it_in()
    time.sleep(5)


def then_wait():
    bring_it_in()
    time.sleep(5)


def test_what_comes_after_an_import_has_its_limit(slow):
    before = builtins.__import__
    with imports_take_no_time(), pytest.raises(TooSlow), time_limit(0.3):
        bring_it_in_and_wait()
    assert builtins.__import__ is before
