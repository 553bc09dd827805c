"""The judge as a step of ``nbgrader autograde``, in the place of stock ``Execute``.

Named by its dotted path in ``Autograde.autograde_preprocessors``, it works from the
command line and behind the Formgrader's button. It writes the outputs that the stock
``SaveAutoGrades`` reads scores from. It is no kind of ``Execute``, so ``--no-execute``
does not switch it off and no output that was handed in counts.
"""

import json
import os
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader import utils
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Unicode

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.records import submitted_folder
from cs5045ae.grading.judge import outputs
from cs5045ae.grading.judge.submission import judge_submission, key_of
from cs5045ae.grading.verdict import (
    NOT_GRADED,
    Verdict,
    read_verdict,
    verdict_folder,
)

__all__ = ["Judge", "KeepAbsent", "NotJudged"]

ABSENT = "cs5045ae_not_judged"


class NotJudged(Exception):
    """A submission that could not be judged; nbgrader logs it and gives no points."""


class Judge(NbGraderPreprocessor):
    """Fill in what the judge says: outputs of all cells, scores of the test cells."""

    sandboxed = Bool(
        True, help="False runs the students' code without a wall, with your own rights."
    ).tag(config=True)
    key = Unicode(
        help="Of the verdict to take, which is there; by default today's, made if need "
        "be."
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with the outputs that the judge wrote.

        Raises
        ------
        NotJudged
            If there is no verdict to be had, by no fault of the student's.
        """
        root = _root(self)
        topic = resources["nbgrader"]["assignment"]
        student = resources["nbgrader"]["student"]
        try:
            verdict = self._verdict(root, topic, student)
        except CourseError as error:
            raise self._refusal(str(error)) from None
        who = f"{topic} of {student}"
        if verdict.status == NOT_GRADED:
            raise self._refusal(f"{who} could not be judged. {verdict.reason}")
        if not verdict.sandboxed:
            self.log.warning("%s was judged without a wall.", who)
        if verdict.reason:
            self.log.warning("%s: %s. %s", who, verdict.status, verdict.reason)
        self._fill(nb, verdict, root)
        absent = [cell.grade_id for cell in verdict.cells if cell.points is None]
        resources["nbgrader"][ABSENT] = absent
        return nb, resources

    def _verdict(self, root: Path, topic: str, student: str) -> Verdict:
        """Take the verdict that was kept if it is on just this, or judge."""
        key = self.key or key_of(root, topic, student)
        kept = read_verdict(verdict_folder(root), topic, student, key)
        if kept is not None and kept.status != NOT_GRADED:
            return kept
        if self.key:
            raise CourseError(f"The verdict on {topic} of {student} is gone.")
        return judge_submission(root, topic, student, sandboxed=self.sandboxed)

    def _fill(self, nb: NotebookNode, verdict: Verdict, root: Path) -> None:
        topic, student = verdict.topic, verdict.student
        path = submitted_folder(root, topic, student) / f"{topic}.ipynb"
        submitted = json.loads(path.read_bytes())["cells"]
        if len(submitted) != len(nb.cells):
            raise self._refusal(f"{topic} of {student} has other cells than handed in.")
        judged = {cell.grade_id: cell for cell in verdict.cells}
        answers = {cell.number: cell for cell in verdict.answers}
        for number, cell in enumerate(nb.cells):
            name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
            if utils.is_grade(cell) and not utils.is_solution(cell):
                if name not in judged:
                    raise self._refusal(f"{topic} has no verdict on the cell {name}.")
                shown = judged.pop(name).outputs
                shown = shown or ([] if verdict.answers else [_nothing(verdict)])
                self._show(cell, shown)
                continue
            if cell.source != "".join(submitted[number]["source"]):
                raise self._refusal(f"{topic} of {student} was changed on the way.")
            if cell.cell_type == "code":
                answer = answers.get(number)
                self._show(cell, answer.outputs if answer else [])
        if judged:
            names = ", ".join(judged)
            raise self._refusal(f"{topic} of {student} lacks the test cells {names}.")

    def _show(self, cell: NotebookNode, shown: list[dict[str, Any]]) -> None:
        cell.outputs = [nbformat.from_dict(output) for output in shown]
        cell.execution_count = None

    def _refusal(self, sentence: str) -> NotJudged:
        self.log.error(sentence)
        return NotJudged(sentence)


class KeepAbsent(NbGraderPreprocessor):
    """Leave cells that could not be judged without a score, for a person to decide.

    ``SaveAutoGrades``, which runs before, knows no cell without a score: it would stay
    a silent 0.
    """

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Take back the scores of the cells that `Judge` found could not be judged."""
        said = resources["nbgrader"]
        names = said.pop(ABSENT, [])
        if not names:
            return nb, resources
        with Gradebook(said["db_url"]) as gradebook:
            for name in names:
                whose = (said["notebook"], said["assignment"], said["student"])
                grade = gradebook.find_grade(name, *whose)
                grade.auto_score, grade.needs_manual_grade = None, True
            gradebook.db.commit()
        return nb, resources


def _nothing(verdict: Verdict) -> dict[str, Any]:
    """Return what stands below a test cell of a submission that was never run."""
    return outputs.error("NotJudged", [verdict.reason])


def _root(step: NbGraderPreprocessor) -> Path:
    """Return the course folder: nbgrader works in it while it converts."""
    converter = getattr(step.parent, "parent", None)
    folder = getattr(converter, "coursedir", None)
    return Path(folder.root if folder else os.getcwd())
