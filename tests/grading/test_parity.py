"""A check says the same of a student's work here and through the wire.

Every answer of the banks runs in a sandboxed kernel; the check, on this side, meets
plain functions that pass arguments and results over the wire. Its verdict must be the
one the bank states, which is the verdict of the check when all runs in one process:
tests/test_answers.py sees to that.
"""

import contextlib

import pytest

from cs5045ae.backend import keras  # noqa: F401  (its import is no part of a check)
from cs5045ae.checks import CheckFailed
from cs5045ae.grading.sandbox import SandboxedKernel
from cs5045ae.grading.wire.calls import make_proxy
from tests import bank

pytestmark = pytest.mark.slow
CELLS = [
    (topic, cell)
    for topic in bank.topics()
    for cell in bank.exercise(topic).solutions()
]


def outcome(kernel, exercise, answer):
    """Run the checks of an answer's task through the wire; name each one's message."""
    ran = kernel.run(answer.source, 60)
    assert ran.ok, ran.outputs
    found = {}
    for test in exercise.tests_of(answer.cell).values():
        names = {}
        imports, _, call = test.source.rpartition("\n")
        exec(imports, names)
        made = call.rpartition("(")[2].rstrip(")").split(", ")
        names |= {name: make_proxy(kernel, name) for name in made}
        check = bank.check_name(test)
        try:
            exec(call, names)
        except CheckFailed as failure:
            found[check] = failure.complaint
        else:
            found[check] = None
    return found


def tried(topic, cell):
    """Return a cell's answers; of a task that trains, the first of either kind."""
    own = [answer for answer in bank.answers(topic) if answer.cell == cell]
    if not bank.trains(topic, cell):
        return own
    return [next(a for a in own if a.right is kind) for kind in (True, False)]


@pytest.fixture(scope="module")
def kernel_of():
    """Give one kernel for all of a topic's answers: each replaces the one before."""
    with contextlib.ExitStack() as stack:
        running = {}

        def of(topic):
            if topic not in running:
                stack.close()
                running.clear()
                source = next(
                    cell.source
                    for cell in bank.exercise(topic).code
                    if cell.source.startswith(("import", "from"))
                )
                running[topic] = stack.enter_context(SandboxedKernel())
                assert running[topic].run(source, 60).ok
            return running[topic]

        yield of


@pytest.mark.parametrize(
    ("topic", "cell"), CELLS, ids=[f"{topic}-{cell}" for topic, cell in CELLS]
)
def test_the_verdict_is_the_same_through_the_wire(kernel_of, topic, cell):
    exercise = bank.exercise(topic)
    for answer in tried(topic, cell):
        there = outcome(kernel_of(topic), exercise, answer)
        failed = {name for name, message in there.items() if message is not None}
        assert failed == set(answer.fails), (answer.title, there)
