"""What a student reads of an exception."""

import numpy as np
import pytest

from cs5045ae.checks.answer import call
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.raised import wording


def failure(function, **arguments):
    with pytest.raises(CheckFailed) as caught:
        call(function, **arguments)
    return caught.value


def test_another_number_of_arguments_is_answered_with_the_first_line():
    def center(x, mean):
        return x - mean, mean

    assert "`def center(x):`" in failure(center, x=np.ones((3, 2))).hint


@pytest.mark.parametrize(
    "wrong", [lambda x, c: x @ c, lambda x, c: x - c, lambda x, c: np.dot(x, c)]
)
def test_shapes_that_do_not_fit_are_named_as_that(wrong):
    told = failure(wrong, x=np.ones((5, 7)), c=np.ones((3, 7)))
    assert "Print the shape of each array" in told.hint


def test_a_message_of_keras_loses_colours_frames_and_arguments():
    text = (
        "Exception encountered when calling Sequential.call().\n\n\x1b[1mInput 0 is "
        "wrong\x1b[0m\n\nArguments received by Sequential.call():\n  • training=True"
    )
    assert wording(ValueError(text)) == "Input 0 is wrong"


def test_a_long_message_is_cut():
    assert len(wording(ValueError("a" * 5000))) < 320


def test_any_other_exception_is_sent_to_a_new_cell():
    def broken(x):
        raise KeyError("nothing")

    assert "in a new cell" in failure(broken, x=1).hint


def test_a_list_that_was_changed_is_named():
    def broken(sizes):
        sizes.pop()

    sizes = [3, 2]
    assert "changed its argument sizes" in failure(broken, sizes=sizes).complaint
    assert sizes == [3, 2]
