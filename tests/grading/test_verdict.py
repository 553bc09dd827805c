"""Verdicts are kept whole, found by their key, and never hold a silent nought."""

import dataclasses
import json
import os

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.verdict import (
    GRADED,
    NOT_GRADED,
    CellVerdict,
    OwnCell,
    Verdict,
    read_verdict,
    write_verdict,
)

OUTPUT = {"output_type": "stream", "name": "stdout", "text": "Passed: ü.\n"}
CELLS = [CellVerdict("a", 1.5, 2.0, "1.5 of 2", [OUTPUT]), CellVerdict("b", None, 1.0)]
VERDICT = Verdict(
    key="k",
    topic="01_pca",
    student="zoë (2)",
    status=GRADED,
    reason="",
    points=1.5,
    max_points=3.0,
    by_hand=2.0,
    seconds=1.25,
    sandboxed=True,
    seed=5045,
    cells=CELLS,
    answers=[OwnCell(3, "center", [OUTPUT], 0.5)],
)


def test_what_is_written_is_read(tmp_path):
    path = write_verdict(tmp_path, VERDICT)
    assert path == tmp_path / "01_pca" / "zoë (2).json"
    assert read_verdict(tmp_path, "01_pca", "zoë (2)", "k") == VERDICT
    assert read_verdict(tmp_path, "01_pca", "zoë (2)") == VERDICT
    assert os.listdir(path.parent) == [path.name]


def test_another_key_or_nothing_is_none(tmp_path, caplog):
    assert read_verdict(tmp_path, "01_pca", "zoë (2)") is None
    write_verdict(tmp_path, VERDICT)
    assert read_verdict(tmp_path, "01_pca", "zoë (2)", "another") is None
    assert not caplog.records


DAMAGE = {
    "half a file": lambda text: text[: len(text) // 2],
    "no verdict": lambda text: "[]",
    "more points than there are": lambda text: text.replace(
        '"points": 1.5', '"points": 7'
    ),
    "NaN": lambda text: text.replace(": 1.5", ": NaN"),
    "another's": lambda text: text.replace("zoë (2)", "zoë (3)"),
    "an unknown status": lambda text: text.replace('"graded"', '"fine"'),
    "an unknown field": lambda text: text.replace('"seed"', '"sead"'),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_said_and_not_used(tmp_path, caplog, damage):
    path = write_verdict(tmp_path, VERDICT)
    text = path.read_text(encoding="utf-8")
    changed = DAMAGE[damage](text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert read_verdict(tmp_path, "01_pca", "zoë (2)") is None
    assert "damaged" in caplog.text


@pytest.mark.parametrize("points", [-0.1, 3.1, float("nan"), float("inf")])
def test_points_that_cannot_be_are_refused(points):
    with pytest.raises(ValueError, match="judge it again"):
        dataclasses.replace(VERDICT, points=points)
    with pytest.raises(ValueError, match="judge it again"):
        CellVerdict("a", points, 2.0)


def test_no_points_are_not_nought(tmp_path):
    absent = dataclasses.replace(VERDICT, status=NOT_GRADED, points=None)
    write_verdict(tmp_path, absent)
    found = read_verdict(tmp_path, "01_pca", "zoë (2)")
    assert found is not None
    assert found.points is None


@pytest.mark.parametrize("student", ["../x", "a/b", "", ".x"])
def test_a_name_leads_nowhere_else(tmp_path, student):
    with pytest.raises(CourseError):
        write_verdict(tmp_path, dataclasses.replace(VERDICT, student=student))
    with pytest.raises(CourseError):
        read_verdict(tmp_path, "01_pca", student)
    with pytest.raises(CourseError):
        read_verdict(tmp_path, "..", "zoe")


def test_a_write_that_is_cut_short_leaves_what_was_there(tmp_path, monkeypatch):
    write_verdict(tmp_path, VERDICT)

    def gone(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", gone)
    with pytest.raises(KeyboardInterrupt):
        write_verdict(tmp_path, dataclasses.replace(VERDICT, points=0.0))
    assert read_verdict(tmp_path, "01_pca", "zoë (2)") == VERDICT


def test_a_verdict_of_another_version_is_judged_again(tmp_path):
    path = write_verdict(tmp_path, VERDICT)
    said = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(said | {"version": 0}), encoding="utf-8")
    assert read_verdict(tmp_path, "01_pca", "zoë (2)") is None
