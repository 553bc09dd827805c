"""A course in miniature, for tests that run the whole machine."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cs5045ae.course import Course
from cs5045ae.course.place import prepare_environment
from tests.rights import modes_count

ROOT = Path(__file__).parents[1]
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}
}


def pytest_collection_modifyitems(items):
    """Let files with slow tests begin first: none of them is then waited for alone."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session", autouse=True)
def _environment():
    """Programs and kernel of this environment, as the command line has them."""
    prepare_environment()


@pytest.fixture
def ordinary():
    """Only the rights that the modes of files give, also where root runs the tests."""
    with modes_count():
        yield


def write_notebook(path, cells):
    """Write a notebook of (text of code) or ("markdown", text) cells."""
    made = []
    for number, cell in enumerate(cells):
        if isinstance(cell, str):
            made.append(new_code_cell(cell, id=f"c{number}"))
        elif cell[0] == "markdown":
            made.append(new_markdown_cell(cell[1], id=f"c{number}"))
        else:
            name, source, facts = cell
            taken = any(other.id == name for other in made)
            made.append(new_code_cell(source, id=f"c{number}" if taken else name))
            made[-1].metadata["nbgrader"] = nbformat.from_dict(
                {"grade_id": name, "schema_version": 3, "task": False, **facts}
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    notebook = new_notebook(cells=made, metadata=KERNEL)
    nbformat.write(notebook, path)
    return path


def answer(name, source):
    return name, source, {"grade": False, "locked": False, "solution": True}


def graded(name, source, points):
    facts = {"grade": True, "locked": True, "solution": False, "points": points}
    return name, source, facts


def hidden(signature, line):
    return f"{signature}\n    ### BEGIN SOLUTION\n    {line}\n    ### END SOLUTION"


SOLUTION = (
    ("markdown", "# Exercise 01: two small functions"),
    answer("double", hidden("def double(x):", "return 2 * x")),
    graded("test-double", "assert double(3) == 6", 12),
    answer("half", hidden("def half(x):", "return x / 2")),
    graded("test-half", "assert half(3) == 1.5", 8),
)
LECTURE = (
    (
        "markdown",
        "# A small lecture\n\nThe error is $\\lVert x - \\hat x \\rVert^2$. See "
        "[itself](01_small.ipynb#A-small-lecture), "
        "[the exercise](../exercises/01_small/01_small.ipynb) and "
        "[a paper](https://doi.org/10.1126/science.1127647).",
    ),
    "import numpy as np\n\nerrors = np.array([3.0, 2.0, 1.0])\n_hidden = 1",
    "import matplotlib.pyplot as plt\n\nfrom cs5045ae.figures import describe\n\n"
    "fig, ax = plt.subplots()\nax.plot(errors)\n"
    'describe(fig, "The error falls from 3 to 1.")',
    "import ipywidgets\n\nipywidgets.IntProgress(description='training')",
    "from cs5045ae.widgets.stage import LivePicture\n\n"
    "fig, ax = plt.subplots()\n(line,) = ax.plot([0, 1], [0, 1])\n"
    "slider = ipywidgets.IntSlider(description='slope')\n"
    "LivePicture(fig, [line], lambda k: f'A line of slope {k}.', {'k': slider})",
)


@pytest.fixture
def tiny(tmp_path):
    """A course with one lecture and one solution, which no other test sees."""
    return tiny_course(tmp_path / "tiny course")


def tiny_course(root):
    root.mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    (root / "exercises").mkdir()
    write_notebook(root / "lectures" / "01_small.ipynb", LECTURE)
    write_notebook(root / "solutions" / "01_small" / "01_small.ipynb", SOLUTION)
    return Course(root)
