"""Make a notebook's cells into what a page shows, before a template sees them.

Named in ``HTMLExporter.preprocessors``, so that it works for ``nbgrader
generate_feedback`` and for the page of a submission in the Formgrader alike.
"""

import json
from collections.abc import Sequence
from typing import Any

import nbformat
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.preprocessors import Preprocessor
from nbformat import NotebookNode

from cs5045ae.grading.pages.clean import TAG
from cs5045ae.grading.pages.drawing import plain
from cs5045ae.grading.pages.filters import Ready
from cs5045ae.grading.pages.pictures import note
from cs5045ae.grading.pages.renderer import Job, render
from cs5045ae.grading.pages.shown import as_html, readable, shown_outputs

__all__ = ["CleanPage"]

CELLS = 500
"""Cells that a page shows, besides those that nbgrader knows."""

CHARACTERS, TAGS, PICTURES = 2_500_000, 60_000, 30_000_000
"""Of a whole page: characters without pictures, tags, characters of pictures."""

BEGINNING = 2_000
"""Characters that are shown of a text for which the page has no room."""

COLOUR = r"\u001b["
"""A change of colour in what a program printed, as JSON writes it."""

FULL = "the page is full"


class CleanPage(Preprocessor):
    """Turn all that a student has written into HTML in which nothing acts."""

    def preprocess(
        self, nb: NotebookNode, resources: ResourcesDict
    ) -> tuple[NotebookNode, ResourcesDict]:
        """Return the notebook with text, code and outputs ready to be shown."""
        cells, left = _shown_cells(nb.cells)
        jobs, places = [], []
        for cell in cells:
            _reduce(cell)
            jobs.append(_job(cell))
            places.append((cell, -1))
            for number, output in enumerate(cell.get("outputs", [])):
                if isinstance(output, Job):
                    jobs.append(output)
                    places.append((cell, number))
        room = _Room()
        for (cell, number), job, made in zip(places, jobs, render(jobs), strict=True):
            html = room.take(made, job.source)
            if number < 0:
                cell.source = Ready(html)
            else:
                cell.outputs[number] = as_html(html)
        for cell in cells:
            if cell.cell_type == "code":
                cell.outputs = [
                    nbformat.from_dict(x) for x in room.outputs(cell.outputs)
                ]
            else:
                cell.cell_type = "markdown"
        if left:
            told = (
                f"<p>{note(f'{left:,} more cells of this notebook are not shown.')}</p>"
            )
            cells.append(nbformat.v4.new_markdown_cell(Ready(told)))
            cells[-1].source = Ready(told)
        nb.cells = cells
        nb.metadata.pop("widgets", None)
        return nb, resources


class _Room:
    """How much more a page can take."""

    def __init__(self) -> None:
        self._characters, self._tags, self._pictures = CHARACTERS, TAGS, PICTURES

    def take(self, made: str, source: str) -> str:
        """Return HTML if there is room for it, else less of its source."""
        if self._fits(made):
            return made
        less = plain(source, FULL, BEGINNING)
        if self._fits(less):
            return less
        return note(f"This is not shown: {FULL}.")

    def outputs(self, outputs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the outputs for which there is room, and a line for the others."""
        kept, left = [], 0
        for output in outputs:
            if self._has_room(output):
                kept.append(output)
            else:
                left += 1
        if left:
            kept.append(as_html(note(f"{left:,} outputs are not shown: {FULL}.")))
        return kept

    def _has_room(self, output: dict[str, Any]) -> bool:
        data = output.get("data", {})
        if "text/html" in data:  # has been taken
            return True
        written = json.dumps(output)
        if "text/plain" in data or not data:
            return self._take(len(written), 1 + written.count(COLOUR), 0)
        return self._take(0, 1, len(written))

    def _fits(self, made: str) -> bool:
        tags = pictures = 0
        for tag in TAG.finditer(made):
            tags += 1
            if tag[2] == "img":
                pictures += len(tag[0])
        return self._take(len(made) - pictures, tags, pictures)

    def _take(self, characters: int, tags: int, pictures: int) -> bool:
        if (
            characters > self._characters
            or tags > self._tags
            or pictures > self._pictures
        ):
            return False
        self._characters -= characters
        self._tags -= tags
        self._pictures -= pictures
        return True


def _shown_cells(cells: Sequence[NotebookNode]) -> tuple[list[NotebookNode], int]:
    """Return the cells that a page shows, and how many it does not."""
    found, others = [], 0
    for cell in cells:
        known = isinstance(cell.metadata.get("nbgrader"), dict)
        others += not known
        if known or others <= CELLS:
            found.append(cell)
    return found, len(cells) - len(found)


def _reduce(cell: NotebookNode) -> None:
    """Leave of a cell what the templates need, in the form that they need."""
    marks = cell.metadata.get("nbgrader")
    cell.metadata = nbformat.from_dict(
        {"nbgrader": marks} if isinstance(marks, dict) else {}
    )
    if cell.cell_type == "code":
        if not isinstance(cell.get("execution_count"), int):
            cell.execution_count = None
        cell.outputs = shown_outputs(cell.get("outputs"))
    else:
        cell.pop("outputs", None)


def _job(cell: NotebookNode) -> Job:
    source = readable(cell.get("source"))
    if cell.cell_type == "code":
        return Job("code", source)
    if cell.cell_type == "markdown":
        attachments = cell.pop("attachments", None)
        return Job("markdown", source, attachments if attachments else {})
    return Job("raw", source)
