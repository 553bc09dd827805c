"""Do the course's own exercises come through intake as they are, and when bent?"""

import json

import nbformat
import pytest

from cs5045ae.course.exercises import release as make_release
from cs5045ae.course.place import Course
from cs5045ae.grading.intake import collect
from tests.bank import ROOT, answers, exercise, topics

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=topics())
def topic(request, tmp_path_factory):
    """Return a topic and a course folder with its exercise made anew."""
    root = tmp_path_factory.mktemp("course")
    path = root / "exercises" / request.param / f"{request.param}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(make_release(Course(ROOT), request.param), encoding="utf-8")
    return request.param, root


def hand_in(topic, root, notebook):
    """Collect one notebook and return the text of its cells by id."""
    folder = root / "heap" / "anna"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{topic}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    (row,) = collect(root / "heap", topic, root)
    assert row.status in {"collected", "unchanged"}
    built = nbformat.read(row.submitted / f"{topic}.ipynb", as_version=4)
    nbformat.validate(built)
    return {cell.id: cell.source for cell in built.cells}


def variants(topic, root):
    """Yield the exercise with the j-th answer of every task in it, three ways bent."""
    path = root / "exercises" / topic / f"{topic}.ipynb"
    given = json.loads(path.read_text(encoding="utf-8"))
    banks: dict[str, list[str]] = {}
    for answer in answers(topic):
        banks.setdefault(answer.cell, []).append(answer.source)
    for number in range(max(map(len, banks.values()), default=0)):
        chosen = {name: bank[number % len(bank)] for name, bank in banks.items()}
        for bent in ("", "metadata", "ids"):
            notebook = json.loads(json.dumps(given))
            for cell in notebook["cells"]:
                cell["source"] = chosen.get(cell["id"], cell["source"])
                if bent:
                    cell["metadata"] = {}
                if bent == "ids":
                    del cell["id"]
            yield bent, chosen, notebook


def test_every_banks_answers_arrive_unchanged_also_without_metadata(topic):
    name, root = topic
    for bent, chosen, notebook in variants(name, root):
        found = hand_in(name, root, notebook)
        told = {cell: found[cell].strip("\n") for cell in chosen}
        assert told == {c: text.strip("\n") for c, text in chosen.items()}, bent


def test_the_solution_itself_arrives_whole(topic):
    name, root = topic
    source = exercise(name)
    found = hand_in(name, root, json.loads(nbformat.writes(source.notebook)))
    for cell_id, cell in source.solutions().items():
        assert found[cell_id] == cell.source
