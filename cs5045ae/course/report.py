"""Write the pages of the report that are not lectures."""

import datetime
import importlib.metadata
import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cs5045ae.course.grade_class import Grade
from cs5045ae.course.lecture_pages import Lecture
from cs5045ae.course.pages import localise
from cs5045ae.course.templates import fill, template

__all__ = ["Report", "feedback_pages", "write_report"]

SHOWN_VERSIONS = ("keras", "tensorflow", "numpy", "nbgrader", "jupyterlab")


@dataclass(frozen=True)
class Report:
    """What the first page of the report shows.

    Parameters
    ----------
    lectures : list of Lecture
    grades : mapping from a topic to list of Grade
    problems : list of str
        One line each; empty when all is well.
    times : list of (str, float)
        Title and seconds of each part.
    seconds : float
        Time of the whole run.
    jobs : int
        Jobs that ran at the same time.
    """

    lectures: list[Lecture]
    grades: Mapping[str, list[Grade]]
    problems: list[str]
    times: list[tuple[str, float]]
    seconds: float
    jobs: int


def feedback_pages(whole: Report, report: Path) -> None:
    """Put nbgrader's feedback pages into the report, readable without a network."""
    folder = report / "feedback"
    lectures = [lecture.name for lecture in whole.lectures]
    for grade in (g for each in whole.grades.values() for g in each if g.page):
        title = f"{grade.topic}: {grade.student.replace('_', ' ')}"
        page = localise(
            grade.page.read_text(encoding="utf-8") if grade.page else "",
            title,
            template("feedback.css"),
            {"../index.html#class": f"Back to the class ({title})"},
            lectures,
        )
        folder.mkdir(exist_ok=True)
        (report / feedback_address(grade)).write_text(page, encoding="utf-8")


def feedback_address(grade: Grade) -> str:
    """Return where a student's feedback stands in the report."""
    return f"feedback/{grade.topic}-{grade.student}.html"


def write_report(whole: Report, report: Path) -> Path:
    """Write the first page, and return its path."""
    students = dict.fromkeys(g.student for each in whole.grades.values() for g in each)
    values = {
        "report": whole,
        "style": template("report.css"),
        "students": list(students),
        "by_student": {
            (g.student, topic): g for topic, each in whole.grades.items() for g in each
        },
        "feedback_address": feedback_address,
        "facts": _facts(whole),
        "longest": max((seconds for _, seconds in whole.times), default=1.0),
        "duration": duration,
    }
    index = report / "index.html"
    index.write_text(fill("report.html.j2", values), encoding="utf-8")
    return index


def duration(seconds: float | None) -> str:
    """Return a time as a person says it: ``8.3 s``, ``2 min 5 s``."""
    if seconds is None:
        return "-"
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _facts(whole: Report) -> dict[str, str]:
    versions = [f"Python {platform.python_version()}"]
    for name in SHOWN_VERSIONS:
        versions.append(f"{name} {importlib.metadata.version(name)}")
    full = os.environ.get("CS5045AE_SIZE") == "full"
    at_once = f"{whole.jobs} jobs at once" if whole.jobs > 1 else "one job at a time"
    return {
        "When": f"{datetime.datetime.now():%Y-%m-%d %H:%M}",
        "Time": f"{duration(whole.seconds)} in all, {at_once}",
        "Machine": f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}",
        "Data": "the full sets" if full else "the sets that come with the packages",
        "Versions": ", ".join(versions),
    }
