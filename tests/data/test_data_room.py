"""Is the room light to enter, and what it shows to the outside as documented?"""

import subprocess
import sys

from cs5045ae import data

HEAVY = ("tensorflow", "keras", "sklearn", "matplotlib", "pandas", "mlxtend", "scipy")


def run(code):
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def test_the_import_is_light():
    code = "import cs5045ae.data, sys; print(*sys.modules)"
    modules = {name.split(".")[0] for name in run(code).split()}
    assert not modules & set(HEAVY)


def test_the_offline_loaders_need_no_tensorflow_either():
    code = """
import sys
from cs5045ae.data import *
load_mnist(); make_curves(3, seed=1); load_patches(3, seed=1)
print(*sys.modules)
"""
    modules = {name.split(".")[0] for name in run(code).split()}
    assert not modules & set(HEAVY)


def test_every_public_name_has_a_docstring():
    for name in data.__all__:
        assert getattr(data, name).__doc__
