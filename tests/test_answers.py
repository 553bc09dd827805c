"""Every answer in the banks gets exactly the points that its file says.

Here the cells run as plain code in this process, one answer at a time; the other tasks
hold the course's own solution, and must not lose a point by it.
"""

import contextlib
import io
import re

import matplotlib
import pytest

from cs5045ae.checks import CheckFailed
from tests import bank

matplotlib.use("agg")
ALL = [
    pytest.param(answer, marks=[pytest.mark.slow] * bank.trains(topic, answer.cell))
    for topic in bank.topics()
    for answer in bank.answers(topic)
]


def run(topic: str, cell: str, source: str) -> dict[str, str | None]:
    """Run an exercise with one solution cell replaced; return each check's message."""
    exercise = bank.exercise(topic)
    names: dict = {"__name__": "__main__"}
    outcome: dict[str, str | None] = {}
    mine = exercise.tests_of(cell)
    for code in exercise.code:
        if code.id == cell:
            exec(compile(source, f"<{topic}/{cell}>", "exec"), names)
        elif code.id in exercise.solutions():
            exec(code.source, names)
        elif code.id in mine:
            name = bank.check_name(code)
            try:
                with contextlib.redirect_stdout(io.StringIO()) as told:
                    exec(code.source, names)
            except CheckFailed as failure:
                outcome[name] = " ".join(str(failure).split())
            else:
                outcome[name] = None
                assert told.getvalue().startswith("Passed: ")
        elif code.metadata.get("nbgrader") is None and "import" in code.source:
            imports = [
                line
                for line in code.source.split("\n")
                if line.startswith(("import ", "from "))
            ]
            exec("\n".join(imports), names)
    return outcome


@pytest.mark.parametrize("answer", ALL, ids=str)
def test_an_answer_gets_the_points_its_file_says(answer):
    outcome = run(answer.topic, answer.cell, answer.source)
    failed = {name: message for name, message in outcome.items() if message}
    assert set(failed) == set(answer.fails), failed
    for name, words in answer.fails.items():
        assert words in failed[name]
    if not answer.right:
        tests = bank.exercise(answer.topic).tests_of(answer.cell).values()
        assert sum(map(bank.points, tests)) == answer.of
        lost = sum(bank.points(t) for t in tests if bank.check_name(t) in failed)
        assert answer.of - lost == answer.points


ODD = [
    "None",
    "'text'",
    "{}",
    "[[1], [2, 3]]",
    "[[1.0, 2.0], 'x']",
    "['a'] * 5",
    "object()",
    "Sly()",
    "(1, 2, 3)",
    "(None, [[1], [2, 3]])",
    "([[1], [2, 3]], 'x', object())",
    "np.array([None, 1])",
    "np.zeros(0)",
    "np.full((3, 3), 1j)",
    "lambda *x: x",
    "Exception",
]
SLY = """
class Sly:
    def __array__(self, *x, **y): raise KeyError("sly")
    def __len__(self): raise KeyError("sly")
    def __getitem__(self, at): raise KeyError("sly")
    def __eq__(self, other): raise KeyError("sly")
    def numpy(self): raise KeyError("sly")
"""
CELLS = [
    (topic, cell)
    for topic in bank.topics()
    for cell in bank.exercise(topic).solutions()
]


@pytest.mark.parametrize(("topic", "cell"), CELLS)
def test_an_answer_of_no_use_ends_in_a_sentence(topic, cell):
    source = bank.exercise(topic).solutions()[cell].source
    names = re.findall(r"^def (\w+)", source, re.M)
    assert names
    for value in ODD:
        odd = f"import numpy as np\n{SLY}\n"
        odd += "".join(f"def {name}(*x, **y): return {value}\n" for name in names)
        outcome = run(topic, cell, odd)  # raises whatever is no sentence
        assert any(outcome.values()), (value, outcome)


@pytest.mark.parametrize("topic", bank.topics())
def test_each_task_has_two_right_and_four_wrong_answers(topic):
    given = bank.answers(topic)
    for cell in bank.exercise(topic).solutions():
        own = [answer for answer in given if answer.cell == cell]
        assert sum(answer.right for answer in own) >= 2, cell
        assert sum(not answer.right for answer in own) >= 4, cell
    known = set(bank.exercise(topic).solutions())
    assert {answer.cell for answer in given} <= known
