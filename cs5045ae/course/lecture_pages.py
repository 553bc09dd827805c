"""Run one lecture and make its page: a job of the main command."""

import base64
import datetime
import io
import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from PIL import Image

from cs5045ae.course.execute import LectureFailed, executed, failed_run
from cs5045ae.course.pages import localise, render
from cs5045ae.course.place import Course
from cs5045ae.course.templates import template

__all__ = ["Lecture", "lecture_page"]

THUMBNAIL = 720  # pixels of the longer side


@dataclass(frozen=True)
class Lecture:
    """What came of a lecture's run.

    Parameters
    ----------
    name, title : str
        The file's name and the first heading.
    failure : str
        Empty, or the cell and the error in one line.
    seconds : float or None
        Of the run; None when it failed.
    kept_from : str
        When it ran, where an earlier run of the same version was kept; else empty.
    image, alt : str
        A small copy of the first figure, as an address in the report, and its text;
        empty when there is none.
    """

    name: str
    title: str
    failure: str = ""
    seconds: float | None = None
    kept_from: str = ""
    image: str = ""
    alt: str = ""


def lecture_page(course: Course, name: str, report: Path) -> Lecture:
    """Run a lecture if needed, and write ``lectures/NAME.html`` of the report.

    A lecture that fails gets a page too, up to the cell that failed.
    """
    began = datetime.datetime.now().astimezone()
    failure, seconds, kept_from = "", None, ""
    try:
        notebook = executed(name, course)
    except LectureFailed as error:
        failure = str(error)
        notebook = nbformat.read(failed_run(course, name), as_version=4)
    else:
        facts = notebook.metadata["cs5045ae"]
        seconds = facts["seconds"]
        finished = datetime.datetime.fromisoformat(facts["finished"])
        if finished < began - datetime.timedelta(seconds=1):
            kept_from = f"{finished:%Y-%m-%d %H:%M}"
    title = _title(notebook, name)
    page = localise(
        render(notebook, title),
        title,
        template("lecture.css"),
        _links(course, name),
        course.lectures(),
    )
    target = report / "lectures" / f"{name}.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")
    image, alt = _thumbnail(page, target.with_suffix(".png"))
    return Lecture(name, title, failure, seconds, kept_from, image, alt)


def _title(notebook: NotebookNode, name: str) -> str:
    texts = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for text in texts:
        if heading := re.search(r"^# +(.+)$", text, re.MULTILINE):
            return heading.group(1).strip()
    return name


def _links(course: Course, name: str) -> dict[str, str]:
    names = course.lectures()
    at = names.index(name)
    links = {"../index.html": "All lectures"}
    if at > 0:
        links[f"{names[at - 1]}.html"] = f"Before: {names[at - 1]}"
    if at + 1 < len(names):
        links[f"{names[at + 1]}.html"] = f"Next: {names[at + 1]}"
    return links


def _thumbnail(page: str, target: Path) -> tuple[str, str]:
    """Write a small copy of a page's first figure; return its address and text."""
    for image in BeautifulSoup(page, "html.parser").find_all("img"):
        kind, _, data = str(image["src"]).partition(",")
        if kind == "data:image/png;base64":
            small = Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB")
            small.thumbnail((THUMBNAIL, THUMBNAIL))
            small.save(target, optimize=True)
            return f"lectures/{target.name}", str(image["alt"])
    return "", ""
