"""The reason of a step that did not work is a sentence, not decoration."""

import logging

from cs5045ae.course.nbgrader_steps import _LastError


def reason(*texts):
    handler = _LastError()
    for text in texts:
        handler.emit(logging.LogRecord("n", logging.ERROR, "", 0, text, None, None))
    return handler.reason


def test_a_line_of_dashes_is_no_reason():
    text = "Traceback (most recent call last):\n  ...\nx.y.Timeout: too long\n-------"
    assert reason(text) == "Timeout: too long"
    assert reason("-----") == ""


def test_a_traceback_goes_before_what_is_said_around_it():
    assert reason("first words", "Traceback\nKeyError: 'a'", "last") == "KeyError: 'a'"
