"""Build a submission from the release's cells and a student's answers."""

import base64
import binascii
import copy
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cs5045ae.grading.intake.matching import match_cells
from cs5045ae.grading.intake.mended import Mended
from cs5045ae.grading.intake.notebooks import Cell, Submission
from cs5045ae.grading.intake.release import Release, ReleaseCell

__all__ = ["Rebuilt", "rebuild", "unsolved"]

PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
PICTURE_BYTES = 2_000_000
PICTURES_A_CELL = 8


@dataclass(frozen=True)
class Rebuilt:
    """A submission in the form of the release.

    Parameters
    ----------
    text : str
        The notebook as JSON.
    notes : list of str
        What was mended, a sentence each.
    recognised : int
        Graded cells of the release that were found in it.
    answered : int
        Answer cells that differ from those given out.
    """

    text: str
    notes: list[str]
    recognised: int
    answered: int


def rebuild(release: Release, submission: Submission) -> Rebuilt:
    """Put a student's answers into the cells of the release.

    Tests and locked text are the release's own. Answers, and changes to cells that are
    free to change, are the student's. Further cells of the student stay where they
    stood, without nbgrader's marks; outputs and all other metadata are dropped.

    Parameters
    ----------
    release : Release
        The exercise as it was given out.
    submission : Submission
        What the student's notebook holds.
    """
    cells = submission.cells
    matched, copies = match_cells(release.cells, cells)
    extras = _extras(release.cells, cells, matched)
    mended, notes = Mended(), list(submission.notes)
    mended.doubled += sorted({cells[p].grade_id for p in copies})
    answered, built, waiting = 0, [], extras[-1]
    for number, wanted in enumerate(release.cells):
        item = copy.deepcopy(release.notebook["cells"][number])
        cell = cells[matched[number]] if number in matched else None
        # A missing stub goes before the student's own cells and a missing test after
        # them, so that what they define counts.
        if cell or wanted.is_test:
            built += waiting
            waiting = []
        if cell is None and wanted.grade_id:
            mended.missing.append(wanted.grade_id)
        if wanted.is_manual and (cell is None or _same(cell.source, wanted.source)):
            cell = _moved_in(extras, release.cells, number) or cell
        if number in matched:
            waiting = extras[number]
        if cell:
            _fill(item, wanted, cell, mended)
            answered += wanted.solution and not _same(cell.source, wanted.source)
        built.append(item)
    built += waiting
    order = [matched[n] for n in sorted(matched) if release.cells[n].grade_id]
    if order != sorted(order):
        notes.append("The cells stood in another order; the release's was restored.")
    recognised = sum(
        # A written answer that was found by its place alone proves nothing.
        bool(cell.grade_id) and (not cell.is_manual or cells[p].grade_id != "")
        for cell, p in ((release.cells[n], p) for n, p in matched.items())
    )
    return Rebuilt(
        _written(release, built), notes + mended.sentences(), recognised, answered
    )


def unsolved(release: Release, reason: str) -> str:
    """Return the release as a notebook that says why nothing of the student is in it.

    Parameters
    ----------
    release : Release
        The exercise as it was given out.
    reason : str
        Why, in part of a sentence.
    """
    text = f"**This submission could not be read:** {html.escape(reason)}."
    item = {"cell_type": "markdown", "metadata": {}, "source": text}
    return _written(release, [item, *copy.deepcopy(release.notebook["cells"])])


def _extras(
    wanted: Sequence[ReleaseCell], cells: Sequence[Cell], matched: Mapping[int, int]
) -> dict[int, list[dict[str, Any]]]:
    """Return the student's own cells by the release cell they followed, -1 for none."""
    number_at = {position: number for number, position in matched.items()}
    fixed = {c.source.strip() for c in wanted if c.is_fixed or c.solution}
    extras: dict[int, list[dict[str, Any]]] = {n: [] for n in range(-1, len(wanted))}
    after = -1
    for position, cell in enumerate(cells):
        if position in number_at:
            after = number_at[position]
        elif cell.source.strip() and cell.source.strip() not in fixed:
            item: dict[str, Any] = {"cell_type": cell.kind, "metadata": {}}
            item["source"] = cell.source
            _attach(item, cell)
            extras[after].append(item)
    return extras


def _fill(
    item: dict[str, Any], wanted: ReleaseCell, cell: Cell, mended: Mended
) -> None:
    """Put the student's text into a cell of the release where it is theirs to write."""
    name = wanted.grade_id
    flags = (wanted.grade, wanted.solution, wanted.locked)
    if name and cell.grade_id == name and cell.flags != flags:
        mended.flagged.append(name)
    elif name and cell.grade_id != name:
        mended.unmarked.append(name)
    if name and cell.kind != wanted.kind:
        mended.retyped.append(name)
    if wanted.is_fixed:
        if not _same(cell.source, wanted.source):
            mended.edited.append(name)
        return
    if not name:
        item["cell_type"] = cell.kind
    item["source"] = cell.source
    _attach(item, cell)


def _moved_in(
    extras: Mapping[int, list[dict[str, Any]]], wanted: Sequence[ReleaseCell], at: int
) -> Cell | None:
    """Take an answer that was written below its cell: nbgrader would score that 0."""
    cell = wanted[at]
    for number in range(at, len(wanted)):
        if number > at and wanted[number].grade_id:
            break
        for position, item in enumerate(extras[number]):
            if item["cell_type"] == cell.kind:
                del extras[number][position]
                flags = (cell.grade, cell.solution, cell.locked)
                pictures = item.get("attachments", {})
                return Cell(
                    cell.kind,
                    item["source"],
                    cell.grade_id,
                    flags,
                    attachments=pictures,
                )
    return None


def _attach(item: dict[str, Any], cell: Cell) -> None:
    """Keep the pictures in a markdown cell, and nothing that only says it is one."""
    item.pop("attachments", None)
    if item["cell_type"] != "markdown":
        return
    kept: dict[str, dict[str, str]] = {}
    for name, bundle in list(cell.attachments.items())[:PICTURES_A_CELL]:
        if not re.fullmatch(r"[\w .()-]{1,100}", name) or not isinstance(bundle, dict):
            continue
        for kind, start in PICTURES.items():
            if data := _picture(bundle.get(kind), start):
                kept.setdefault(name, {})[kind] = data
    if kept:
        item["attachments"] = kept


def _picture(value: object, start: bytes) -> str:
    if not isinstance(value, str) or len(value) > PICTURE_BYTES:
        return ""
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
    except (binascii.Error, ValueError):
        return ""
    return base64.b64encode(data).decode() if data.startswith(start) else ""


def _written(release: Release, cells: Sequence[dict[str, Any]]) -> str:
    taken = {cell.id for cell in release.cells}
    number, with_ids = 0, release.notebook.get("nbformat_minor", 0) >= 5
    for item in cells:
        if item["cell_type"] == "code":
            item.update(outputs=[], execution_count=None)
        else:
            item.pop("outputs", None)
            item.pop("execution_count", None)
        while with_ids and "id" not in item:
            number += 1
            if (name := f"own-{number}") not in taken:
                item["id"] = name
    notebook = {**release.notebook, "cells": cells}
    text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
    return text + "\n"


def _same(a: str, b: str) -> bool:
    """Compare two cells, whatever white space stands at the ends of their lines."""
    return [x.rstrip() for x in a.strip().split("\n")] == [
        x.rstrip() for x in b.strip().split("\n")
    ]
