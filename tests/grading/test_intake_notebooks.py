"""Does every file that calls itself a notebook end in cells or in a plain reason?"""

import json

import pytest

from cs5045ae.grading.intake.files import Refused
from cs5045ae.grading.intake.notebooks import read_notebook
from tests.grading.intake_course import as_bytes, worked

PLAIN = '{"nbformat": 4, "cells": [{"cell_type": "code", "source": %s}]}'


def only(text):
    (cell,) = read_notebook(text.encode() if isinstance(text, str) else text).cells
    return cell


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"  \n\0\0", "empty"),
        (b"not json", "not JSON"),
        (b'{"cells": [', "breaks off in line 1"),
        (b"[]", "no notebook"),
        (b"3", "no notebook"),
        (b"null", "no notebook"),
        (b"{}", "no cells"),
        (b'{"cells": 3}', "no cells"),
        (b'{"cells": []}', "no cells"),
        (b'{"cells": [1, "two", null, []]}', "no cells"),
        (b'{"worksheets": 7}', "no cells"),
        (b'{"worksheets": [{"cells": 7}, 8]}', "no cells"),
        (b"[" * 300_000, "nested too deeply"),
        (b'{"a":' * 300_000, "nested too deeply"),
        (b"[" * 2_500_000, "too many parts"),
        (b'{"cells":[' + b"0," * 10_000_001 + b"0]}", "too many parts"),
        (b'{"cells": [' + b",".join([b"{}"] * 2000) + b"]}", "2000 cells"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "is a picture"),
        (b"PK\x03\x04" + bytes(100), "is a zip archive"),
    ],
)
def test_what_is_no_notebook_is_refused_with_a_reason(data, reason):
    with pytest.raises(Refused, match=reason) as told:
        read_notebook(data)
    assert len(str(told.value)) < 120
    assert "Traceback" not in str(told.value)


def test_too_much_text_is_refused():
    notebook = {"cells": [{"cell_type": "code", "source": "x" * 6_000_000}]}
    with pytest.raises(Refused, match="million characters"):
        read_notebook(as_bytes(notebook))


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('"a\\nb"', "a\nb"),
        ('["a\\n", "b"]', "a\nb"),
        ('["a", 3, null, ["x"], {"y": 1}, "b"]', "ab"),
        ("7", "7"),
        ("1.5", "1.5"),
        ("true", ""),
        ("null", ""),
        ('{"a": 1}', ""),
        ('"a\\r\\nb\\rc"', "a\nb\nc"),
        ('"\\ud800x"', "\ufffdx"),
        ('"\\ud83d\\ude00"', "\U0001f600"),
    ],
)
def test_any_kind_of_source_ends_as_text(source, text):
    found = only(PLAIN % source).source
    assert found == text
    found.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["x̂ = µ · Σ", "日本語", "plain"])
def test_other_encodings_are_read(encoding, text):
    data = json.dumps(
        {"cells": [{"cell_type": "markdown", "source": text}]}, ensure_ascii=False
    ).encode(encoding)
    assert only(data).source == text


def test_utf_32_and_latin_1_are_read_and_said():
    text = '{"cells": [{"cell_type": "markdown", "source": "Grüße"}]}'
    for encoding, note in [("utf-32", "UTF-32"), ("latin-1", "not saved as UTF-8")]:
        found = read_notebook(text.encode(encoding))
        assert found.cells[0].source == "Grüße"
        assert note in found.notes[0]


@pytest.mark.parametrize(
    "odd",
    ["NaN", "Infinity", "-Infinity", "1e999", "9" * 6000, "-" + "9" * 50, '"\\u0000"'],
)
def test_odd_numbers_beside_the_cells_do_no_harm(odd):
    text = (
        f'{{"x": {odd}, "nbformat": {odd}, "cells": [{{"source": "ok", "n": {odd}}}]}}'
    )
    assert only(text).source == "ok"


@pytest.mark.parametrize("kind", [["code"], {"code": 1}, 5, None, "heading", "x" * 99])
def test_any_kind_of_a_cells_kind_is_read(kind):
    data = json.dumps({"cells": [{"cell_type": kind, "source": "ok"}]})
    assert only(data).kind == "markdown"


def test_of_doubled_keys_the_last_counts_as_in_a_browser():
    assert (
        only('{"cells": [], "cells": [{"source": "a", "source": "b"}]}').source == "b"
    )


@pytest.mark.parametrize(
    ("version", "note"),
    [(5, "newer"), (99, "newer"), (3, "old"), (True, None), (4, None)],
)
def test_a_strange_format_version_is_said_and_read(version, note):
    notebook = worked() | {"nbformat": version, "nbformat_minor": 1000}
    found = read_notebook(as_bytes(notebook))
    assert len(found.cells) == 12
    assert [note in text for text in found.notes] == ([True] if note else [])


def test_formats_2_and_3_keep_their_cells_in_worksheets():
    cells = [
        {"cell_type": "heading", "level": 2, "source": ["Task"]},
        {"cell_type": "code", "input": ["a = 1\n", "b = 2"], "outputs": []},
        {"cell_type": "html", "source": "<b>x</b>"},
    ]
    notebook = {
        "nbformat": 3,
        "worksheets": [{"cells": cells[:2]}, {"cells": cells[2:]}],
    }
    found = read_notebook(as_bytes(notebook)).cells
    assert [(c.kind, c.source) for c in found] == [
        ("markdown", "## Task"),
        ("code", "a = 1\nb = 2"),
        ("markdown", "<b>x</b>"),
    ]


@pytest.mark.parametrize(
    "metadata",
    [
        None,
        3,
        [],
        "x",
        {"nbgrader": None},
        {"nbgrader": []},
        {"nbgrader": {"grade_id": 4}},
    ],
)
def test_any_kind_of_metadata_is_read(metadata):
    notebook = {"cells": [{"cell_type": "code", "source": "a", "metadata": metadata}]}
    assert only(as_bytes(notebook)).grade_id == ""
