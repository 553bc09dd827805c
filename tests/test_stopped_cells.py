"""A name that is missing is traced to the cell that stopped before it made it."""

import nbformat
import pytest
from nbclient import NotebookClient

from cs5045ae.stopped_cells import names_made, stopped_cell

IMPORTS = "gpus = devices()\ngpus[0]\nimport numpy as np\nfrom a.b import c as d, e"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        (IMPORTS, {"gpus", "np", "d", "e"}),
        ("def f(x):\n    y = 1\nclass G: z = 2", {"f", "G"}),
        ("for i in range(3):\n    with open(p) as h:\n        k = i", {"i", "h", "k"}),
        ("try:\n    import jax\nexcept ImportError:\n    jax = None", {"jax"}),
        ("(a, *b), c = d", {"a", "b", "c"}),
        ("%matplotlib inline\nimport os\nx = 1", {"os", "x"}),
        ("x[0] = 1; y.z = 2", set()),
        ("((((", set()),
        ("", set()),
    ],
)
def test_names_that_a_cell_makes(source, names):
    assert names_made(source) == names


@pytest.mark.parametrize("name", ["np", "d", "e"])
def test_the_cell_that_stopped_is_named_by_its_first_line(name):
    text = stopped_cell(name, {"In": ["", IMPORTS, "f(np)"], "gpus": []})
    assert f"`{name}` is made in the cell that begins with `gpus = devices()`" in text


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("np", {"In": ["", "print(np)"]}),
        ("np", {"In": ["", "import numpy as np"], "np": 1}),
        ("np", {"In": None}),
        ("np", {}),
        ("", {"In": ["", IMPORTS]}),
        ("np", {"In": [1, None]}),
    ],
)
def test_nothing_is_said_where_no_cell_stopped(name, names):
    assert stopped_cell(name, names) == ""


def run(*cells):
    """Run cells in a real kernel and return what the last one printed or raised."""
    new = nbformat.v4
    notebook = new.new_notebook(cells=[new.new_code_cell(source) for source in cells])
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    output = notebook.cells[-1].outputs[0]
    return output.get("text") or "\n".join(output.traceback)


CHECKS = (
    "from cs5045ae.checks.check import check\nfrom cs5045ae.checks.answer import call"
)
BROKEN = "boards = []\nboards[0].grow()\nimport numpy as np\ndef helper(): pass"


@pytest.mark.slow
def test_in_a_notebook_a_check_and_a_bare_name_both_tell_the_cell():
    check = (
        "@check(task='1')\ndef check_f(f, *, rng):\n    call(f, x=1)\n    return 'f'\n"
        "check_f(f)"
    )
    answer = "def f(x):\n    return np.ones(x)"
    text = run(BROKEN, CHECKS, answer, check)
    assert "the cell that begins with `boards = []`" in text.replace("\n", " ")
    text = run(BROKEN, CHECKS, "helper()")
    assert text.startswith("NameError: name 'helper' is not defined")
    assert "the cell that begins with `boards = []`" in text.replace("\n", " ")
    text = run(BROKEN, CHECKS, "nobody()")
    assert "begins with" not in text
