"""A check says the first thing that is wrong, and nothing but that."""

import contextlib
import os
import pkgutil
import subprocess
import sys
import time
import warnings

import numpy as np
import pytest

from cs5045ae import checks
from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.check import check, fresh_rng
from cs5045ae.checks.failure import CheckFailed, NotWritten
from cs5045ae.checks.limits import LIMITS, TooSlow, time_limit


def failure(function, *args):
    with pytest.raises(CheckFailed) as caught:
        function(*args)
    return caught.value


def answer(value):
    return Answer(value, "f() returned", "f()")


# --- calling ---------------------------------------------------------------------


def test_a_stub_is_named_as_not_written():
    def center(x):
        raise NotImplementedError

    raised = failure(lambda: call(center, x=np.zeros((3, 2))))
    assert isinstance(raised, NotWritten)
    assert raised.complaint == "center is not written yet."


def test_an_exception_names_the_call_and_the_students_own_line(tmp_path):
    source = "def center(x):\n    y = x + 1\n    return y.nothing\n"
    path = tmp_path / "cell.py"
    path.write_text(source)
    names = {}
    exec(compile(source, str(path), "exec"), names)
    raised = failure(lambda: call(names["center"], x=np.zeros((3, 2))))
    assert "center(x=an array of shape (3, 2)) stopped with AttributeError" in str(
        raised.complaint
    )
    assert "in your line 3: `return y.nothing`" in raised.complaint


@pytest.mark.parametrize("stop", [SystemExit, RecursionError, KeyError])
def test_no_exception_of_the_student_escapes(stop):
    def f():
        raise stop("no")

    assert stop.__name__ in failure(call, f).complaint


def test_an_interrupt_by_hand_escapes():
    def f():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        call(f)


def test_a_changed_argument_is_a_failure_and_the_callers_array_is_safe():
    def center(x):
        x -= x.mean(axis=0)
        return x

    x = np.arange(6.0).reshape(3, 2)
    assert "changed its argument x" in failure(lambda: call(center, x=x)).complaint
    np.testing.assert_array_equal(x, np.arange(6.0).reshape(3, 2))


@pytest.mark.parametrize(
    ("spoil", "advice"),
    [
        ("kernels[1] *= 2", "`+=`"),
        ("kernels[1] = kernels[1].T", "`+=`"),
        ("kernels[0] = None", "`+=`"),
        ("kernels.pop()", "`pop`"),
        ("kernels.append(1)", "`pop`"),
    ],
)
def test_arrays_in_a_list_may_not_be_changed_either(spoil, advice):
    names: dict = {}
    exec(f"def chain(kernels):\n    {spoil}", names)
    kernels = [np.eye(2), np.arange(6.0).reshape(2, 3)]
    told = failure(lambda: call(names["chain"], kernels=kernels))
    assert told.complaint.endswith("changed its argument kernels.")
    assert advice in told.hint
    assert [one.shape for one in kernels] == [(2, 2), (2, 3)]
    assert kernels[1].max() == 5


def test_a_changed_number_in_a_list_is_a_change():
    def largest(xs):
        xs[0] = 7

    assert "argument xs" in failure(lambda: call(largest, xs=[1, np.nan])).complaint
    assert call(lambda xs: 1, xs=[1, np.nan]).value == 1


def test_a_nan_in_an_argument_is_not_taken_for_a_change():
    assert call(lambda x: 1, x=np.array([np.nan, 1.0])).value == 1


def test_something_that_is_no_function_is_named():
    assert "an int" in failure(call, 3).complaint


# --- looking at answers --------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        [1, 2, 3],
        (1.0, 2.0, 3.0),
        np.array([1, 2, 3], dtype=np.uint8),
        np.array([1, 2, 3], dtype=np.float32),
        [np.float64(1), 2, np.int32(3)],
    ],
)
def test_every_reasonable_container_of_numbers_is_right(value):
    got = answer(value).close([1.0, 2.0, 3.0])
    assert got.dtype == np.float64


def test_tensors_variables_and_zero_dimensional_results_are_right():
    from cs5045ae.backend import keras, tf

    answer(tf.constant([1.0, 2.0])).close([1.0, 2.0])
    answer(keras.Variable([1.0, 2.0])).close([1.0, 2.0])
    answer(tf.constant(2.0)).close(2.0)
    answer(np.float32(2.0)).close(2.0)
    answer(np.array(2)).close(2)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "returned None"),
        ("one", "a str, where numbers are due"),
        ({"a": 1}, "a dict, where numbers are due"),
        ([[1, 2], [3]], "a list, where numbers are due"),
        (np.array([1, 2j]), "complex numbers"),
        (np.array([1.0]), "an array of shape (1,), not of shape (2,)"),
        (np.array([[1.0, 2.0]]), "an array of shape (1, 2), not of shape (2,)"),
        ([np.nan, 5.0], "NaN at index [0]"),
        ([0.0, np.inf], "infinity at index [1]"),
        ([0.5, -0.1], "-0.1 at index [1], which is below 0"),
        ([0.5, 1.7], "1.7 at index [1], which is above 1"),
        ([0.5, 0.5], "index [1] is off by 0.25"),
    ],
)
def test_the_first_wrong_property_is_the_one_that_is_told(value, words):
    raised = failure(lambda: answer(value).close([0.5, 0.75], low=0, high=1))
    assert words in raised.complaint


def test_a_fresh_case_never_shows_the_right_value():
    raised = failure(lambda: answer([0.5, 0.5]).close([0.5, 0.73125]))
    assert "0.73125" not in str(raised)
    raised = failure(lambda: answer([0.5, 0.5]).close([0.5, 0.73125], shown=True))
    assert "0.73125" in str(raised)


def test_a_column_is_never_compared_with_a_row():
    failure(lambda: answer(np.ones((3, 1))).close(np.ones((1, 3))))
    failure(lambda: answer(np.ones((3, 1))).close(np.ones(3)))


def test_a_known_mistake_gets_its_own_hint():
    mistakes = {"This is the variance.": [4.0], "This is the range.": [9.0]}

    def look(value):
        return failure(
            lambda: answer([value]).close([2.0], mistakes=mistakes, hint="General.")
        ).hint

    assert look(4.0) == "This is the variance."
    assert look(9.0) == "This is the range."
    assert look(5.0) == "General."


def test_a_known_wrong_shape_gets_its_own_hint():
    raised = failure(
        lambda: answer(np.ones((2, 3))).array((3, 2), shapes={(2, 3): "Transposed."})
    )
    assert raised.hint == "Transposed."


def test_rounding_of_float32_passes_and_a_real_difference_does_not():
    want = np.array([1234.5, 0.001, -3.0])
    answer(want.astype(np.float32)).close(want)
    failure(lambda: answer(want + np.array([0, 0.01, 0])).close(want))


def test_whole_numbers():
    assert answer(3.0).array((), whole=True).dtype == np.int64
    assert "not whole" in failure(lambda: answer(3.5).array((), whole=True)).complaint


def test_parts_of_a_tuple():
    first, second = answer([1, "b"]).parts("number", "letter")
    assert first.value == 1
    assert second.subject == "In f(), letter is"
    assert "3 parts" in failure(lambda: answer((1, 2, 3)).parts("a", "b")).complaint
    assert "not a tuple (a, b)" in failure(lambda: answer(1).parts("a", "b")).complaint


# --- the decorator -------------------------------------------------------------------


@check(task="4")
def check_two(f, *, rng):
    call(f, number=1).close(2.0, hint="Add one.")
    return "f(1) is 2"


def test_a_passed_check_prints_one_line_and_has_no_value(capsys):
    assert check_two(lambda number: 2) is None
    assert capsys.readouterr().out == "Passed: f(1) is 2.\n"


def test_the_message_names_the_task_and_then_the_hint_to_open():
    check_two(lambda number: 2)  # forget earlier tries
    texts = [str(failure(check_two, lambda number: 3)) for _ in range(5)]
    assert all(text.startswith("Task 4 is not right yet.") for text in texts)
    assert "Hint: Add one." in texts[0]
    assert "Stuck?" not in texts[0]
    for text, step in zip(texts[1:4], ("hint 1", "hint 2", "hint 3"), strict=True):
        assert f"Open {step} of task 4" in text
    assert "All three hints" in texts[4]
    check_two(lambda number: 2)
    assert "Stuck?" not in str(failure(check_two, lambda number: 3))


def test_an_unwritten_task_is_not_counted_as_a_try():
    def stub(number):
        raise NotImplementedError

    check_two(lambda number: 2)
    for _ in range(3):
        assert "Stuck?" not in str(failure(check_two, stub))
    assert "Stuck?" not in str(failure(check_two, lambda number: 3))


def test_nothing_of_a_check_reaches_standard_error(capfd):
    def f(number):
        warnings.warn("take care", RuntimeWarning, stacklevel=1)
        os.write(2, b"from C\n")
        print("from Python", file=sys.stderr)
        return 2

    check_two(f)
    out, err = capfd.readouterr()
    assert err == ""
    failure(check_two, lambda number: f(number) + 1)
    assert capfd.readouterr().err == ""
    assert "Note: your code gave a warning, RuntimeWarning: take care" in out


def test_an_endless_loop_is_stopped_and_the_timer_is_gone(monkeypatch):
    monkeypatch.setitem(LIMITS, "check_slow", 0.2)

    @check(task="1")
    def check_slow(f, *, rng):
        call(f)
        return "never"

    def endless():
        while True:
            with contextlib.suppress(Exception):
                time.sleep(0.01)

    start = time.monotonic()
    assert "stopped after 0.2 seconds" in failure(check_slow, endless).complaint
    assert time.monotonic() - start < 10
    time.sleep(1.2)  # a timer left behind would fire here


def test_the_limit_holds_for_a_block():
    with pytest.raises(TooSlow), time_limit(0.05):
        time.sleep(5)


def test_the_seed_is_public_until_an_instructor_sets_another(monkeypatch):
    monkeypatch.delenv("CS5045AE_SEED", raising=False)
    public = fresh_rng("check_two").random(4)
    np.testing.assert_array_equal(public, fresh_rng("check_two").random(4))
    assert not np.array_equal(public, fresh_rng("check_three").random(4))
    monkeypatch.setenv("CS5045AE_SEED", "77")
    assert not np.array_equal(public, fresh_rng("check_two").random(4))
    monkeypatch.setenv("CS5045AE_SEED", "secret")
    with pytest.raises(ValueError, match="whole number"):
        fresh_rng("check_two")


def test_an_error_of_ours_is_not_blamed_on_the_student():
    @check(task="1")
    def check_broken(f, *, rng):
        return {}["no such key"]

    with pytest.raises(KeyError):
        check_broken(None)


# --- what a student sees -------------------------------------------------------------


def test_ipython_shows_the_message_alone():
    code = (
        "from IPython.core.interactiveshell import InteractiveShell\n"
        "shell = InteractiveShell.instance()\n"
        "shell.run_cell('from cs5045ae.checks import CheckFailed')\n"
        'shell.run_cell(\'raise CheckFailed("f is off.", "Add one.")\')\n'
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "f is off." in done.stdout
    assert "Hint: Add one." in done.stdout
    assert "Traceback" not in done.stdout
    assert "File " not in done.stdout


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (2_836_560, "2836560; the right value is 2837314."),
        (0.123456789, "0.123457; the right value is 2837314."),
        (1e15, "1e+15; the right value is 2837314."),
    ],
)
def test_a_whole_number_is_told_with_all_its_digits(got, said):
    with pytest.raises(CheckFailed) as raised:
        call(lambda x: got, x=1).close(2_837_314, hint="", shown=True)
    assert said in " ".join(raised.value.complaint.split())


def test_importing_all_checks_imports_no_tensorflow():
    names = [m.name for m in pkgutil.iter_modules(checks.__path__, "cs5045ae.checks.")]
    code = f"import {', '.join(names)}, sys; sys.exit('tensorflow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
