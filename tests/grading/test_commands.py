"""The instructor's commands, from the command line, on a real course folder."""

import shutil
import subprocess
import sys

import pytest

from tests import bank


@pytest.fixture
def course(tmp_path):
    for name in ("exercises", "solutions", "lectures"):
        shutil.copytree(bank.ROOT / name, tmp_path / name)
    shutil.copy(bank.ROOT / "nbgrader_config.py", tmp_path)
    handed_in = tmp_path / "from the class"
    (handed_in / "alice").mkdir(parents=True)
    shutil.copy(bank.ROOT / "solutions/01_pca/01_pca.ipynb", handed_in / "alice")
    (handed_in / "bob").mkdir()
    (handed_in / "bob" / "01_pca.ipynb").write_text("hello")
    return tmp_path


def command(course, *words):
    return subprocess.run(
        [sys.executable, "-m", "cs5045ae", *words],
        cwd=course,
        capture_output=True,
        text=True,
    )


def test_collect_says_a_line_for_each_student(course):
    done = command(course, "collect", "from the class", "01_pca")
    assert done.returncode == 0, done.stderr
    alice, bob, count, *rest = done.stdout.splitlines()
    assert alice.split()[:2] == ["alice", "collected"]
    assert bob.startswith("bob")
    assert "not JSON" in bob
    assert count == "2 submissions in submitted/."
    assert "nobody can say who is missing" in rest[-1]
    assert (course / "submitted" / "alice" / "01_pca" / "01_pca.ipynb").is_file()


def test_collect_knows_people_from_the_roster_that_lies_there(course):
    text = "id,name,canvas_id\na1,Alice Smith,77\n"
    (course / "roster.csv").write_text(text, encoding="utf-8")
    (course / "canvas").mkdir()
    shutil.copy(
        bank.ROOT / "solutions/01_pca/01_pca.ipynb",
        course / "canvas" / "smithalice_77_9001_01_pca.ipynb",
    )
    done = command(course, "collect", "canvas", "01_pca")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[:2] == ["a1", "collected"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("nowhere", "01_pca"), "nowhere does not exist"),
        (("from the class", "99_none"), "99_none"),
        (("from the class", "01_pca", "--roster", "no.csv"), "no.csv"),
    ],
)
def test_what_cannot_be_used_is_one_sentence(course, words, sentence):
    done = command(course, "collect", *words)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_doctor_reports_a_wall_that_holds(course):
    done = command(course, "doctor", "--sandbox")
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("held") >= 20
    assert "Ready." in done.stdout
