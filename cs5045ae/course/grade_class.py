"""Grade the sample class of one topic with stock nbgrader, one student at a time."""

import copy
import shutil
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets.config import Config

from cs5045ae.course.nbgrader_steps import (
    NotGraded,
    autograde,
    feedback,
    generate,
    settings,
    stock,
)
from cs5045ae.course.place import Course, prepare_environment
from cs5045ae.course.rules import is_manual, is_solution, is_test, read_solution
from cs5045ae.course.sample_class import NOT_A_NOTEBOOK, SAMPLE_CLASS

__all__ = ["Grade", "grade_class"]


@dataclass(frozen=True)
class Grade:
    """What one student got in one topic; score, status and reason are three fields.

    Parameters
    ----------
    topic, student : str
        Topic and student.
    points : float or None
        Automatic points; None when not graded.
    out_of : float
        Automatic points there are.
    by_hand : float
        Points of the cells that a person grades, which are not in `points`.
    status : str
        ``"graded"``, ``"graded in part"`` or ``"not graded"``.
    reason : str
        One line.
    seconds : float
        Time for grading and feedback.
    page : pathlib.Path or None
        nbgrader's feedback page.
    """

    topic: str
    student: str
    points: float | None
    out_of: float
    by_hand: float
    status: str
    reason: str
    seconds: float = 0.0
    page: Path | None = None


def grade_class(
    course: Course, topic: str, students: Iterable[str] = tuple(SAMPLE_CLASS)
) -> list[Grade]:
    """Grade the sample class of a topic in a course folder below ``build/``.

    The submissions are the course's own, so they are graded without a sandbox.

    Parameters
    ----------
    course : Course
        Only its ``build/grading/`` is written.
    topic : str
        Such as ``"01_pca"``.
    students : iterable of str
        Names from `SAMPLE_CLASS`; all by default.

    Returns
    -------
    list of Grade
        One for each student, also if others failed.

    Raises
    ------
    CourseError
        If the solution breaks a rule of the course.
    NotGraded
        If nbgrader makes no exercise of it.
    """
    prepare_environment()
    solution = read_solution(course.solution(topic))
    folder = course.build / "grading" / topic
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "solutions" / topic).mkdir(parents=True)
    shutil.copy(course.solution(topic), folder / "solutions" / topic)
    config = stock(settings(course.root, folder))  # without a sandbox
    generate(config, topic, database=True)
    exercise = nbformat.read(
        folder / "exercises" / topic / f"{topic}.ipynb", as_version=4
    )
    grades = []
    for student in students:
        build = SAMPLE_CLASS[student]
        handed_in = folder / "submitted" / student / topic
        handed_in.mkdir(parents=True)
        path = handed_in / f"{topic}.ipynb"
        if build is None:
            path.write_text(NOT_A_NOTEBOOK, encoding="utf-8")
        else:
            nbformat.write(build(copy.deepcopy(exercise), solution), path)
        grades.append(_grade(config, folder, topic, student, solution))
    return grades


def _grade(
    config: Config, folder: Path, topic: str, student: str, solution: NotebookNode
) -> Grade:
    started = time.perf_counter()
    tests = [cell.metadata.nbgrader for cell in solution.cells if is_test(cell)]
    manual = [cell.metadata.nbgrader for cell in solution.cells if is_manual(cell)]
    grade = Grade(
        topic,
        student,
        points=None,
        out_of=sum(test["points"] for test in tests),
        by_hand=sum(cell["points"] for cell in manual),
        status="not graded",
        reason="",
    )
    try:
        autograde(config, topic, student)
        feedback(config, topic, student)
    except NotGraded as reason:
        return replace(grade, reason=str(reason), seconds=time.perf_counter() - started)
    scores = _scores(config, topic, student)
    missing = [t["grade_id"] for t in tests if scores.get(t["grade_id"]) is None]
    passed = [t for t in tests if scores.get(t["grade_id"]) == t["points"]]
    graded = nbformat.read(
        folder / "autograded" / student / topic / f"{topic}.ipynb", as_version=4
    )
    notes = [f"{len(passed)} of {len(tests)} test cells passed", *_accidents(graded)]
    notes += [f"test cell {name} is missing" for name in missing]
    return replace(
        grade,
        points=sum(scores.get(test["grade_id"]) or 0.0 for test in tests),
        status="graded in part" if missing else "graded",
        reason="; ".join(notes),
        seconds=time.perf_counter() - started,
        page=folder / "feedback" / student / topic / f"{topic}.html",
    )


def _scores(config: Config, topic: str, student: str) -> dict[str, float | None]:
    """Read the automatic score of each graded cell from nbgrader's database."""
    url = f"sqlite:///{config.CourseDirectory.root}/gradebook.db"
    with Gradebook(url) as gradebook:
        notebook = gradebook.find_submission_notebook(topic, topic, student)
        return {grade.name: grade.auto_score for grade in notebook.grades}


def _accidents(graded: NotebookNode) -> list[str]:
    """Name the answers that cannot even be run."""
    return [
        f"{output.ename} in the answer {cell.metadata.nbgrader.grade_id}"
        for cell in graded.cells
        if is_solution(cell) and cell.cell_type == "code"
        for output in cell.outputs
        if output.output_type == "error"
    ]
