"""Why a step of nbgrader did not work is told in one line, wherever it is said."""

import logging

import pytest

from cs5045ae.course.nbgrader_steps import _LastError

TRACEBACK = """Traceback (most recent call last):
  File "base.py", line 305, in convert_notebooks
    self.convert_single_notebook(notebook_filename)
  File "client.py", line 801, in _async_handle_timeout
    raise CellTimeoutError.error_from_timeout_and_cell(
{}
"""


def reason(*errors):
    told = _LastError()
    for text in errors:
        told.emit(logging.LogRecord("n", logging.ERROR, "", 0, text, None, None))
    return told.reason


@pytest.mark.parametrize(
    ("ending", "wanted"),
    [
        ("ValueError: no such cell", "ValueError: no such cell"),
        ("nbformat.reader.NotJSONError: not JSON", "NotJSONError: not JSON"),
        ("KeyboardInterrupt", "KeyboardInterrupt"),
        (
            "nbclient.exceptions.CellTimeoutError: A cell timed out.\n"
            "Here is a preview of the cell contents:\n-------------------\n"
            "Model: fit(x)\n-------------------\n",
            "CellTimeoutError: A cell timed out.",
        ),
    ],
    ids=["plain", "dotted", "bare", "with a preview of the cell"],
)
def test_the_reason_is_the_exception_whatever_is_said_around_it(ending, wanted):
    assert wanted == reason(
        "There was an error processing assignment: /somewhere",
        TRACEBACK.format(ending),
        "Please see the the above traceback",
    )


def test_without_a_traceback_the_first_error_is_the_reason():
    assert reason("No notebooks matched 'x'\nmore", "Did you mean: y") == (
        "No notebooks matched 'x'"
    )
