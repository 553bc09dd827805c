"""Files that people hand in by accident, and what each must get.

Each maker is given the folder of its student and the exercise, and writes what was
handed in. The honest answers in it are worth 4 points.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

from nbformat.v4 import new_output

from tests.grading.attack_class import (
    CENTER,
    NAME,
    TOPIC,
    Exercise,
    hand_in,
)

ALL, HALF, NONE = "4", "2", ""
EARLIER = 1_768_000_000  # 9 January 2026
Maker = Callable[[Path, Exercise], object]
MADE: dict[str, tuple[Maker, str, str, str]] = {}


def bad(
    points: str, status: str = "graded", says: str = ""
) -> Callable[[Maker], Maker]:
    """Keep a maker with the points, the status and words of the reason it must get.

    The reason is that of the row, or where only one task was lost, of its test cell.
    """

    def keep(maker: Maker) -> Maker:
        MADE[maker.__name__.replace("_", "-")] = (maker, points, status, says)
        return maker

    return keep


def find(notebook, name):
    return next(c for c in notebook.cells if c.id == name)


def write_json(folder, said):
    folder.mkdir(parents=True)
    (folder / NAME).write_text(json.dumps(said), encoding="utf-8")


def as_json(notebook):
    return json.loads(json.dumps(notebook))


@bad(NONE, "unreadable", "no notebook")
def no_notebook(folder, exercise):
    folder.mkdir()
    (folder / "solution.py").write_text(CENTER)


@bad(NONE, "unreadable", "not JSON")
def no_json(folder, exercise):
    folder.mkdir()
    (folder / NAME).write_text("see my other file")


@bad(NONE, "unreadable", "empty")
def empty_file(folder, exercise):
    folder.mkdir()
    (folder / NAME).touch()


@bad(NONE, "unreadable", "breaks off")
def half_a_file(folder, exercise):
    path = hand_in(folder, exercise.worked())
    path.write_bytes(path.read_bytes()[:2000])


@bad(NONE, "unreadable", "no notebook")
def json_but_no_notebook(folder, exercise):
    write_json(folder, [1, 2, 3])


@bad("0", "nothing handed in", "No answer was changed")
def untouched(folder, exercise):
    hand_in(folder, exercise.notebook)


@bad(ALL)
def format_3(folder, exercise):
    made = as_json(exercise.worked())
    cells = made.pop("cells")
    for cell in cells:
        if cell["cell_type"] == "code":
            cell |= {"input": cell.pop("source"), "language": "python"}
            cell["prompt_number"] = 1
    write_json(
        folder,
        {
            "nbformat": 3,
            "nbformat_minor": 0,
            "metadata": {"name": ""},
            "worksheets": [{"cells": cells, "metadata": {}}],
        },
    )


@bad(ALL)
def format_of_the_future(folder, exercise):
    write_json(folder, as_json(exercise.worked()) | {"nbformat_minor": 99})


@bad(ALL)
def format_5(folder, exercise):
    write_json(folder, as_json(exercise.worked()) | {"nbformat": 5})


@bad(ALL)
def schema_2(folder, exercise):
    made = exercise.worked()
    for cell in made.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.schema_version = 2
    hand_in(folder, made)


@bad(ALL)
def renamed(folder, exercise):
    hand_in(folder, exercise.worked(), f"{TOPIC} (1) final.ipynb")


@bad(ALL)
def two_notebooks(folder, exercise):
    hand_in(folder, exercise.worked())
    hand_in(folder, exercise.worked(center="x = 1"), "Untitled.ipynb")


@bad(ALL)
def tests_deleted(folder, exercise):
    made = exercise.worked()
    made.cells = [c for c in made.cells if not c.id.startswith("test-")]
    hand_in(folder, made)


@bad(HALF, says="center is not written yet")
def answer_deleted(folder, exercise):
    made = exercise.worked()
    made.cells.remove(find(made, "center"))
    hand_in(folder, made)


@bad(ALL)
def cells_doubled(folder, exercise):
    made = as_json(exercise.worked())
    made["cells"] = [copy for c in made["cells"] for copy in (c, c)]
    write_json(folder, made)


@bad(ALL)
def tests_edited(folder, exercise):
    made = exercise.worked()
    for cell in made.cells:
        if cell.id.startswith("test-"):
            cell.source = "print('Passed')"
    hand_in(folder, made)


@bad(ALL)
def cells_reversed(folder, exercise):
    made = exercise.worked()
    made.cells = made.cells[::-1]
    hand_in(folder, made)


@bad(ALL)
def flags_turned(folder, exercise):
    made = exercise.worked()
    for cell in made.cells:
        if mark := cell.metadata.get("nbgrader"):
            mark.solution, mark.grade = not mark.solution, not mark.grade
            mark.points, mark.locked = 200, False
    hand_in(folder, made)


@bad(ALL)
def metadata_lost(folder, exercise):
    made = exercise.worked()
    for cell in made.cells:
        cell.metadata = {}
    hand_in(folder, made)


@bad(ALL)
def duplicate_ids(folder, exercise):
    made = as_json(exercise.worked())
    for cell in made["cells"]:
        cell["id"] = "same"
    write_json(folder, made)


@bad(ALL)
def another_kernel(folder, exercise):
    made = exercise.worked()
    made.metadata.kernelspec = {"name": "ir", "display_name": "R", "language": "R"}
    hand_in(folder, made)


@bad(ALL)
def utf_8_with_a_mark(folder, exercise):
    path = hand_in(folder, exercise.worked())
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())


@bad(ALL)
def utf_16(folder, exercise):
    path = hand_in(folder, exercise.worked())
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


@bad(ALL)
def widgets_left_in(folder, exercise):
    made = exercise.worked()
    state = {"m": {"model_name": "X", "model_module": "y", "state": {}}}
    widgets = {"application/vnd.jupyter.widget-state+json": {"state": state}}
    made.metadata.widgets = widgets
    hand_in(folder, made)


def with_output(folder, exercise, size):
    made = exercise.worked()
    text = "x" * size
    find(made, "center").outputs = [new_output("stream", name="stdout", text=text)]
    hand_in(folder, made)


@bad(ALL)
def almost_fifty_megabytes(folder, exercise):
    with_output(folder, exercise, 49_000_000)


@bad(NONE, "unreadable", "larger than 50 MB")
def over_fifty_megabytes(folder, exercise):
    with_output(folder, exercise, 51_000_000)


@bad(NONE, "unreadable", "link")
def a_link(folder, exercise):
    folder.mkdir()
    os.symlink(exercise.root / "solutions" / TOPIC / NAME, folder / NAME)


@bad(ALL)
def latin_1(folder, exercise):
    made = exercise.worked(center=f"# Übung\n{CENTER}")
    folder.mkdir()
    text = json.dumps(made, ensure_ascii=False)
    (folder / NAME).write_bytes(text.encode("latin-1"))


@bad(ALL)
def a_time_of_their_own(folder, exercise):
    path = hand_in(folder, exercise.worked())
    (folder / "timestamp.txt").write_text("2026-01-11 01:30:00 +0530")
    os.utime(path, (EARLIER, EARLIER))
