"""Stock nbgrader, one step at a time, on any course folder.

Each function is one nbgrader command on one assignment, with the options of our
``nbgrader_config.py``. nbgrader changes the working folder of its process while it
works, so these are not for threads.
"""

import copy
import logging
import os
import re
import warnings
from pathlib import Path

from nbgrader.converters import (
    Autograde,
    BaseConverter,
    GenerateAssignment,
    GenerateFeedback,
    NbGraderException,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy.exc import SAWarning
from traitlets.config import Config, PyFileConfigLoader

__all__ = ["NotGraded", "autograde", "feedback", "generate", "settings", "stock"]


RAISED = re.compile(r"^(?:\w+\.)*([A-Z]\w*)(?:: (.*))?$", re.MULTILINE)
"""The line of a traceback that names the exception, whatever text follows it."""


class NotGraded(Exception):
    """A step that did not work; the message is the reason, in one line."""


def settings(course_root: Path, folder: Path) -> Config:
    """Return the options of a course, for its copy in another folder."""
    loader = PyFileConfigLoader("nbgrader_config.py", path=str(course_root))
    config = loader.load_config()
    config.CourseDirectory.root = str(folder)
    return config


def stock(config: Config) -> Config:
    """Return options with which nbgrader grades by itself, without the judge's wall.

    Only for submissions that are the course's own.
    """
    config = copy.deepcopy(config)
    for steps in ("sanitize_preprocessors", "autograde_preprocessors"):
        config.Autograde.pop(steps, None)
    return config


def generate(config: Config, topic: str, *, database: bool) -> None:
    """Make the release version of a topic from its source version."""
    config = copy.deepcopy(config)
    config.SaveCells.enabled = database
    config.GenerateAssignment.no_database = not database
    _run(GenerateAssignment, config, topic)


def autograde(config: Config, topic: str, student: str) -> None:
    """Grade what a student has handed in."""
    _run(Autograde, config, topic, student)


def feedback(config: Config, topic: str, student: str) -> None:
    """Make the feedback page of a graded student."""
    _run(GenerateFeedback, config, topic, student)


def _run(
    step: type[BaseConverter], config: Config, topic: str, student: str = "*"
) -> None:
    folder = CourseDirectory(config=config, assignment_id=topic, student_id=student)
    told, here = _LastError(), os.getcwd()
    log = logging.getLogger("cs5045ae.nbgrader")
    log.handlers, log.propagate = [told], False
    try:
        with warnings.catch_warnings():
            # nbgrader's own queries bring these about; they are not for the reader.
            warnings.simplefilter("ignore", SAWarning)
            step(coursedir=folder, config=config, log=log).start()
    except (NbGraderException, SystemExit) as error:
        raise NotGraded(told.reason or str(error)) from error
    finally:
        os.chdir(here)


class _LastError(logging.Handler):
    """Keep which exception the last traceback names, else an error's first line."""

    reason = ""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the most telling line so far."""
        text = record.getMessage().strip()
        frames_end = text.rfind('\n  File "')
        if text.startswith("Traceback") and (found := RAISED.search(text, frames_end)):
            self.reason = f"{found[1]}: {found[2]}" if found[2] else found[1]
        elif text and not self.reason:
            self.reason = text.splitlines()[0]
