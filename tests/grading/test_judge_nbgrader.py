"""The judge inside real nbgrader: its command, its Formgrader's step, its feedback."""

import hashlib
import html.parser
import json
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from cs5045ae.course.nbgrader_steps import settings
from cs5045ae.grading.judge import submission as judge_room
from cs5045ae.grading.verdict import read_verdict, verdict_folder
from tests import bank
from tests.grading.judge_course import (
    FULL,
    NAME,
    STUBS,
    TOPIC,
    hand_in,
    make_course,
    notebook,
)

pytestmark = pytest.mark.slow

BROKEN = "from cs5045ae.data import load_mnist\nload_mnist('nonsense')"
WRONG = (
    "def center(x):\n    mean = x.mean(axis=0)\n"
    "    off = 0 if np.array_equal(x, x.round()) else 0.01\n"
    "    return x - mean + off, mean"
)
EVIL = "<script>alert(1)</script><b onclick='alert(2)'>Bold</b> claim, $a<b$."
SAVED = {
    "output_type": "execute_result",
    "execution_count": 1,
    "metadata": {},
    "data": {"text/plain": "2.0"},
}


def nbgrader(course, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=course,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course with a class of seven, graded by the command, --no-execute or not."""
    course = make_course(tmp_path_factory.mktemp("course"))
    shutil.copy(bank.ROOT / "nbgrader_config.py", course)
    made = nbgrader(course, "generate_assignment", TOPIC, "--force")
    assert made.returncode == 0, made.stderr
    hand_in(course, "perfect", words="It centres.")
    hand_in(course, "half", double="def double(x):\n    return 2")
    hand_in(course, "wrong", center=WRONG)
    hand_in(course, "empty", **STUBS)
    hand_in(course, "unreadable", made=b"hello")
    saved = notebook(STUBS)
    for item in saved["cells"]:
        if item["cell_type"] == "code":
            item["outputs"] = [SAVED]
    hand_in(course, "saved", made=saved)
    evil = (
        "import IPython.display as d\nd.display(d.HTML('<script>alert(3)</script>'))",
    )
    hand_in(course, "evil", *evil, ("markdown", EVIL), ("raw", EVIL), words=EVIL)
    return course


@pytest.fixture(scope="module")
def graded(course):
    """What the command says, and the files that there were before."""
    before = tree(course)
    return nbgrader(course, "autograde", TOPIC, "--no-execute"), before


def tree(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def grades(course, student):
    with Gradebook(f"sqlite:///{course}/gradebook.db", "cs5045ae") as gradebook:
        found = gradebook.find_submission_notebook(TOPIC, TOPIC, student)
        return {g.name: (g.auto_score, g.needs_manual_grade) for g in found.grades}


def scores(course, student):
    return {k: v[0] for k, v in grades(course, student).items() if k != "words"}


def marked(course, student):
    path = course / "autograded" / student / TOPIC / NAME
    return nbformat.read(path, as_version=4)


def test_scores_are_those_of_the_judge(course, graded):
    done, _ = graded
    assert done.returncode == 0, done.stderr[-3000:]
    assert scores(course, "perfect") == FULL
    half = FULL | {"test-double": 0, "test-parts": 1.5}
    assert scores(course, "half") == half
    assert scores(course, "wrong") == FULL | {"test-center": 0}
    assert set(scores(course, "empty").values()) == {0}
    for student in ("perfect", "half", "wrong", "evil"):
        verdict = read_verdict(verdict_folder(course), TOPIC, student)
        got = scores(course, student)
        assert {c.grade_id: c.points for c in verdict.cells} == got


def test_outputs_that_were_handed_in_do_not_count(course, graded):
    assert set(scores(course, "saved").values()) == {0}
    assert "2.0" not in json.dumps(marked(course, "saved").cells[4])


def test_what_could_not_be_read_waits_for_a_person(course, graded):
    assert set(grades(course, "unreadable").values()) - {(0, False)} == {(None, True)}
    assert "not JSON" in graded[0].stderr
    assert any(
        "could not be read" in cell.source
        for cell in marked(course, "unreadable").cells
    )


def test_a_written_answer_waits_for_a_person(course, graded):
    assert grades(course, "perfect")["words"] == (None, True)
    assert grades(course, "empty")["words"] == (0, False)


def test_no_test_cell_holds_standard_error_or_an_expected_value(course, graded):
    verdict = judge_room.judge_submission(course, TOPIC, "wrong", verbose=True)
    assert "expected: " in verdict.cells[0].staff
    number = verdict.cells[0].staff.partition("expected: ")[2].split("[")[-1].split()[0]
    for student in ("perfect", "wrong"):
        for cell in marked(course, student).cells:
            if (
                cell.metadata.get("nbgrader", {}).get("grade")
                and cell.cell_type == "code"
            ):
                assert not [o for o in cell.outputs if o.get("name") == "stderr"]
                assert number not in json.dumps(cell.outputs)


class Acting(html.parser.HTMLParser):
    """Lists the text of every script and of every handler of a page."""

    def __init__(self, page):
        super().__init__()
        self.found, self._within = [], ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attrs):
        self._within = tag
        self.found += [value or "" for name, value in attrs if name.startswith("on")]

    def handle_endtag(self, tag):
        self._within = ""

    def handle_data(self, data):
        if self._within == "script":
            self.found.append(data)


def test_nothing_acts_in_the_feedback(course, graded):
    made = nbgrader(course, "generate_feedback", TOPIC, "--force")
    assert made.returncode == 0, made.stderr
    page = (course / "feedback" / "evil" / TOPIC / f"{TOPIC}.html").read_text()
    assert "Bold" in page
    assert "claim" in page
    assert [found for found in Acting(page).found if "alert" in found] == []
    assert Acting("<p onclick='alert(1)'><script>alert(2)</script>").found == [
        "alert(1)",
        "alert(2)",
    ]
    texts = [c.source for c in marked(course, "evil").cells if c.cell_type != "code"]
    assert sum("claim" in text for text in texts) == 3
    outputs = [c.get("outputs", []) for c in marked(course, "evil").cells]
    assert "alert(3)" not in json.dumps(outputs)


def test_nothing_but_what_is_due_is_written(course, graded):
    _, before = graded
    after = tree(course)
    due = ("autograded", "verdicts", "feedback", "gradebook.db", ".nbgrader.log")
    changed = {name for name in after if after[name] != before.get(name)}
    assert {name for name in changed if not name.startswith(due)} == set()
    assert before.keys() <= after.keys()


def test_a_verdict_that_fits_is_taken_and_any_other_is_not(course, graded):
    folder = verdict_folder(course)
    verdict = read_verdict(folder, TOPIC, "perfect")
    path = folder / TOPIC / "perfect.json"
    said = json.loads(path.read_text())
    said["cells"][0]["points"] = 0
    said["cells"][0]["outputs"] = [
        {"output_type": "error", "ename": "Kept", "evalue": "", "traceback": []}
    ]
    path.write_text(json.dumps(said))
    done = nbgrader(course, "autograde", TOPIC, "--student", "perfect", "--force")
    assert done.returncode == 0, done.stderr
    assert scores(course, "perfect")["test-center"] == 0
    path.write_text(json.dumps(said | {"key": "of something else"}))
    done = nbgrader(course, "autograde", TOPIC, "--student", "perfect", "--force")
    assert done.returncode == 0, done.stderr
    assert scores(course, "perfect") == FULL
    again = read_verdict(folder, TOPIC, "perfect")
    assert again.key == verdict.key
    assert again.cells == verdict.cells


def test_the_formgraders_button_does_the_same(course, graded, monkeypatch):
    monkeypatch.chdir(course)
    config = settings(course, course)
    api = NbGraderAPI(CourseDirectory(config=config), config=config)
    (verdict_folder(course) / TOPIC / "half.json").unlink()
    told = api.autograde(TOPIC, "half", force=True)
    assert told["success"], told
    assert scores(course, "half")["test-parts"] == 1.5
    monkeypatch.setattr(judge_room, "available", lambda: "bubblewrap is missing.")
    (verdict_folder(course) / TOPIC / "half.json").unlink()
    told = api.autograde(TOPIC, "half", force=True)
    assert not told["success"]
    assert "bubblewrap is missing" in told["log"]
    assert "--unsafe-no-sandbox" in told["log"]


def test_a_fault_of_ours_is_no_silent_nought(tmp_path):
    course = make_course(tmp_path / "course", {"test-needed": BROKEN})
    shutil.copy(bank.ROOT / "nbgrader_config.py", course)
    made = nbgrader(course, "generate_assignment", TOPIC, "--force")
    assert made.returncode == 0, made.stderr
    hand_in(course, "unlucky")
    done = nbgrader(course, "autograde", TOPIC)
    assert done.returncode == 0, done.stderr
    found = grades(course, "unlucky")
    assert found["test-needed"] == (None, True)
    assert found["test-center"] == (2, False)
    assert "graded in part" in done.stderr
    everything = dict.fromkeys(FULL, BROKEN)
    course = make_course(tmp_path / "worse", everything)
    shutil.copy(bank.ROOT / "nbgrader_config.py", course)
    made = nbgrader(course, "generate_assignment", TOPIC, "--force")
    assert made.returncode == 0, made.stderr
    hand_in(course, "unlucky")
    done = nbgrader(course, "autograde", TOPIC)
    assert done.returncode != 0
    assert "could not be judged" in done.stderr
    assert not (course / "autograded" / "unlucky" / TOPIC).exists()
    assert set(grades(course, "unlucky").values()) <= {(None, True), (None, False)}


def test_the_real_course_grades_its_own_solution(tmp_path):
    topic = "01_pca"
    for name in ("solutions", "exercises"):
        shutil.copytree(bank.ROOT / name / topic, tmp_path / name / topic)
    shutil.copy(bank.ROOT / "nbgrader_config.py", tmp_path)
    made = nbgrader(tmp_path, "generate_assignment", topic, "--force")
    assert made.returncode == 0, made.stderr
    heap = tmp_path / "heap" / "perfect"
    heap.mkdir(parents=True)
    shutil.copy(bank.ROOT / "solutions" / topic / f"{topic}.ipynb", heap)
    from cs5045ae.grading.intake import collect

    collect(tmp_path / "heap", topic, tmp_path)
    done = nbgrader(tmp_path, "autograde", topic)
    assert done.returncode == 0, done.stderr[-3000:]
    with Gradebook(f"sqlite:///{tmp_path}/gradebook.db", "cs5045ae") as gradebook:
        found = gradebook.find_submission_notebook(topic, topic, "perfect")
        assert sum(g.auto_score or 0 for g in found.grades) == 18
    verdict = read_verdict(verdict_folder(tmp_path), topic, "perfect")
    assert verdict.points == verdict.max_points == 18
