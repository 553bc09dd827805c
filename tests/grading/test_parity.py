"""A check says the same of a student's work here and through the wire.

Every answer of the banks runs in a sandboxed kernel; the check, on this side, meets
plain functions that pass arguments and results over the wire. Its verdict must be the
one it gives when all runs in one process.
"""

import pytest

from cs5045ae.checks import CheckFailed
from cs5045ae.grading.sandbox import SandboxedKernel
from cs5045ae.grading.wire.calls import make_proxy
from tests import bank
from tests.test_answers import run

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
        made = call.rpartition("(")[2].rstrip(")").split(",")
        names |= {name: make_proxy(kernel, name.strip()) for name in made}
        check = bank.check_name(test)
        try:
            exec(call, names)
        except CheckFailed as failure:
            found[check] = failure.complaint
        else:
            found[check] = None
    return found


@pytest.mark.parametrize(
    ("topic", "cell"), CELLS, ids=[f"{topic}-{cell}" for topic, cell in CELLS]
)
def test_the_verdict_is_the_same_through_the_wire(topic, cell):
    exercise = bank.exercise(topic)
    setup = [c.source for c in exercise.code if c.source.startswith(("import", "from"))]
    with SandboxedKernel() as kernel:
        for source in setup[:1]:
            assert kernel.run(source, 60).ok
        for answer in (a for a in bank.answers(topic) if a.cell == cell):
            direct = {
                name: message is None
                for name, message in run(topic, cell, answer.source).items()
            }
            there = outcome(kernel, exercise, answer)
            assert {n: m is None for n, m in there.items()} == direct, (
                answer.title,
                there,
            )
