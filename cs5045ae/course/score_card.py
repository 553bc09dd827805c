"""The score card of someone who studies alone: the points of the working copies."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.validator import Validator

from cs5045ae.course.jobs import Done, Job, run_jobs
from cs5045ae.course.nbgrader_steps import settings
from cs5045ae.course.place import Course, CourseError, prepare_environment
from cs5045ae.course.rules import is_manual, is_solution, is_test

__all__ = ["TopicScore", "score_card", "score_topic"]

HEADING = re.compile(r"^#+\s*(Task [^·\n]*?)\s*(?:·|$)", re.MULTILINE)
AGAIN = "`cs5045ae lab --refresh {topic}` makes a fresh copy and keeps yours beside it."


@dataclass(frozen=True)
class TopicScore:
    """What a working copy has so far.

    Parameters
    ----------
    topic : str
        Such as ``"01_pca"``.
    points : float or None
        Points of the checks that pass; None where the copy could not be run.
    out_of : float
        Points of all checks.
    by_hand : float
        Points of written answers, which the reader judges by the mark scheme.
    message : str
        What is left to do, or why there are no points.
    """

    topic: str
    points: float | None
    out_of: float
    by_hand: float
    message: str


def score_card(course: Course, *, jobs: int = 2) -> list[TopicScore]:
    """Run the checks of every working copy, as the Validate button does, and sum up.

    The copies are read, never written.

    Parameters
    ----------
    course : Course
        Its ``work/`` is read; what the runs say goes to ``build/card.log``.
    jobs : int
        How many copies run at the same time.

    Returns
    -------
    list of TopicScore
        One for each exercise of the course, in order.

    Raises
    ------
    CourseError
        If the course holds no exercise.
    """
    topics = sorted(
        path.parent.name for path in course.root.glob("exercises/*/*.ipynb")
    )
    if not topics:
        raise CourseError(f"There is no exercise in {course.root / 'exercises'}.")
    prepare_environment()
    work = [Job(topic, score_topic, (course, topic)) for topic in topics]
    log = course.build / "card.log"
    return [_ended(course, done) for done in run_jobs(work, jobs, log, _outcome)]


def score_topic(course: Course, topic: str) -> TopicScore:
    """Run the checks of one working copy; see `score_card`."""
    exercise = nbformat.read(course.exercise(topic), as_version=4)
    copy, message = course.working_copy(topic), ""
    tests = {cell.source.strip(): cell.metadata.nbgrader for cell in _tests(exercise)}
    failed: set[str] | None = None
    if not copy.is_file():
        failed, message = set(tests), "not begun: `make lab` makes your copy"
    elif _answers(_read(copy)) == _answers(exercise):
        failed, message = set(tests), "not begun"
    else:
        found = Validator(config=settings(course.root, course.root)).validate(
            os.fspath(copy)
        )
        if "type_changed" in found or "changed" in found:
            message = f"a locked cell was changed; {AGAIN.format(topic=topic)}"
        else:
            failed = {cell["source"].strip() for cell in found.get("failed", [])}
            message = _left(exercise, failed)
    total = sum(test["points"] for test in tests.values())
    lost = sum(tests[source]["points"] for source in failed or ())
    by_hand = sum(
        cell.metadata.nbgrader["points"] for cell in exercise.cells if is_manual(cell)
    )
    return TopicScore(
        topic, None if failed is None else total - lost, total, by_hand, message
    )


def _read(copy: Path) -> NotebookNode:
    try:
        return nbformat.read(copy, as_version=4)
    except Exception:  # whatever nbformat stumbles over in a strange file
        again = AGAIN.format(topic=copy.stem)
        raise CourseError(f"it is no notebook any more; {again}") from None


def _tests(notebook: NotebookNode) -> Iterator[NotebookNode]:
    return (cell for cell in notebook.cells if is_test(cell))


def _answers(notebook: NotebookNode) -> list[str]:
    return [
        cell.source.strip()
        for cell in notebook.cells
        if is_solution(cell) and cell.cell_type == "code"
    ]


def _left(exercise: NotebookNode, failed: set[str]) -> str:
    """Name the tasks with a failed check, each with the points that are left in it."""
    left: dict[str, float] = {}
    task = "Task"
    for cell in exercise.cells:
        if cell.cell_type == "markdown" and (found := HEADING.search(cell.source)):
            task = found[1]
        elif is_test(cell) and cell.source.strip() in failed:
            left[task] = left.get(task, 0) + cell.metadata.nbgrader["points"]
    named = [f"{task} ({points:g})" for task, points in left.items()]
    return f"left: {', '.join(named)}" if named else "all checks pass"


def _outcome(done: Done) -> str:
    return done.error or done.value.message


def _ended(course: Course, done: Done) -> TopicScore:
    if isinstance(done.value, TopicScore):
        return done.value
    exercise = nbformat.read(course.exercise(done.job.title), as_version=4)
    total = sum(cell.metadata.nbgrader["points"] for cell in _tests(exercise))
    reason = done.error.partition(": ")[2] or done.error
    return TopicScore(done.job.title, None, total, 0, reason)
