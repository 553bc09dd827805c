"""What a message says of an exception that a student's function has raised."""

import re
import sys
from collections.abc import Iterable

from cs5045ae.checks.words import student_line
from cs5045ae.stopped_cells import stopped_cell

__all__ = ["about_a_module", "advice", "wording"]

TERMINAL = re.compile(r"\x1b\[[0-9;]*m")
KERAS_CALL = re.compile(r"Exception encountered when calling [\w.]+\(\)\.\s*")
KERAS_ARGUMENTS = re.compile(r"\s*Arguments received by .*", re.DOTALL)
MODULE = re.compile(r"No module named '([\w.]+)'")
RELATIVE = re.compile(r"attempted relative import|no known parent package")
LONGEST = 300

SHAPES_DO_NOT_FIT = (
    "Two shapes in this line do not fit. Print the shape of each array just before "
    "it, and compare them with what the task says."
)
KERAS_3 = "The course uses Keras 3. "
KNOWN = (
    (
        r"not recognized: \{.*'(lr|decay)'",
        f"{KERAS_3}Its optimizers call the step size `learning_rate`, as in "
        "`keras.optimizers.Adam(learning_rate=0.001)`; `lr` and `decay` are names of "
        "old versions.",
    ),
    (
        r"optimizers\.legacy|no attribute 'legacy'",
        f"{KERAS_3}It has no `optimizers.legacy`: write `keras.optimizers.Adam(...)`. "
        "Nothing needs to be installed.",
    ),
    (
        r"TF_USE_LEGACY_KERAS|tf_keras|Keras cannot be imported",
        f"{KERAS_3}Delete the line that sets `TF_USE_LEGACY_KERAS` or imports "
        "`tf_keras`, which ask for Keras 2, restart the kernel, and `import keras`. "
        "Nothing needs to be installed.",
    ),
    (
        r"tensorflow\.python|module 'keras\.\w+' has no attribute|keras\.src",
        f"{KERAS_3}Take everything from it: `import keras`, then `keras.layers`, "
        "`keras.Model`. `tensorflow.python` and `keras.src` are private parts of the "
        "libraries, which do not fit together.",
    ),
    (
        r"cannot import name '\w+' from 'keras|No module named 'keras\.",
        f"{KERAS_3}That name stands elsewhere or is gone: `import keras`, then "
        "`keras.layers`, `keras.ops`, `keras.utils`.",
    ),
    (
        r"float16|Op has type float64|expected .*float32.*(double|float64)",
        "Numbers of two types meet here. The course works with float32: look for a "
        "line that sets another one (`set_global_policy`, `set_floatx`, `dtype=`).",
    ),
    (r"mismatch in its core dimension|not aligned|broadcast", SHAPES_DO_NOT_FIT),
    (
        r"expected axis -1 of input shape",
        "A layer gets more or fewer numbers than it was made for. Take sizes from the "
        "arguments; apply layers in order, none left out and none twice.",
    ),
    (
        r"Cannot convert '\w+' to a shape",
        "`keras.Input` takes a shape, which is a tuple: `shape=(n,)`.",
    ),
    (
        r"None values not supported",
        "Did `fit` get its targets? An autoencoder's `fit` takes input and target.",
    ),
)
"""What is known of a message of Python, numpy or Keras, and how to go on."""


def about_a_module(message: str) -> str:
    """Say what to do about a module that is not there; empty if no module is missing.

    Examples
    --------
    >>> about_a_module("No module named 'myhelpers'")[:60]
    'Only the notebook is graded: a file myhelpers.py beside it d'
    """
    if found := MODULE.search(message):
        name = found[1].partition(".")[0]
        file = f"a file {name}.py"
    elif RELATIVE.search(message):
        file = "a file"
    else:
        return ""
    return (
        f"Only the notebook is graded: {file} beside it does not come along, and no "
        "package is installed for it. Put the functions into the answer's cell."
    )


def wording(error: BaseException) -> str:
    """Return an exception's message without colours, frames and what is too long."""
    text = TERMINAL.sub("", str(error))
    text = KERAS_ARGUMENTS.sub("", KERAS_CALL.sub("", text)).strip()
    if isinstance(error, ImportError) and (more := about_a_module(text)):
        text = f"{text}. {more.removesuffix('.')}"
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()} ..."


def _source_of(error: NameError) -> str:
    """Say which cell should have made the name, if one did not get there."""
    if (told := getattr(error, "stopped_cell", None)) is not None:
        return str(told)  # of an error from another process
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return stopped_cell(error.name or "", shell.user_ns) if shell else ""


def advice(error: BaseException, name: str, arguments: Iterable[str]) -> str:
    """Return the hint that goes with an exception.

    Parameters
    ----------
    error : exception
        What the student's function raised.
    name : str
        The function's name.
    arguments : iterable of str
        The names that the task gives to its arguments, in order.
    """
    text = wording(error)
    if isinstance(error, NameError) and (source := _source_of(error)):
        return source
    if isinstance(error, TypeError) and re.search(
        rf"\b{re.escape(name)}\(\) (missing|takes)", text
    ):
        first = f"def {name}({', '.join(arguments)}):"
        return f"The task calls it with these arguments, in this order: `{first}`."
    if isinstance(error, RecursionError) and "tf.keras" in student_line(error):
        text = "TF_USE_LEGACY_KERAS"  # a `tf.keras` that found no Keras 2 calls itself
    for pattern, hint in KNOWN:
        if re.search(pattern, text):
            return hint
    return "Run the call yourself in a new cell to see the whole message."
