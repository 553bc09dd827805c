"""A class of attackers, by the instructor's own commands.

Everybody gets what the honest part of his work is worth, with a reason; and nothing
outside of the folders that grading writes has changed.
"""

import csv
import json
import os
import socket
import threading
import time
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from cs5045ae.grading.pages.drawing import draw
from tests.grading.attack_class import (
    NAME,
    SEED,
    TOPIC,
    Exercise,
    attacks,
    command,
    grade_class,
    graded_rows,
    hand_in,
    make_course,
    sums,
    verdict_of,
)
from tests.grading.test_pages_clean import Acts

pytestmark = pytest.mark.slow
ATTACKS = attacks()
WRITTEN = ("verdicts", "grades", "autograded", "gradebook.db")
ELSEWHERE = ("/etc/owned", "/root/owned", "/usr/owned")  # see outside.txt


class Listener:
    """Hear what students send to this machine."""

    def __init__(self):
        self.heard = []
        self.line = socket.create_server(("0.0.0.0", 0))
        self.port = self.line.getsockname()[1]
        self.post = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.post.bind(("0.0.0.0", self.port))
        threading.Thread(target=self.accept, daemon=True).start()
        threading.Thread(target=self.receive, daemon=True).start()

    def accept(self):
        while True:
            self.heard.append(self.line.accept()[1])

    def receive(self):
        while True:
            self.heard.append(self.post.recvfrom(100))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The class, collected and graded; and sums of all files before and after."""
    base = tmp_path_factory.mktemp("attacks")
    course, outside = make_course(base / "course"), base / "outside"
    outside.mkdir()
    (outside / "kept.txt").write_text("as it was")
    exercise, listener = Exercise(course), Listener()
    for attack in ATTACKS:
        facts = {
            "target": str(outside / attack.student),
            "root": str(course),
            "port": str(listener.port),
            "seed": SEED,
        }
        hand_in(course / "class" / attack.student, exercise.attacked(attack, facts))
    collected = command(course, "collect", "class", TOPIC)
    assert collected.returncode == 0, collected.stderr
    before = sums(base)
    done = grade_class(course)
    time.sleep(2)  # for a process that outlives its kernel
    return base, course, (before, sums(base)), done, listener


@pytest.fixture(scope="module")
def rows(graded):
    return graded_rows(graded[1])


def test_there_are_enough_attacks():
    assert len(ATTACKS) >= 40
    assert len({attack.title for attack in ATTACKS}) == len(ATTACKS)


@pytest.mark.parametrize("attack", ATTACKS, ids=[a.student for a in ATTACKS])
def test_an_attack_gets_what_its_honest_part_is_worth(attack, graded, rows):
    row = rows[attack.student]
    assert row["status"] == "graded", (attack.title, row)
    assert float(row["points"]) == attack.points, (attack.title, row)
    assert row["sandboxed"] == "yes"
    cells = {c["grade_id"]: c for c in verdict_of(graded[1], attack.student)["cells"]}
    assert cells["test-center"]["points"] == 0
    reason = cells["test-center"]["reason"]
    assert reason, attack.title
    assert attack.says in reason, reason
    assert reason.isprintable(), reason


def test_nothing_outside_has_changed(graded):
    _, _, (before, after), _, listener = graded
    start = tuple(f"course/{name}" for name in WRITTEN)
    assert {k: v for k, v in after.items() if not k.startswith(start)} == before
    assert listener.heard == []
    assert not [path for path in ELSEWHERE if Path(path).exists()]


def test_no_process_is_left(graded):
    for folder in os.listdir("/proc"):
        try:
            with open(f"/proc/{folder}/cmdline", "rb") as stream:
                told = stream.read().decode("utf8", "replace")
        except OSError:
            continue
        assert str(graded[1]) not in told, told


def test_the_gradebook_holds_the_points_and_no_others(graded, rows):
    with Gradebook(f"sqlite:///{graded[1]}/gradebook.db") as gradebook:
        found = {s.student.id: s.score for s in gradebook.assignment_submissions(TOPIC)}
    assert found == {name: float(row["points"]) for name, row in rows.items()}


def test_no_mark_of_an_attack_is_in_what_the_instructor_opens(graded):
    _, course, _, done, _ = graded
    shown = command(
        course, "grade", TOPIC, "--student", "answers-14", "--verbose", impatient=True
    )
    assert "ValueError" in shown.stdout
    for text in (done.stdout, done.stderr, shown.stdout):
        assert "\x1b]" not in text
        assert "\x07" not in text
    exported = command(course, "export", TOPIC)
    assert exported.returncode == 0, exported.stderr
    for path in (course / "grades").glob("*.csv"):
        with path.open(newline="", encoding="utf-8-sig") as stream:
            for cell in (c for row in csv.reader(stream) for c in row):
                assert cell == "-" or cell.lstrip()[:1] not in {"=", "+", "-", "@"}
                assert cell.isprintable(), cell
    pages = list((course / "autograded").glob(f"*/*/{NAME}"))
    assert len(pages) == len(ATTACKS)
    for path in pages:
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            kinds = {k for o in cell.get("outputs", []) for k in o.get("data", {})}
            assert kinds <= {"text/plain", "image/png", "image/jpeg"}, path
            text = "".join(cell["source"])
            if cell["cell_type"] == "markdown" and "owned" in text:
                assert Acts(draw("markdown", text)).found == [], path
