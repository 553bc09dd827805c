"""Cells that end badly or oddly in a sound file, and what each must get."""

from nbformat.v4 import new_code_cell, new_markdown_cell

from tests.grading.attack_class import CENTER, PROJECT, hand_in
from tests.grading.bad_inputs import ALL, HALF, bad, find


@bad(ALL)
def answer_in_a_new_cell(folder, exercise):
    made = exercise.worked(center="")
    place = made.cells.index(find(made, "center")) + 1
    source = "def center(x):\n    m = x.mean(0)\n    return x - m, m"
    made.cells.insert(place, new_code_cell(source, id="new"))
    hand_in(folder, made)


@bad(HALF, says="SyntaxError")
def syntax_error(folder, exercise):
    hand_in(folder, exercise.worked(center="def center(x)\n    return x"))


@bad(HALF, says="`center` is not defined")
def name_deleted(folder, exercise):
    hand_in(folder, exercise.worked(center="# later"))


@bad(ALL)
def list_of_numpy_numbers(folder, exercise):
    source = (
        "def center(x):\n    m = [np.float64(v) for v in x.mean(0)]\n"
        "    return (x - m).tolist(), m"
    )
    hand_in(folder, exercise.worked(center=source))


@bad(HALF, says="NaN")
def not_a_number(folder, exercise):
    source = "def center(x):\n    return x * float('nan'), x.mean(0)"
    hand_in(folder, exercise.worked(center=source))


@bad(ALL)
def pictures_and_emoji(folder, exercise):
    made = exercise.worked()
    made.cells.insert(1, new_markdown_cell("x\u2080 \U0001f600 日本語 \u202e", id="p"))
    hand_in(folder, made)


@bad(HALF, says="Stopped in the answer")
def sleeps_long(folder, exercise):
    source = "import time\ntime.sleep(600)\ndef center(x):\n    return x, x[0]"
    hand_in(folder, exercise.worked(center=source))


@bad(HALF, says="Stopped in the answer")
def deaf_to_interrupts(folder, exercise):
    source = (
        "while True:\n    try:\n        while True:\n            pass\n"
        "    except BaseException:\n        pass"
    )
    hand_in(folder, exercise.worked(center=source))


@bad(HALF, says="The Python process ended")
def crashes(folder, exercise):
    source = "import os\ndef center(x):\n    os._exit(1)"
    hand_in(folder, exercise.worked(center=source))


@bad(ALL)
def exit_at_the_end(folder, exercise):
    made = exercise.worked()
    made.cells.append(new_code_cell("exit", id="own"))
    hand_in(folder, made)


@bad(ALL)
def a_question_to_the_person(folder, exercise):
    made = exercise.worked()
    made.cells.insert(3, new_code_cell("name = input('Your name? ')", id="own"))
    hand_in(folder, made)


@bad(ALL)
def magic_and_shell(folder, exercise):
    source = f"%matplotlib inline\n!pip list > packages\n{CENTER}\n%timeit -n1 -r1 1"
    hand_in(folder, exercise.worked(center=source))


@bad(ALL)
def tensors(folder, exercise):
    source = (
        "import tensorflow as tf\n"
        f"{PROJECT.replace('def project', 'def plain')}\n"
        "def project(x, mean, components):\n"
        "    return tf.constant(plain(x, mean, components))"
    )
    hand_in(folder, exercise.worked(project=source))
