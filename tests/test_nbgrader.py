"""The banks through real nbgrader: release, hand in, autograde, points.

Each combined notebook answers every task with one answer of its bank, so that six
notebooks try six answers of each task at the price of six runs.
"""

import shutil

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.validator import Validator

from cs5045ae.course.nbgrader_steps import autograde, generate, settings, stock
from cs5045ae.course.place import prepare_environment
from tests import bank

pytestmark = pytest.mark.slow
COMBINED = 6
TRAINED = 2


@pytest.fixture(scope="module", params=bank.topics())
def classroom(request, tmp_path_factory):
    """A course folder of one topic, its exercise released."""
    topic, root = request.param, tmp_path_factory.mktemp(request.param)
    prepare_environment()
    source = root / "solutions" / topic / f"{topic}.ipynb"
    source.parent.mkdir(parents=True)
    nbformat.write(trim(topic), source)
    config = stock(settings(bank.ROOT, root))
    generate(config, topic, database=True)
    return topic, root, config


def trim(topic):
    """Return an exercise's source without the cells that earn no points.

    They draw and train; `make course` runs them.
    """
    exercise = bank.exercise(topic)
    solved, notebook = exercise.solutions(), exercise.notebook
    first = next(i for i, c in enumerate(exercise.code) if c.id in solved)
    kept = {c.id for c in exercise.code[:first]} | set(solved) | set(exercise.tests())
    notebook.cells = [
        cell
        for cell in notebook.cells
        if cell.id in kept
        or (cell.cell_type == "markdown" and "nbgrader" in cell.metadata)
    ]
    return notebook


def combine(topic, turn):
    """Answer each task with the turn-th answer of its bank.

    A task that trains is answered in the first notebooks only, and left as it was
    released in the others.
    """
    exercise, notebook, chosen = bank.exercise(topic), trim(topic), {}
    for cell in exercise.solutions():
        own = [a for a in bank.answers(topic) if a.cell == cell]
        if not bank.trains(topic, cell):
            chosen[cell] = own[turn % len(own)]
        elif turn < TRAINED:
            chosen[cell] = next(a for a in own if a.right is (turn == 0))
    for cell in notebook.cells:
        if cell.id in chosen:
            cell.source = chosen[cell.id].source
        elif cell.id in exercise.solutions():
            cell.source = "# not tried"
    return notebook, chosen


@pytest.mark.parametrize("turn", range(COMBINED))
def test_a_combined_notebook_gets_what_its_answers_say(classroom, turn):
    topic, root, config = classroom
    notebook, chosen = combine(topic, turn)
    student = f"combined-{turn}"
    folder = root / "submitted" / student / topic
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / f"{topic}.ipynb")
    autograde(config, topic, student)

    want = {}
    exercise = bank.exercise(topic)
    for cell in exercise.solutions():
        for name, test in exercise.tests_of(cell).items():
            failed = cell not in chosen or bank.check_name(test) in chosen[cell].fails
            want[name] = 0 if failed else bank.points(test)
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        graded = gradebook.find_submission_notebook(topic, topic, student)
        got = {grade.name: grade.auto_score for grade in graded.grades}
    assert {name: got[name] for name in want} == want

    path = root / "autograded" / student / topic / f"{topic}.ipynb"
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and cell.cell_type == "code":
            assert not [o for o in cell.outputs if o.get("name") == "stderr"], cell.id


@pytest.mark.parametrize("topic", bank.topics())
def test_the_solution_passes_stock_validate_in_silence(topic, tmp_path):
    prepare_environment()
    path = tmp_path / f"{topic}.ipynb"
    nbformat.write(trim(topic), path)
    result = Validator(config=settings(bank.ROOT, bank.ROOT)).validate(str(path))
    assert result == {}, result


def test_the_untouched_exercise_gets_nothing(classroom):
    topic, root, config = classroom
    folder = root / "submitted" / "untouched" / topic
    folder.parent.mkdir(parents=True)
    shutil.copytree(root / "exercises" / topic, folder)
    autograde(config, topic, "untouched")
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        assert gradebook.find_submission(topic, "untouched").score == 0
