"""A class of attackers and of people with broken files, as they hand in.

The attacks stand in ``attacks/*.txt``. A course folder is made with tasks 1 and 4 of
exercise 01 and its written question, worth 4 points by the checks; an attack takes the
place of the answer to task 1, and task 4 is solved.
"""

import copy
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from tests import bank

TOPIC = "01_pca"
NAME = f"{TOPIC}.ipynb"
FOLDER = Path(__file__).parent / "attacks"
IMPATIENT = Path(__file__).parent / "impatient.py"
SEED = "918273645"
HEAD = re.compile(r"^# %% (.+)$", re.MULTILINE)
SAID = re.compile(r"^# (points|says|where): (.+)$")
CENTER = "def center(x):\n    mean = x.mean(axis=0)\n    return x - mean, mean"
PROJECT = "def project(x, mean, components):\n    return (x - mean) @ components.T"
WORDS = "two-autoencoders"
KEPT = ("intro", "imports", "center", "test-center", "project", "test-project", WORDS)


@dataclass(frozen=True)
class Attack:
    """One submission: where its text goes, and what it must get."""

    student: str
    title: str
    source: str
    points: float
    says: str = ""
    where: str = "center"


def attacks() -> list[Attack]:
    """Read all attacks, in the order of the files."""
    found = []
    for path in sorted(FOLDER.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        heads = list(HEAD.finditer(text))
        for number, head in enumerate(heads, start=1):
            end = heads[number].start() if number < len(heads) else None
            lines = text[head.end() : end].strip("\n").split("\n")
            said = {}
            while lines and (match := SAID.match(lines[0])):
                said[match[1]] = match[2]
                lines.pop(0)
            found.append(
                Attack(
                    f"{path.stem}-{number:02}",
                    head[1],
                    "\n".join(lines).rstrip(),
                    float(said["points"]),
                    said.get("says", ""),
                    said.get("where", "center"),
                )
            )
    return found


def make_course(root: Path) -> Path:
    """Make a course folder with two tasks and the written question of exercise 01."""
    for name in ("exercises", "solutions"):
        made = nbformat.read(bank.ROOT / name / TOPIC / NAME, as_version=4)
        made.cells = [cell for cell in made.cells if cell.id in KEPT]
        assert len(made.cells) == len(KEPT)
        for cell in made.cells:
            if cell.id == "imports":
                cell.source = "import numpy as np"
            elif cell.id == WORDS:
                cell.metadata.nbgrader.points = 16  # an exercise is worth 20
        path = root / name / TOPIC / NAME
        path.parent.mkdir(parents=True)
        nbformat.write(made, path)
    (root / "lectures").mkdir()
    (root / "class").mkdir()
    shutil.copy(bank.ROOT / "nbgrader_config.py", root)
    return root


@dataclass
class Exercise:
    """The exercise as a student opens it."""

    root: Path
    notebook: nbformat.NotebookNode = field(init=False)

    def __post_init__(self) -> None:
        path = self.root / "exercises" / TOPIC / NAME
        self.notebook = nbformat.read(path, as_version=4)

    def worked(self, **answers: str) -> nbformat.NotebookNode:
        """Return it with both tasks solved, or with other answers by grade_id."""
        made = copy.deepcopy(self.notebook)
        texts = {"center": CENTER, "project": PROJECT} | answers
        for cell in made.cells:
            cell.source = texts.get(cell.id, cell.source)
        return made

    def attacked(self, attack: Attack, facts: dict[str, str]) -> nbformat.NotebookNode:
        """Return it with an attack in its place."""
        source = attack.source
        for name, value in facts.items():
            source = source.replace(f"{{{name}}}", value)
        if attack.where == "words":
            return self.worked(**{WORDS: source, "center": "center = 0"})
        if attack.where == "text":
            made = self.worked(center="center = 0")
            made.cells.insert(1, nbformat.v4.new_markdown_cell(source, id="own"))
            return made
        return self.worked(center=source)


def hand_in(folder: Path, notebook: nbformat.NotebookNode, name: str = NAME) -> Path:
    """Write a notebook as a student's, whatever is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    text = nbformat.writes(notebook).encode("utf-8", "surrogatepass")
    path.write_bytes(text)
    return path


def command(
    course: Path, *words: str, impatient: bool = False, answer: str = "", **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a command in a course folder, with the seed; `more` goes to its environment.

    With `impatient` what never ends is stopped early; `answer` is typed in.
    """
    program = [str(IMPATIENT)] if impatient else ["-m", "cs5045ae"]
    return subprocess.run(
        [sys.executable, *program, *words],
        cwd=course,
        env={**os.environ, "CS5045AE_SEED": SEED, **more},
        input=answer,
        capture_output=True,
        text=True,
    )


def grade_class(course: Path) -> subprocess.CompletedProcess[str]:
    """Grade what was collected, and return what was said."""
    done = command(course, "grade", TOPIC, "--jobs", "2", impatient=True)
    assert done.returncode == 0, done.stderr[-5000:]
    assert "Traceback" not in done.stderr, done.stderr[-5000:]
    return done


def graded_rows(course: Path) -> dict[str, dict[str, str]]:
    """Return the rows of the last grading, by student."""
    path = course / "grades" / f"{TOPIC}-graded.csv"
    with path.open(newline="", encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    found = {row["student"].lstrip("'"): row for row in rows}
    assert len(found) == len(rows)
    return found


def verdict_of(course: Path, student: str) -> dict:
    """Return a verdict as it was kept."""
    path = course / "verdicts" / TOPIC / f"{student}.json"
    return json.loads(path.read_text("utf-8"))


def sums(root: Path) -> dict[str, str]:
    """Return a sum of every file below a folder, links and modes included."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            data = hashlib.sha256(path.read_bytes()).hexdigest()
            found[name] = f"{path.stat().st_mode:o} {data}"
        else:
            found[name] = "folder"
    return found
