"""A class by the instructor's commands: collect, grade, again, regrade, export."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests import bank
from tests.grading.test_commands import command

pytestmark = pytest.mark.slow
TOPIC = "01_pca"
NAME = f"{TOPIC}.ipynb"
ATTACK = """import os
def center(x):
    open("{target}", "w").write("was here")
    os.system("touch {target}")
    os._exit(0)
"""
FORGETS = "def project(x, mean, components):\n    return x @ components.T\n"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course folder with a class that has handed in."""
    root = tmp_path_factory.mktemp("term")
    for name in ("exercises", "solutions"):
        shorten(bank.ROOT / name / TOPIC / NAME, root / name / TOPIC / NAME)
    (root / "lectures").mkdir()
    shutil.copy(bank.ROOT / "nbgrader_config.py", root)
    solution = root / "solutions" / TOPIC / NAME
    target = root / "written by a student"
    hand_in(root, "perfect", solution, {})
    hand_in(root, "forgets", solution, {"project": FORGETS})
    hand_in(root, "attack", solution, {"center": ATTACK.format(target=target)})
    hand_in(root, "broken", solution, {})
    (root / "class" / "broken" / NAME).write_text("hello")
    for words in (("collect", "class", TOPIC), ("grade", TOPIC)):
        done = command(root, *words)
        assert done.returncode == 0, done.stderr
    assert not target.exists()
    return root, done


def hand_in(root, student, notebook, answers):
    made = nbformat.read(notebook, as_version=4)
    for cell in made.cells:
        cell.source = answers.get(cell.id, cell.source)
    (root / "class" / student).mkdir(parents=True)
    nbformat.write(made, root / "class" / student / NAME)


def shorten(notebook, target):
    """Leave out the cells that draw or train: they are dear, and give no points."""
    made = nbformat.read(notebook, as_version=4)
    first = next(cell.id for cell in made.cells if cell.cell_type == "code")
    made.cells = [
        cell
        for cell in made.cells
        if cell.cell_type == "markdown"
        or "nbgrader" in cell.metadata
        or cell.id == first
    ]
    target.parent.mkdir(parents=True)
    nbformat.write(made, target)


def rows(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def verdicts(root):
    folder = root / "verdicts" / TOPIC
    return {path.name: path.read_bytes() for path in folder.glob("*.json")}


def test_each_student_gets_a_row_with_points_status_and_reason(course):
    root, done = course
    found = rows(root / "grades" / f"{TOPIC}-graded.csv")
    assert {name: row["points"] for name, row in found.items()} == {
        "perfect": "18",
        "forgets": "16",
        "attack": "16",
        "broken": "",
    }
    assert found["broken"]["status"] == "unreadable"
    assert "not JSON" in found["broken"]["reason"]
    assert {row["sandboxed"] for name, row in found.items()} == {"yes"}
    assert "4 submissions" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_gradebook_holds_the_same_points(course):
    root, _ = course
    with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
        got = {
            name: gradebook.find_submission(TOPIC, name).score
            for name in ("perfect", "forgets", "attack")
        }
    assert got == {"perfect": 18, "forgets": 16, "attack": 16}


def test_a_second_run_judges_nobody_and_changes_nothing(course):
    root, _ = course
    before = verdicts(root)
    done = command(root, "grade", TOPIC)
    assert done.returncode == 0, done.stderr
    assert verdicts(root) == before


def test_a_verdict_that_is_lost_is_made_again(course):
    root, _ = course
    path = root / "verdicts" / TOPIC / "forgets.json"
    before = json.loads(path.read_text())
    path.unlink()
    done = command(root, "grade", TOPIC)
    assert done.returncode == 0, done.stderr
    assert "1 submission," in done.stdout
    assert json.loads(path.read_text())["points"] == before["points"]


def test_the_view_of_the_staff_shows_the_call_and_changes_nothing(course):
    root, _ = course
    before = verdicts(root)
    done = command(root, "grade", TOPIC, "--student", "forgets", "--verbose")
    assert done.returncode == 0, done.stderr
    assert "call: project" in done.stdout
    assert "expected:" in done.stdout
    assert verdicts(root) == before
    page = root / "autograded" / "forgets" / TOPIC / f"{TOPIC}.ipynb"
    assert "expected:" not in page.read_text()


def test_export_writes_points_apart_from_status(course):
    root, _ = course
    done = command(root, "export", TOPIC)
    assert done.returncode == 0, done.stderr
    found = rows(root / "grades" / f"{TOPIC}.csv")
    assert (found["forgets"]["points"], found["forgets"]["status"]) == (
        "16",
        "needs manual",
    )
    assert (found["broken"]["points"], found["broken"]["status"]) == ("", "unreadable")
    with open(root / "grades" / f"{TOPIC}-tasks.csv", encoding="utf-8") as stream:
        told = {(r["student"], r["task"]): r["reason"] for r in csv.DictReader(stream)}
    assert "project(" in told["forgets", "test-project"]
    assert told["forgets", "test-center"] == ""


def test_the_commands_of_the_guide_work_as_written(course):
    root, _ = course
    guide = (bank.ROOT / "docs" / "grading.md").read_text()
    blocks = re.findall(r"^```(.*?)\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    # Blocks marked "sh" need other machines; test_cluster.py has some.
    lines = [line for mark, text in blocks if not mark for line in text.splitlines()]
    assert len(lines) >= 6
    text = "\n".join(lines).replace("alice", "forgets")
    bin_folder = Path(sys.executable).parent
    done = subprocess.run(
        ["bash", "-euc", text],
        cwd=root,
        env=os.environ | {"PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "Nothing is left to judge." in done.stdout
    page = (root / "feedback" / "forgets" / TOPIC / f"{TOPIC}.html").read_text()
    assert "subtract the mean" in page.lower() or "not right yet" in page
    assert "expected:" not in page


def test_who_misses_the_gradebook_is_said_and_comes_in_later(course):
    root, _ = course
    marked = root / "autograded" / "forgets"
    marked.rename(root / "elsewhere")
    marked.write_text("a file in the way")
    done = command(root, "grade", TOPIC)
    assert done.returncode == 1
    assert "1 of them are NOT IN THE GRADEBOOK" in done.stdout
    row = rows(root / "grades" / f"{TOPIC}-graded.csv")["forgets"]
    assert row["points"] == "16"
    assert "The gradebook was not filled" in row["reason"]
    told = command(root, "export", TOPIC).stdout
    assert "lag behind 1 verdicts on 01_pca" in told
    marked.unlink()
    done = command(root, "grade", TOPIC)
    assert done.returncode == 0, done.stderr
    assert marked.is_dir()
    assert "lag behind" not in command(root, "export", TOPIC).stdout


def test_of_what_is_graded_in_part_the_certain_points_are_exported(course):
    root, _ = course
    path = root / "verdicts" / TOPIC / "forgets.json"
    before = path.read_text()
    verdict = json.loads(before)
    cell = next(c for c in verdict["cells"] if c["points"])
    certain = verdict["points"] - cell["points"]
    cell["points"] = None
    verdict |= {"status": "graded in part", "points": certain}
    path.write_text(json.dumps(verdict))
    done = command(root, "export", TOPIC)
    assert done.returncode == 0, done.stderr
    row = rows(root / "grades" / f"{TOPIC}.csv")["forgets"]
    assert (float(row["points"]), row["status"]) == (certain, "graded in part")
    assert f"Not certain yet: {cell['grade_id']}" in row["reason"]
    assert "1 of 4 are graded in part" in done.stdout
    path.write_text(before)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("grade", "99_none"), "There is no solution named 99_none"),
        (("grade", TOPIC, "--student", "nobody"), "Nothing of nobody"),
        (("grade", TOPIC, "--verbose"), "add --student"),
        (("grade", TOPIC, "--db", "nonsense"), "no address of a database"),
        (("export",), "Name a topic"),
        (("export", TOPIC, "--all"), "Name a topic"),
        (("export", "99_none"), "There is no solution named 99_none"),
        (("export", TOPIC, "--roster", "no.csv"), "no.csv"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(course, words, sentence):
    done = command(course[0], *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
