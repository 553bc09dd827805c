"""What every notebook of the course keeps to, whatever its topic."""

import ast
import re
import statistics

import nbformat
import pytest

from cs5045ae.course.execute import executed
from tests import bank

LECTURES = sorted((bank.ROOT / "lectures").glob("*.ipynb"))
SOLUTIONS = sorted((bank.ROOT / "solutions").glob("*/*.ipynb"))
EXERCISES = sorted((bank.ROOT / "exercises").glob("*/*.ipynb"))
FOR_STUDENTS = {"backend", "data", "figures", "layers", "widgets"}


def name(path):
    return f"{path.relative_to(bank.ROOT).parts[0]}-{path.stem}"


def read(path):
    return nbformat.read(path, as_version=4)


def lines(cell):
    return [line for line in cell.source.split("\n") if line.strip()]


def kind(notebook, of):
    return [cell for cell in notebook.cells if cell.cell_type == of]


@pytest.mark.parametrize("path", LECTURES + SOLUTIONS + EXERCISES, ids=name)
def test_a_notebook_is_source(path):
    notebook = read(path)
    nbformat.validate(notebook)
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", i) for i in ids), "ids are words"
    for cell in kind(notebook, "code"):
        assert cell.outputs == []
        assert cell.execution_count is None
    titles = [
        c for c in kind(notebook, "markdown") if re.search(r"^# ", c.source, re.M)
    ]
    assert titles == [notebook.cells[0]]


@pytest.mark.parametrize("path", LECTURES + SOLUTIONS, ids=name)
def test_code_cells_are_short_enough_to_read(path):
    cells = kind(read(path), "code")
    sizes = [len(lines(cell)) for cell in cells]
    assert max(sizes) <= 25
    assert statistics.median(sizes) <= 7
    for cell in cells:
        ast.parse(cell.source)
        assert all(len(line) <= 88 for line in lines(cell)), cell.id


@pytest.mark.parametrize("path", LECTURES, ids=name)
def test_a_lecture_has_the_parts_that_every_lecture_has(path):
    notebook = read(path)
    first, text = notebook.cells[0].source, "\n".join(c.source for c in notebook.cells)
    assert "In this lecture you will" in first
    assert "**Time:**" in first
    assert "minutes to read" in first
    assert "## Summary" in text
    assert re.search(r"doi:10\.|arXiv:", text), "further reading"
    assert 2 <= text.count("**Pause and predict.**") <= 8
    assert text.count("<details>") == text.count("</details>")
    assert len(lines(kind(notebook, "code")[0])) <= 6
    assert 5 <= len(re.findall(r"^## ", text, re.M)) <= 12
    prose, code = kind(notebook, "markdown"), kind(notebook, "code")
    assert 0.9 <= len(prose) / len(code) <= 1.7
    for cell in prose:
        words = re.sub(r"\|.*\||\$\$.*?\$\$|<[^>]+>", " ", cell.source, flags=re.S)
        assert len(words.split()) <= 200, cell.id


@pytest.mark.parametrize("path", LECTURES + SOLUTIONS, ids=name)
def test_links_lead_somewhere(path):
    for cell in kind(read(path), "markdown"):
        for link in re.findall(r"\]\(([^)#]+)\)", cell.source):
            if "://" not in link:
                assert (path.parent / link).exists(), f"{cell.id}: {link}"


@pytest.mark.slow
@pytest.mark.parametrize("path", LECTURES, ids=name)
def test_every_picture_of_a_lecture_has_words_and_nothing_complains(path):
    notebook, pictures = executed(path.stem), 0
    for cell in kind(notebook, "code"):
        for output in cell.outputs:
            assert output.get("name") != "stderr", f"{cell.id}: {output.text}"
            if "image/png" in output.get("data", {}):
                pictures += 1
                alt = output.metadata["image/png"]["alt"]
                assert len(alt.split()) >= 4, f"{cell.id}: {alt!r}"
    assert 1 <= pictures <= 13
    assert notebook.metadata["cs5045ae"]["seconds"] < 600


@pytest.mark.parametrize("path", EXERCISES, ids=name)
def test_an_exercise_compiles_and_holds_no_solution(path):
    notebook = read(path)
    exercise = bank.exercise(path.stem)
    stubs = 0
    for cell in kind(notebook, "code"):
        ast.parse(cell.source)
        assert "SOLUTION" not in cell.source
        stubs += "raise NotImplementedError" in cell.source
    assert stubs == len(exercise.solutions())
    text = "\n".join(cell.source for cell in notebook.cells)
    for cell in exercise.solutions().values():
        body = re.search(r"BEGIN SOLUTION\n(.*?)\n\s*### END", cell.source, re.S)[1]
        # A hint may show a line, never the whole.
        if len(body.split("\n")) > 1:
            assert body not in text, cell.id
        assert body not in next(c for c in notebook.cells if c.id == cell.id).source


@pytest.mark.parametrize("path", SOLUTIONS, ids=name)
def test_an_exercise_has_the_parts_that_every_exercise_has(path):
    notebook = read(path)
    exercise = bank.exercise(path.stem)
    text = "\n".join(cell.source for cell in notebook.cells)
    tasks = re.findall(
        r"^## Task (\d+) · .+ \((\*+), (\d+) minutes, (\d+) points?\)$", text, re.M
    )
    assert 5 <= len(tasks) <= 8
    assert [int(number) for number, *_ in tasks] == list(range(1, len(tasks) + 1))
    assert int(tasks[0][2]) <= 5, "the first task is solvable in five minutes"
    assert tasks[0][1] == "*"
    assert 45 <= sum(int(minutes) for _, _, minutes, _ in tasks) <= 75
    told = sum(int(points) for *_, points in tasks)
    tests = exercise.tests().values()
    assert told == sum(bank.points(cell) for cell in tests) == 18
    for step in ("Hint 1", "Hint 2", "Hint 3"):
        assert text.count(f"<summary>{step}") == len(tasks)
    assert len(exercise.solutions()) >= len(tasks)
    assert "Mark scheme" in text
    assert "not graded" in text


@pytest.mark.parametrize("path", SOLUTIONS, ids=name)
def test_cells_import_what_students_may_and_tests_what_they_need(path):
    exercise = bank.exercise(path.stem)
    defined = set()
    for cell in exercise.solutions().values():
        tree = ast.parse(cell.source)
        defined |= {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    for cell in exercise.code:
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("cs5045ae"):
                parts = (
                    [alias.name for alias in node.names]
                    if node.module == "cs5045ae"
                    else [node.module.split(".")[1]]
                )
                allowed = {"checks"} if cell.id in exercise.tests() else FOR_STUDENTS
                assert set(parts) <= allowed, cell.id
    for cell in exercise.tests().values():
        tree = ast.parse(cell.source)
        assert ast.get_docstring(tree), f"{cell.id} does not say what it checks"
        assert f"({bank.points(cell)} point" in ast.get_docstring(tree)
        used = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)}
        assert used - {bank.check_name(cell)} <= defined, cell.id
