"""Let nbgrader grade only what ``cs5045ae collect`` has put in place.

Named first in ``Autograde.sanitize_preprocessors`` as
``cs5045ae.grading.intake.guard.IntakeGuard``, it speaks in ``nbgrader autograde`` and
behind the Formgrader's button alike: nbgrader logs the sentence, drops that submission
and goes on with the next student.
"""

import os
from pathlib import Path

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.keeping import is_ours
from cs5045ae.grading.intake.records import read_record

__all__ = ["IntakeGuard", "NotCollected"]


class NotCollected(Exception):
    """A submission that did not come through ``cs5045ae collect``, in one sentence."""


class IntakeGuard(NbGraderPreprocessor):
    """Refuse a submission whose files are not those of its intake record."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook as it is.

        Raises
        ------
        NotCollected
            If there is no record of it, or its folder holds anything but what the
            record says.
        """
        student = resources["nbgrader"]["student"]
        topic = resources["nbgrader"]["assignment"]
        try:
            record = read_record(_root(self), topic, student)
        except CourseError as error:
            raise self._refusal(str(error)) from None
        again = f"Collect it first: cs5045ae collect SOURCE {topic}"
        if record is None:
            raise self._refusal(
                f"The submission of {student} to {topic} has not been collected, so it "
                f"is not graded. {again}"
            )
        if not is_ours(_root(self), record):
            raise self._refusal(
                f"The submission of {student} to {topic} was changed after it was "
                f"collected, so it is not graded. {again}"
            )
        return nb, resources

    def _refusal(self, sentence: str) -> NotCollected:
        self.log.error(sentence)
        return NotCollected(sentence)


def _root(guard: IntakeGuard) -> Path:
    """Return the course folder: nbgrader works in it while it converts."""
    converter = getattr(guard.parent, "parent", None)
    folder = getattr(converter, "coursedir", None)
    return Path(folder.root if folder else os.getcwd())
