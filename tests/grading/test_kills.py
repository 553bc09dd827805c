"""A grading that is killed again and again, and goes on each time.

``kill -9`` strikes the command itself, a process that grades, or a judge, at moments
drawn from a seed, and the command is given again. What stands then is what a twin of
the class got in peace.
"""

import contextlib
import csv
import ctypes
import json
import os
import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
import psutil
import pytest
import sqlalchemy
from nbgrader.api import Gradebook

from tests.grading.attack_class import (
    NAME,
    SEED,
    TOPIC,
    WORDS,
    Exercise,
    command,
    graded_rows,
    hand_in,
    make_course,
)

pytestmark = pytest.mark.slow
MOMENTS = 20261128  # the seed of the kills
TARGETS = ["command"] * 8 + ["worker"] * 6 + ["court"] * 3 + ["examiner"] * 3
MARKS = {  # in the line that started it
    "worker": "multiprocessing.spawn import spawn_main",
    "court": "judge.court import main",
    "examiner": "judge.examiner import main",
}
WRONG = "def center(x):\n    return x, x.mean(axis=0)"
OWN = "def project(x, mean, components):\n    return np.dot(x - mean, components.T)"
KINDS = [{}, {"center": WRONG}, {"project": OWN}, {"project": "project = 3"}]
WAVES, WAVE = 4, 4
PR_SET_CHILD_SUBREAPER = 36


def name_of(number):
    return f"student-{number:02}"


@pytest.fixture(scope="module")
def adopted():
    """Let every orphan of this test become a child of this process, to be seen."""
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    yield {child.pid for child in psutil.Process().children(recursive=True)}
    assert libc.prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0) == 0


@dataclass
class Grading:
    """The command at work in a course folder."""

    course: Path
    before: set[int]
    log: Path = field(init=False)

    def __post_init__(self):
        self.log = self.course.parent / "said.txt"
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "cs5045ae", "grade", TOPIC, "--jobs", "2"],
                cwd=self.course,
                env={**os.environ, "CS5045AE_SEED": SEED},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    @property
    def runs(self):
        return self.process.poll() is None

    def targets(self, kind):
        """Return the processes of a kind that are at work now."""
        if kind == "command":
            return [psutil.Process(self.process.pid)]
        found = []
        with contextlib.suppress(psutil.NoSuchProcess):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
                    if MARKS[kind] in " ".join(child.cmdline()):
                        found.append(child)
        return found

    def strike(self, kind, draw, wait):
        """Kill a process of a kind after some seconds, and say whether one was."""
        until = time.monotonic() + wait
        while self.runs and time.monotonic() < until:
            time.sleep(0.005)
        until = time.monotonic() + 60
        while self.runs and time.monotonic() < until:
            if found := self.targets(kind):
                one = draw.choice(sorted(found, key=lambda one: one.pid))
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
                    if kind == "command":
                        self.process.wait()
                    return True
            time.sleep(0.005)
        return False

    def ended(self):
        """Wait for the end, and see that nothing is left at work."""
        code = self.process.wait(timeout=300)
        until = time.monotonic() + 60
        while left := self.left():
            assert time.monotonic() < until, left
            time.sleep(0.02)
        return code

    def left(self):
        found = []
        for child in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                if child.pid in self.before:
                    continue
                if child.status() != psutil.STATUS_ZOMBIE:
                    found.append(child)
                elif child.ppid() == os.getpid():
                    with contextlib.suppress(ChildProcessError):
                        os.waitpid(child.pid, os.WNOHANG)
        return found


def verdicts(course):
    """Return the verdicts that count, as they were written, by student."""
    found = {}
    for path in sorted((course / "verdicts" / TOPIC).glob("*.json")):
        text = path.read_bytes()
        if json.loads(text)["status"] == "graded":  # whole, whenever it is read
            found[path.stem] = text
    return found


def told(course):
    """Return all that the verdicts say but the time it took and by what version."""
    found = {name: json.loads(text) for name, text in verdicts(course).items()}
    for verdict in found.values():
        del verdict["seconds"], verdict["key"]  # the course may be edited meanwhile
        for cell in verdict["answers"]:
            del cell["seconds"]
    return found


def size(course):
    """Return how many have handed in: a fast machine needs more waves for its kills."""
    return len(list((course / "submitted").iterdir()))


def collect_wave(course, number):
    exercise = Exercise(course)
    shutil.rmtree(course / "class")
    for student in range(number * WAVE, (number + 1) * WAVE):
        kind = {WORDS: f"In my {student} words.", **KINDS[student % len(KINDS)]}
        hand_in(course / "class" / name_of(student), exercise.worked(**kind))
    done = command(course, "collect", "class", TOPIC)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def killed(tmp_path_factory, adopted):
    """A class after twenty kills, its twin, and the diary of the kills."""
    base = tmp_path_factory.mktemp("kills")
    (base / "killed").mkdir()
    course = make_course(base / "killed" / "course")
    draw = random.Random(MOMENTS)
    targets = draw.sample(TARGETS, len(TARGETS))
    diary, collected, seconds = [], 0, 6.0
    grading, standing = None, {}
    while targets:
        if len(verdicts(course)) == collected * WAVE:
            if grading:
                grading.ended()
                grading = None
            collect_wave(course, collected)
            collected += 1
        if grading is None or not grading.runs:
            if grading:
                grading.ended()
            now = verdicts(course)
            assert standing.items() <= now.items()  # what was graded stays as it was
            standing, began = now, time.monotonic()
            grading = Grading(course, adopted)
        wait = draw.uniform(0, seconds) if targets[0] == "command" else draw.random()
        if grading.strike(targets[0], draw, wait):
            at = time.monotonic() - began
            missing = collected * WAVE - len(verdicts(course))
            diary.append((targets.pop(0), round(at, 2), missing))
            print(*diary[-1])
    for number in range(collected, WAVES):
        grading.ended()
        collect_wave(course, number)
    code = grading.ended()
    print("the last one ended with", code)
    grading = Grading(course, adopted)
    assert grading.ended() == 0, grading.log.read_text()
    twin = base / "twin"
    shutil.copytree(course, twin, ignore=shutil.ignore_patterns(*MADE))
    done = command(twin, "grade", TOPIC, "--jobs", "2")
    assert done.returncode == 0, done.stderr
    return course, twin, diary


MADE = ("verdicts", "gradebook.db", "autograded", "grades", "build")


def test_twenty_kills_struck_while_there_was_work(killed):
    diary = killed[2]
    assert sorted(kind for kind, *_ in diary) == sorted(TARGETS)
    assert sum(missing > 0 for *_, missing in diary) >= 0.75 * len(TARGETS), diary


def test_the_verdicts_are_those_of_a_class_graded_in_peace(killed):
    course, twin, diary = killed
    assert len(told(course)) == size(course) >= WAVES * WAVE
    assert told(course) == told(twin), diary


def test_the_gradebook_holds_each_grade_once(killed):
    course, twin, diary = killed
    found = []
    for root in (course, twin):
        with Gradebook(f"sqlite:///{root}/gradebook.db") as gradebook:
            found.append(
                sorted(
                    (s.student.id, n.name, g.name, g.auto_score, g.needs_manual_grade)
                    for s in gradebook.assignment_submissions(TOPIC)
                    for n in s.notebooks
                    for g in n.grades
                )
            )
    assert len(found[0]) == 3 * size(course)
    assert found[0] == found[1], diary
    engine = sqlalchemy.create_engine(f"sqlite:///{course}/gradebook.db")
    with engine.connect() as connection:
        versions = connection.execute(sqlalchemy.text("select * from alembic_version"))
        assert len(versions.all()) == 1
        assert connection.execute(sqlalchemy.text("pragma integrity_check")).all() == [
            ("ok",)
        ]
    engine.dispose()


def test_the_rows_and_the_marked_notebooks_are_there_once(killed):
    course, twin, _ = killed
    rows = graded_rows(course)
    assert {k: (v["points"], v["status"]) for k, v in rows.items()} == {
        k: (v["points"], v["status"]) for k, v in graded_rows(twin).items()
    }
    assert len(rows) == size(course)
    marked = sorted((course / "autograded").glob(f"*/*/{NAME}"))
    assert len(marked) == size(course)
    for path in marked:
        other = twin / path.relative_to(course)
        assert nbformat.read(path, 4).cells == nbformat.read(other, 4).cells


def test_nothing_is_left_to_do_and_nothing_lies_about(killed):
    course, twin, _ = killed
    before = verdicts(course)
    done = command(course, "grade", TOPIC)
    assert done.returncode == 0, done.stderr
    assert "Nothing is left to judge." in done.stdout
    assert verdicts(course) == before
    exported = command(course, "export", TOPIC)
    assert exported.returncode == 0, exported.stderr
    with (course / "grades" / f"{TOPIC}.csv").open(encoding="utf-8-sig") as stream:
        assert len(list(csv.DictReader(stream))) == size(course)
    files = {p.relative_to(course) for p in course.rglob("*") if p.is_file()}
    there = {p.relative_to(twin) for p in twin.rglob("*") if p.is_file()}
    odd = {path for path in files - there if path.parts[0] != "grades"}
    assert odd == set()
