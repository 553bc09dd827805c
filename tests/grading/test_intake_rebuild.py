"""Is a submission, however bent, put back into the release without losing an answer?"""

import base64
import copy
import itertools
import json
import random

import nbformat
import pytest

from cs5045ae.grading.intake.notebooks import read_notebook
from cs5045ae.grading.intake.rebuild import rebuild, unsolved
from cs5045ae.grading.intake.release import read_release
from tests.grading.intake_course import (
    ANSWERS,
    CENTER,
    RELEASE,
    TEXT,
    TOPIC,
    as_bytes,
    cell,
    find,
    make_course,
    sources,
    worked,
)


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return read_release(make_course(tmp_path_factory.mktemp("course")), TOPIC)


@pytest.fixture
def mend(release):
    def mend(notebook):
        made = rebuild(release, read_notebook(as_bytes(notebook)))
        built = json.loads(made.text)
        nbformat.validate(nbformat.from_dict(built))
        # Whatever came in, what goes out has the release's cells and marks, in order.
        known = [c["id"] for c in RELEASE["cells"]]
        there = [c for c in built["cells"] if c["id"] in known]
        assert [c["id"] for c in there] == known
        for item, given in zip(there, RELEASE["cells"], strict=True):
            assert item["metadata"] == given["metadata"]
            if given["metadata"]:
                assert item["cell_type"] == given["cell_type"]
        own = [c for c in built["cells"] if c["id"] not in known]
        assert all(c["metadata"] == {} for c in own)
        assert not any(c.get("outputs") for c in built["cells"])
        assert {
            c["id"]: c["source"] for c in RELEASE["cells"] if "test" in c["id"]
        } == {c["id"]: c["source"] for c in built["cells"] if "test-" in c["id"]}
        assert built["metadata"] == RELEASE["metadata"]
        return made, sources(built)

    return mend


def answers_of(found):
    return {name: found[name] for name in ANSWERS}


def order_of(made):
    return [c["id"] for c in json.loads(made.text)["cells"]]


def test_an_honest_notebook_passes_unchanged(mend):
    made, found = mend(worked())
    assert answers_of(found) == ANSWERS
    assert made.notes == []
    assert (made.answered, made.recognised, found["own"]) == (3, 5, [])


def test_an_untouched_notebook_has_no_answers(mend):
    made, found = mend(RELEASE)
    assert made.answered == 0
    assert found["center"] == CENTER


def test_the_same_bytes_give_the_same_notebook_and_mending_it_again_changes_nothing(
    mend,
):
    notebook = worked()
    notebook["cells"].insert(4, cell("code", "y = 1", "q"))
    made, _ = mend(notebook)
    assert mend(notebook)[0].text == made.text
    assert mend(json.loads(made.text))[0].text == made.text


def test_outputs_kernel_and_widget_state_are_dropped(mend):
    notebook = worked()
    notebook["metadata"] = {
        "kernelspec": {"name": "ir", "language": "R", "display_name": "R"},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": "x" * 1000}},
        "celltoolbar": "x",
    }
    for item in notebook["cells"]:
        item["metadata"]["tags"] = ["parameters"]
        if item["cell_type"] == "code":
            item["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": "4.0"}
            ]
    made, found = mend(notebook)
    assert answers_of(found) == ANSWERS
    assert "widget" not in made.text
    assert "parameters" not in made.text


@pytest.mark.parametrize("gone", [c["id"] for c in RELEASE["cells"]])
def test_a_deleted_cell_is_put_back_and_the_rest_counts(mend, gone):
    notebook = worked()
    del notebook["cells"][find(notebook, gone)]
    made, found = mend(notebook)
    kept = {name: text for name, text in ANSWERS.items() if name != gone}
    assert {name: found[name] for name in kept} == kept
    assert found["own"] == []
    graded = gone in {*ANSWERS, "test-center", "test-scale"}
    assert any(gone in note for note in made.notes) == graded


def test_all_cells_but_one_answer_deleted(mend):
    notebook = worked()
    notebook["cells"] = [notebook["cells"][find(notebook, "scale")]]
    made, found = mend(notebook)
    assert (made.answered, found["scale"]) == (1, ANSWERS["scale"])
    assert found["center"] == CENTER


@pytest.mark.parametrize("lost", ["metadata", "ids", "both"])
def test_lost_metadata_is_found_again_by_id_text_and_order(mend, lost):
    notebook = worked()
    for item in notebook["cells"]:
        if lost != "ids":
            item["metadata"] = {}
        if lost in {"ids", "both"}:
            del item["id"]
    made, found = mend(notebook)
    assert answers_of(found) == ANSWERS
    assert found["own"] == []
    assert made.recognised >= 4
    assert any("by order and text" in note for note in made.notes) == (lost != "ids")


def test_lost_metadata_and_renumbered_ids(mend):
    notebook = worked()
    for number, item in enumerate(notebook["cells"]):
        item["metadata"], item["id"] = {}, str(number)
    assert answers_of(mend(notebook)[1]) == ANSWERS


def test_lost_metadata_with_own_cells_between(mend):
    notebook = worked()
    for item in notebook["cells"]:
        item["metadata"] = {}
        del item["id"]
    for position in (1, 4, 7, 9):
        notebook["cells"].insert(position, cell("code", f"note_{position} = 1", "n"))
        del notebook["cells"][position]["id"]
    _, found = mend(notebook)
    assert answers_of(found) == ANSWERS
    assert found["own"] == [f"note_{n} = 1" for n in (1, 4, 7, 9)]


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("marked", [True, False])
def test_reordered_cells_come_back_in_order(mend, seed, marked):
    notebook = worked()
    random.Random(seed).shuffle(notebook["cells"])
    for item in notebook["cells"]:
        if not marked:
            item["metadata"] = {}
    made, found = mend(notebook)
    assert answers_of(found) == ANSWERS
    assert any("another order" in note for note in made.notes)


def test_code_answers_that_moved_without_any_mark_are_found_by_their_names(mend):
    notebook = worked()
    a, b = find(notebook, "center"), find(notebook, "scale")
    cells = notebook["cells"]
    cells[a], cells[b] = cells[b], cells[a]
    for item in cells:
        item["metadata"] = {}
        del item["id"]
    assert answers_of(mend(notebook)[1]) == ANSWERS


@pytest.mark.parametrize("name", [*ANSWERS, "test-center", "test-scale"])
@pytest.mark.parametrize("flags", [*itertools.product([True, False], repeat=3)])
def test_marks_are_restored_whatever_they_were_set_to(mend, name, flags):
    notebook = worked()
    marks = notebook["cells"][find(notebook, name)]["metadata"]["nbgrader"]
    before = (marks["grade"], marks["solution"], marks["locked"])
    marks |= dict(zip(["grade", "solution", "locked"], flags, strict=True))
    marks |= {"points": 200, "cell_type": "raw", "checksum": "0"}
    made, found = mend(notebook)
    assert answers_of(found) == ANSWERS
    assert any("restored" in note for note in made.notes) == (flags != before)


@pytest.mark.parametrize("version", [1, 2, 99, "x", None, -1, 3.5])
def test_any_schema_version_is_brought_to_the_release(mend, version):
    notebook = worked()
    for item in notebook["cells"]:
        if "nbgrader" in item["metadata"]:
            item["metadata"]["nbgrader"]["schema_version"] = version
    assert answers_of(mend(notebook)[1]) == ANSWERS


def test_an_edited_test_is_the_courses_again_and_said(mend):
    notebook = worked()
    notebook["cells"][find(notebook, "test-scale")]["source"] = "pass"
    made, found = mend(notebook)
    assert "assert" in found["test-scale"]
    assert any("test-scale" in note for note in made.notes)


def test_a_test_pasted_twice_is_there_once(mend):
    notebook = worked()
    twin = copy.deepcopy(notebook["cells"][find(notebook, "test-center")])
    notebook["cells"].append(twin)
    _, found = mend(notebook)
    assert found["own"] == []


def test_of_an_answer_pasted_twice_the_one_before_the_test_counts(mend):
    notebook = worked()
    for text, at in [
        ("def center(x): return 'top'", 0),
        ("def center(x): return 'late'", len(notebook["cells"]) + 1),
    ]:
        twin = copy.deepcopy(notebook["cells"][find(notebook, "center")])
        twin["source"] = text
        notebook["cells"].insert(at, twin)
    made, found = mend(notebook)
    assert found["center"] == ANSWERS["center"]
    assert found["own"] == [
        "def center(x): return 'top'",
        "def center(x): return 'late'",
    ]
    order = order_of(made)
    assert order.index("own-1") < order.index("center") < order.index("own-2")
    assert any("More than one copy was found of center" in n for n in made.notes)


def test_of_an_answer_and_its_untouched_copy_the_answer_counts(mend):
    for before in (True, False):
        notebook = worked()
        stub = copy.deepcopy(RELEASE["cells"][find(RELEASE, "center")])
        at = find(notebook, "center") + (0 if before else 1)
        notebook["cells"].insert(at, stub)
        _, found = mend(notebook)
        assert (found["center"], found["own"]) == (ANSWERS["center"], [])


def test_duplicate_ids_and_grade_ids_everywhere(mend):
    notebook = worked()
    for item in notebook["cells"]:
        item["id"] = "same"
    assert answers_of(mend(notebook)[1]) == ANSWERS
    notebook["cells"] = [c for c in notebook["cells"] for _ in range(2)]
    assert answers_of(mend(notebook)[1]) == ANSWERS


def test_own_cells_stay_where_they_stood_without_marks(mend):
    notebook = worked()
    own = [
        ("code", "import os", 0),
        ("code", "helper = 3", find(notebook, "center") + 1),
        ("markdown", "my notes", find(notebook, "task-2") + 3),
        ("raw", "raw text", len(notebook["cells"]) + 3),
    ]
    for number, (kind, text, at) in enumerate(own):
        marks = {
            "nbgrader": {"grade_id": f"mine-{number}", "grade": True, "points": 99}
        }
        notebook["cells"].insert(at, cell(kind, text, f"x{number}", marks))
    made, found = mend(notebook)
    assert found["own"] == [text for _, text, _ in own]
    assert order_of(made) == [
        *("own-1", "intro", "imports", "task-1", "own-2", "center", "draw-1"),
        *("test-center", "task-2", "own-3", "scale", "test-scale", "question", "words"),
        *("scheme", "own-4"),
    ]


def test_a_function_in_a_new_cell_below_the_marked_one_still_comes_before_the_test(
    mend,
):
    notebook = worked(center=CENTER)
    at = find(notebook, "center") + 1
    notebook["cells"].insert(at, cell("code", ANSWERS["center"], "x"))
    made, found = mend(notebook)
    assert found["own"] == [ANSWERS["center"]]
    order = order_of(made)
    assert order.index("center") < order.index("own-1") < order.index("test-center")


def test_a_marked_cell_that_was_replaced_by_a_new_one_takes_its_text(mend):
    notebook = worked()
    at = find(notebook, "center")
    notebook["cells"][at] = cell("code", "x = 1\n" + ANSWERS["center"], "fresh")
    _, found = mend(notebook)
    assert found["center"] == "x = 1\n" + ANSWERS["center"]


def test_a_missing_stub_comes_before_and_a_missing_test_after_own_cells(mend):
    notebook = worked()
    for name in ("center", "test-center", "draw-1"):
        del notebook["cells"][find(notebook, name)]
    at = find(notebook, "task-1") + 1
    notebook["cells"].insert(at, cell("code", "exec('def center(x): return x')", "e"))
    made, _ = mend(notebook)
    order = order_of(made)
    assert order.index("center") < order.index("own-1") < order.index("test-center")


def test_a_changed_import_cell_keeps_the_students_imports(mend):
    notebook = worked()
    text = "import numpy as np\nimport math"
    notebook["cells"][find(notebook, "imports")]["source"] = text
    assert mend(notebook)[1]["imports"] == text


def test_a_code_answer_turned_into_text_is_code_again(mend):
    notebook = worked()
    item = notebook["cells"][find(notebook, "center")]
    item["cell_type"] = "markdown"
    del item["outputs"], item["execution_count"]
    made, found = mend(notebook)
    assert found["center"] == ANSWERS["center"]
    assert any("cell type" in note for note in made.notes)


@pytest.mark.parametrize("below", ["words", "scheme"])
@pytest.mark.parametrize("stub", [True, False])
def test_free_text_written_below_its_cell_is_moved_in(mend, below, stub):
    notebook = worked(words=TEXT)
    at = find(notebook, below) + 1
    notebook["cells"].insert(at, cell("markdown", ANSWERS["words"], "fresh"))
    if not stub:
        del notebook["cells"][find(notebook, "words")]
    made, found = mend(notebook)
    assert (found["words"], found["own"]) == (ANSWERS["words"], [])
    assert made.answered == 3


def test_pictures_in_a_written_answer_stay_and_nothing_that_only_says_it_is_one(mend):
    png = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 20).decode()
    notebook = worked()
    notebook["cells"][find(notebook, "words")]["attachments"] = {
        "photo 1.png": {"image/png": png, "text/html": "<script>"},
        "fake.png": {"image/png": base64.b64encode(b"<svg onload=x>").decode()},
        'x" onerror="y': {"image/png": png},
        "page": {"text/html": "<b>"},
        "number": 4,
    }
    made, _ = mend(notebook)
    cells = {c["id"]: c for c in json.loads(made.text)["cells"]}
    assert cells["words"]["attachments"] == {"photo 1.png": {"image/png": png}}


def test_another_exercise_is_not_recognised(release):
    other = {
        "cells": [
            cell("markdown", "# Poetry", "a"),
            cell("code", "def rhyme(word):\n    return word[-2:]", "b"),
        ]
    }
    assert rebuild(release, read_notebook(as_bytes(other))).recognised == 0


def test_the_unsolved_notebook_says_why_and_holds_no_markup(release):
    built = json.loads(unsolved(release, "it is <script>x</script> & so"))
    nbformat.validate(nbformat.from_dict(built))
    first = built["cells"][0]["source"]
    assert "could not be read" in first
    assert "<script" not in first
    assert sources(built)["center"] == CENTER


@pytest.mark.parametrize("seed", range(80))
def test_any_mixture_of_accidents_keeps_the_form_of_the_release(mend, seed):
    """Seeded heaps of damage: the invariants in `mend` hold for each."""
    dice = random.Random(seed)
    notebook = worked()
    cells = notebook["cells"]
    for _ in range(dice.randint(1, 12)):
        if not cells:
            break
        at = dice.randrange(len(cells))
        if not isinstance(cells[at], dict):
            continue
        match dice.randrange(9):
            case 0:
                del cells[at]
            case 1:
                cells.insert(dice.randrange(len(cells)), copy.deepcopy(cells[at]))
            case 2:
                cells[at]["metadata"] = dice.choice([{}, None, 3, {"nbgrader": {}}])
            case 3:
                cells[at].pop("id", None)
            case 4:
                cells[at]["id"] = dice.choice(["same", "center", "", 4, "a b", "own-1"])
            case 5:
                cells[at]["source"] = dice.choice([["a\n", "b"], "", None, "def scale"])
            case 6:
                cells[at]["cell_type"] = dice.choice(
                    ["code", "raw", "markdown", 3, None]
                )
            case 7:
                cells[at]["metadata"] = {
                    "nbgrader": {"grade_id": dice.choice([*ANSWERS, "x", "test-scale"])}
                }
            case 8:
                cells.insert(
                    at, dice.choice([cell("code", "z = 1", "z"), 3, "x", None])
                )
    if any(isinstance(item, dict) for item in cells):
        mend(notebook)
