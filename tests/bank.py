"""The banks of answers: how they are read, and how one is put into an exercise.

A bank file ``tests/answers/<slug>/<grade_id>.py`` holds answers to one solution cell,
each as a student would type it into that cell::

    # %% right: a loop over the columns
    def center(x): ...

    # %% wrong (0 of 2): one mean for the whole array
    # check_center: one mean for each column
    def center(x): ...

A wrong answer says what it earns of its task's points, then names each check that must
fail and a few words its message must hold.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

import nbformat

from cs5045ae.checks.limits import LIMITS

ROOT = Path(__file__).parents[1]
BANKS = ROOT / "tests" / "answers"
HEAD = re.compile(r"^# %% (right|wrong)(?: \((\d+) of (\d+)\))?: (.+)$", re.M)
FAILS = re.compile(r"^# (check_\w+): (.+)$")


@dataclass(frozen=True)
class Answer:
    """One answer of a bank."""

    topic: str
    cell: str
    title: str
    right: bool
    points: int | None
    of: int | None
    source: str
    fails: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.topic}/{self.cell}: {self.title}"


@dataclass(frozen=True)
class Exercise:
    """The source of an exercise: its code cells in order, by grade_id."""

    topic: str
    notebook: nbformat.NotebookNode

    @property
    def code(self) -> list[nbformat.NotebookNode]:
        return [cell for cell in self.notebook.cells if cell.cell_type == "code"]

    def solutions(self) -> dict[str, nbformat.NotebookNode]:
        return {c.id: c for c in self.code if _nbgrader(c).get("solution")}

    def tests(self) -> dict[str, nbformat.NotebookNode]:
        return {c.id: c for c in self.code if _nbgrader(c).get("grade")}

    def tests_of(self, cell: str) -> dict[str, nbformat.NotebookNode]:
        """Return the test cells that follow a solution cell, up to the next one."""
        found, here = {}, False
        for c in self.code:
            if _nbgrader(c).get("solution"):
                here = c.id == cell
            elif here and _nbgrader(c).get("grade"):
                found[c.id] = c
        return found


def _nbgrader(cell: nbformat.NotebookNode) -> dict:
    return cell.metadata.get("nbgrader", {})


def points(cell: nbformat.NotebookNode) -> int:
    return int(_nbgrader(cell)["points"])


def check_name(cell: nbformat.NotebookNode) -> str:
    """Return the name of the check that a test cell calls."""
    (name,) = set(re.findall(r"^(check_\w+)\(", cell.source, re.M))
    return name


def trains(topic: str, cell: str) -> bool:
    """Say whether a task's checks train a network: those have a limit of their own."""
    tests = exercise(topic).tests_of(cell).values()
    return any(check_name(test) in LIMITS for test in tests)


def topics() -> list[str]:
    """Return the topics that have an exercise, such as ``01_pca``."""
    return sorted(p.name for p in (ROOT / "solutions").iterdir() if p.is_dir())


def exercise(topic: str) -> Exercise:
    path = ROOT / "solutions" / topic / f"{topic}.ipynb"
    return Exercise(topic, nbformat.read(path, as_version=4))


def answers(topic: str) -> list[Answer]:
    """Read every answer in a topic's bank, in the order of the files."""
    folder = BANKS / topic.partition("_")[2]
    return [a for path in sorted(folder.glob("*.py")) for a in _read(topic, path)]


def _read(topic: str, path: Path) -> list[Answer]:
    text = path.read_text(encoding="utf8")
    heads = list(HEAD.finditer(text))
    found = []
    for head, after in zip(heads, [*heads[1:], None], strict=True):
        body = text[head.end() : after.start() if after else None].strip("\n")
        fails, lines = {}, body.split("\n")
        while lines and (match := FAILS.match(lines[0])):
            fails[match[1]] = match[2]
            lines.pop(0)
        kind, got, of, title = head.groups()
        if (kind == "wrong") != bool(fails) or (kind == "wrong") != bool(got):
            raise ValueError(
                f"{path.name}, {title!r}: a wrong answer says '(points of points)' and "
                "names the checks that fail; a right one does neither"
            )
        found.append(
            Answer(
                topic,
                path.stem.replace("_", "-"),
                title,
                kind == "right",
                int(got) if got else None,
                int(of) if of else None,
                "\n".join(lines).strip("\n"),
                fails,
            )
        )
    return found
