"""A student's function, called in a real kernel behind the wall."""

import time
import types
import warnings

import numpy as np
import pytest

from cs5045ae.checks.answer import Answer, call
from cs5045ae.checks.failure import CheckFailed, NotWritten
from cs5045ae.checks.limits import TooSlow, time_limit
from cs5045ae.grading.sandbox import KernelLost, Limits, SandboxedKernel
from cs5045ae.grading.wire.calls import Missing, StudentError, fetch, make_proxy
from cs5045ae.grading.wire.errors import WireError

STUDENT = """
import numpy as np

def double(x):
    return 2 * x

def echo(*given, **named):
    return given, named

def add_one(x):
    x += 1

def change(numbers, names):
    numbers.append(4)
    names["b"] = 2

def half(x):
    y = x - x
    return 1 // y

def missing_key(x):
    return {}[x]

def no_eigenvalues(x):
    return np.linalg.inv(x)

def leave(x):
    raise SystemExit("bye")

def todo(x):
    raise NotImplementedError("Write your code here")

def logarithm(x):
    return np.log(x)

def make_adder(n):
    def adder(x):
        return x + n
    return adder

def apply(f, x):
    return f(x)

def slow(x):
    import time
    time.sleep(60)

def noisy(x):
    for number in range(200_000):
        print(number)
    return x

def end(x):
    import os
    os._exit(0)

images = np.ones((4000, 784), dtype=np.float32)
answer = 42
some_set = {1, 2}

def all_images():
    return images
"""


@pytest.fixture(scope="module")
def kernel():
    with SandboxedKernel() as made:
        assert made.run(STUDENT, 30).ok
        yield made


@pytest.fixture
def own():
    """Give a kernel that the test may ruin."""
    with SandboxedKernel(Limits(grace_seconds=1.0)) as made:
        assert made.run(STUDENT, 30).ok
        yield made


@pytest.fixture
def student(kernel):
    return lambda name: make_proxy(kernel, name)


def test_a_proxy_is_a_plain_function_with_the_students_name(student):
    double = student("double")
    assert type(double) is types.FunctionType
    assert (double.__name__, double.__qualname__) == ("double", "double")
    assert double(x=4) == 8


VALUES = [
    *(None, True, 3, 2**100, 0.5, float("inf"), 2j, "ä\n", [1, (2.0, None)]),
    *({"a": [1], "b": {}}, np.arange(6.0).reshape(2, 3), np.array(["a", "bc"])),
    *(np.float32(0.5), np.array(7), np.zeros((0, 2)), np.array([True])),
]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_go_there_and_come_back(student, value):
    (got,), named = student("echo")(value)
    assert named == {}
    assert type(got) is type(value)
    np.testing.assert_equal(got, value)


def test_names_of_the_notebook_can_be_fetched(kernel):
    assert fetch(kernel, "answer") == 42
    assert fetch(kernel, "double")(3) == 6
    with pytest.raises(Missing):
        fetch(kernel, "no_such_name")


def test_a_changed_array_is_changed_here(student):
    x = np.arange(3.0)
    assert student("add_one")(x) is None
    assert x.tolist() == [1, 2, 3]
    with pytest.raises(CheckFailed, match="changed its argument x"):
        call(student("add_one"), x=np.arange(3.0))


def test_changed_lists_and_dicts_are_changed_here(student):
    numbers, names = [1], {"a": 1}
    student("change")(numbers, names)
    assert (numbers, names) == ([1, 4], {"a": 1, "b": 2})


def test_a_read_only_array_cannot_be_changed_there_either(student):
    x = np.arange(3.0)
    x.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        student("add_one")(x)


@pytest.mark.parametrize(
    ("name", "argument", "kind", "message"),
    [
        ("half", 4, ZeroDivisionError, "integer division or modulo by zero"),
        ("missing_key", "k", KeyError, "'k'"),
        ("no_eigenvalues", np.zeros((2, 2)), ValueError, "Singular matrix"),
    ],
)
def test_exceptions_are_of_their_kind(student, name, argument, kind, message):
    with pytest.raises(kind) as raised:
        student(name)(argument)
    assert isinstance(raised.value, StudentError)
    assert str(raised.value) == message
    assert "`" in raised.value.student_line


def test_an_exception_has_its_own_name_and_the_students_line(student):
    with pytest.raises(StudentError) as raised:
        student("no_eigenvalues")(np.zeros((2, 2)))
    assert type(raised.value).__name__ == "LinAlgError"
    assert raised.value.student_line == ", in your line 24: `return np.linalg.inv(x)`"
    with pytest.raises(CheckFailed, match=r"half\(x=4\) stopped with ZeroDivisionErr"):
        call(student("half"), x=4)
    with pytest.raises(CheckFailed, match=r"stopped with SystemExit: bye"):
        call(student("leave"), x=4)


def test_not_written_stays_not_written(student):
    with pytest.raises(NotImplementedError):
        student("todo")(1)
    with pytest.raises(NotWritten):
        call(student("todo"), x=1)


def test_warnings_are_given_here(student):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        student("logarithm")(np.zeros(1))
    assert [(w.category, str(w.message)) for w in caught] == [
        (RuntimeWarning, "divide by zero encountered in log")
    ]


def test_functions_go_both_ways(student):
    adder = student("make_adder")(5)
    assert (adder.__name__, adder(1)) == ("adder", 6)
    assert student("apply")(adder, 10) == 15
    assert student("apply")(student("double"), 10) == 20


def test_a_check_says_the_same_of_an_opaque_value(kernel):
    with pytest.raises(CheckFailed) as here:
        Answer({1, 2}, "f() returned", "f()").array()
    with pytest.raises(CheckFailed) as there:
        Answer(fetch(kernel, "some_set"), "f() returned", "f()").array()
    assert str(there.value) == str(here.value)


def test_twelve_megabytes_come_back_soon(student):
    start = time.monotonic()
    got = student("all_images")()
    assert (got.shape, got.dtype, got.sum()) == ((4000, 784), np.float32, 4000 * 784)
    assert time.monotonic() - start < 60  # under 1 s on a machine at rest


def test_a_small_call_takes_milliseconds(student):
    double = student("double")
    start = time.monotonic()
    for number in range(50):
        assert double(number) == 2 * number
    assert time.monotonic() - start < 60  # 0.2 s on a machine at rest


def test_printing_in_a_call_costs_nothing(student):
    assert student("noisy")(5) == 5


def test_a_slow_call_is_stopped_and_the_kernel_lives(kernel, student):
    with pytest.raises(TooSlow):
        make_proxy(kernel, "slow", seconds=0.3)(1)
    assert student("double")(2) == 4
    with pytest.raises(TooSlow), time_limit(0.3):  # as in a check
        student("slow")(1)
    assert kernel.recover()
    assert student("double")(2) == 4


def test_ending_the_process_in_a_call_loses_the_kernel(own):
    with pytest.raises(KernelLost) as lost:
        make_proxy(own, "end")(1)
    assert lost.value.why == "ended"
    with pytest.raises(KernelLost):
        make_proxy(own, "double")(1)


def test_a_call_that_swallows_interrupts_loses_the_kernel(own):
    own.run(
        "import time\n"
        "def stuck(x):\n"
        "    while True:\n"
        "        try: time.sleep(0.01)\n"
        "        except BaseException: pass",
        5,
    )
    with pytest.raises(TooSlow):
        make_proxy(own, "stuck", seconds=0.5)(1)
    assert not own.recover()
    with pytest.raises(KernelLost) as lost:
        make_proxy(own, "double")(1)
    assert lost.value.why == "time"


HOSTILE = {
    "answers are patched": """
from cs5045ae.grading.wire import agent
agent.answer = lambda *a: agent.Reply({"status": "value", "value": {"array":
    ["<f8", [10**11], ""]}})""",
    "the status is odd": """
from cs5045ae.grading.wire import agent
agent.answer = lambda *a: agent.Reply({"status": "passed", "points": 100})""",
    "the answer is no dict": """
from cs5045ae.grading.wire import agent
agent.answer = lambda *a: agent.Reply([1, 2])""",
    "deep brackets": """
from cs5045ae.grading.wire import agent
class Deep:
    def _repr_mimebundle_(self, **_): return {agent.MIME: "[" * 100_000}
agent.answer = lambda *a: Deep()""",
    "huge numbers": """
from cs5045ae.grading.wire import agent
class Huge:
    def _repr_mimebundle_(self, **_): return {agent.MIME: "9" * 10_000_000}
agent.answer = lambda *a: Huge()""",
    "no text": """
from cs5045ae.grading.wire import agent
class Number:
    def _repr_mimebundle_(self, **_): return {agent.MIME: 5}
agent.answer = lambda *a: Number()""",
    "no import": "__import__ = None",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_kernel_that_lies_about_form_gives_no_usable_answer(name):
    with SandboxedKernel() as kernel:
        kernel.run(STUDENT + HOSTILE[name], 10)
        with pytest.raises(WireError, match="no usable answer"):
            make_proxy(kernel, "double")(1)


def test_an_always_equal_object_is_no_number(own):
    own.run(
        """
class Equal(np.ndarray):
    def __array_function__(self, *a, **k): return True
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
class Float(float):
    def __eq__(self, other): return True
def array(x): return np.array([9.0]).view(Equal)
def number(x): return Float(9)
""",
        5,
    )
    array, number = make_proxy(own, "array")(1), make_proxy(own, "number")(1)
    assert type(array) is np.ndarray
    assert array.tolist() == [9.0]
    assert (type(number), number) == (float, 9.0)
    with pytest.raises(CheckFailed, match="off by 8"):
        Answer(array, "f() returned", "f()").close([1.0])


def test_a_message_beyond_the_limit_ends_the_kernel():
    with SandboxedKernel(Limits(answer_bytes=1 << 20)) as kernel:
        kernel.run("def big(): return 'x' * 999_999, 'y' * 999_999", 10)
        with pytest.raises(KernelLost) as lost:
            make_proxy(kernel, "big")()
        assert lost.value.why == "answer"


def test_raw_bytes_on_the_sockets_end_the_kernel(own):
    """The process holds the sockets, so it can write anything to their other end."""
    own.run(
        """
import os, stat
def scream():
    for number in range(3, 200):
        try:
            if stat.S_ISSOCK(os.fstat(number).st_mode):
                os.write(number, b"\\x02" + b"\\xff" * 100_000)
        except OSError: pass
    return 1
""",
        5,
    )

    def ask():
        make_proxy(own, "scream", seconds=5)()
        make_proxy(own, "double", seconds=5)(1)

    with pytest.raises((KernelLost, WireError)):
        ask()


@pytest.mark.parametrize(
    "code",
    [
        "import json; json.dumps = lambda *a, **k: 'true'",
        "import builtins; builtins.__import__ = None",
        "get_ipython().kernel.session.send = lambda *a, **k: None",
    ],
)
def test_a_kernel_that_cannot_speak_any_more_ends_in_a_reason(own, code):
    def ask():
        own.run(code, 1)
        make_proxy(own, "double", seconds=1)(1)

    with pytest.raises((KernelLost, WireError, TooSlow)):
        ask()


def test_settings_of_the_notebook_do_not_reach_a_call(own):
    lines = (
        "import keras",
        "keras.mixed_precision.set_global_policy('mixed_float16')",
        "def policy(): return keras.layers.Dense(1).dtype_policy.name",
    )
    assert own.run("\n".join(lines), 60).ok
    assert make_proxy(own, "policy")() == "float32"
    told = own.run("print(policy())", 60)
    assert "mixed_float16" in str(told.outputs)


def test_a_missing_name_is_traced_to_the_cell_that_stopped(own):
    own.run("cards = []\ncards[0]\nimport numpy as cards_np", 30)
    assert own.run("def ones(x): return cards_np.ones(x)", 30).ok
    with pytest.raises(CheckFailed) as caught:
        call(make_proxy(own, "ones"), x=3)
    assert "made in the cell that begins with `cards = []`" in caught.value.hint
