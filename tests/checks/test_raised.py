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


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("Argument(s) not recognized: {'lr': 0.001}"), "`learning_rate`"),
        (ValueError("Argument(s) not recognized: {'decay': 0.1}"), "`learning_rate`"),
        (
            ImportError("`keras.optimizers.legacy` is not supported in Keras 3. When"),
            "`keras.optimizers.Adam(...)`",
        ),
        (
            AttributeError("module 'keras.optimizers' has no attribute 'legacy'"),
            "`keras.optimizers.Adam(...)`",
        ),
        (ImportError("Keras cannot be imported. Check that"), "TF_USE_LEGACY_KERAS"),
        (ModuleNotFoundError("No module named 'tf_keras'"), "TF_USE_LEGACY_KERAS"),
        (
            AttributeError("module 'tensorflow.python.distribute.input_lib' has no"),
            "private parts",
        ),
        (AttributeError("module 'keras.src.layers' has no attribute 'x'"), "private"),
        (ImportError("cannot import name 'merge' from 'keras.layers'"), "is gone"),
        (ModuleNotFoundError("No module named 'keras.engine'"), "is gone"),
        (TypeError("Input 'y' of 'Mul' Op has type float32 that float16"), "float32"),
    ],
)
def test_old_names_of_keras_get_one_sentence_that_leads_on(error, words):
    def old(x):
        raise error

    hint = failure(old, x=1).hint
    assert words in hint
    assert "pip" not in hint
    assert "new cell" not in hint


def test_a_tf_keras_that_calls_itself_is_told_as_keras_2(tmp_path):
    source = "def f(x):\n    raise RecursionError('too deep')  # tf.keras.Model(x)\n"
    path = tmp_path / "cell.py"
    path.write_text(source)
    names = {}
    exec(compile(source, str(path), "exec"), names)
    assert "TF_USE_LEGACY_KERAS" in failure(names["f"], x=1).hint


@pytest.mark.parametrize(
    ("line", "file"),
    [
        ("from myhelpers import center", "myhelpers.py"),
        ("import tools_of_mine.plots as p", "tools_of_mine.py"),
        ("from .helpers import center", "a file beside it"),
    ],
)
def test_a_module_that_does_not_come_along_is_named(line, file):
    names = {"__package__": None, "__name__": "__main__"}
    exec(f"def answer(x):\n    {line}\n", names)
    told = failure(names["answer"], x=1)
    assert file in told.complaint
    assert "Only the notebook is graded" in told.complaint


def test_other_import_errors_are_left_as_they_are():
    assert wording(ImportError("cannot import name 'a' from 'b'")) == (
        "cannot import name 'a' from 'b'"
    )
