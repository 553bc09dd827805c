"""A page is made whatever a notebook holds, soon, and says what it leaves out."""

import time

import pytest
from nbconvert.exporters import HTMLExporter
from nbformat import v4
from nbgrader.server_extensions.formgrader import handlers
from traitlets.config import PyFileConfigLoader

from cs5045ae.grading.pages import drawing, preprocessor, renderer, shown
from cs5045ae.grading.pages.filters import markdown2html
from cs5045ae.grading.pages.renderer import Job, render
from tests.bank import ROOT

RESOURCES = {
    "assignment_id": "a",
    "notebook_id": "n",
    "submission_id": "1",
    "index": 0,
    "total": 1,
    "base_url": "",
    "student": "s",
    "last_name": "",
    "first_name": "",
    "notebook_path": "x",
}


@pytest.fixture(scope="module")
def page():
    """What the Formgrader's exporter makes of cells, with the course's settings."""
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT)).load_config()
    config.HTMLExporter.template_name = "formgrade"
    config.HTMLExporter.extra_template_basedirs = [handlers.template_path]
    exporter = HTMLExporter(config=config)

    def made(*cells):
        notebook = v4.new_notebook(cells=list(cells))
        for number, cell in enumerate(notebook.cells):
            cell.id = f"c{number}"
        html, _ = exporter.from_notebook_node(notebook, resources=dict(RESOURCES))
        return html

    made()
    return made


@pytest.mark.parametrize(
    "sign",
    [
        *("[", "*", "> ", "`", "_", "<", "(", "![", "[a](", "***a", "$", "\\\\("),
        *("<b>", "<div>", "- ", "|a", "~~~\n", "&", "<!--", "[a]: b\n", "\\begin{a"),
        "  - ",
    ],
)
def test_one_sign_99_000_times_costs_little_time(page, sign):
    text = sign * (99_000 // len(sign))
    before = time.monotonic()
    html = page(v4.new_markdown_cell(text), v4.new_markdown_cell("The *end*."))
    assert time.monotonic() - before < 15
    assert "The <em>end</em>." in html
    assert len(html) < 3_000_000


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("word " * 30_000, "it has 150,000 characters"),
        ("<b>" * 200, "its parts are nested too deeply"),
        ("<div>" * 10_000, "its parts are nested too deeply"),
        ("*a* " * 24_000, "it has too many parts"),
        ("[x]: " + "u" * 20_000 + "\n\n" + "[x]" * 300, "it becomes too long"),
    ],
)
def test_what_is_too_much_is_plain_text_with_the_reason(text, reason):
    (made,) = render([Job("markdown", text)])
    assert f"This is shown as plain text: {reason}." in made
    assert made.count("<") < 10
    assert len(made) < 100_000
    assert "characters are shown" in made or len(text) <= drawing.PLAIN


def test_a_slow_text_is_stopped_and_the_next_is_rendered(monkeypatch):
    monkeypatch.setattr(renderer, "CELL_SECONDS", 0.5)
    slow, quick = Job("markdown", "\\\\(" * 33_000), Job("markdown", "*b*")
    first, second = render([slow, quick])
    assert renderer.SLOW in first
    assert second == "<p><em>b</em></p>\n"
    found = render([slow, slow, slow, quick], seconds=0.8)
    assert renderer.LATE in found[-1]
    assert "*b*" in found[-1]


def test_a_process_that_is_gone_costs_one_text():
    render([Job("markdown", "a")])
    renderer._WORKER._process.kill()
    renderer._WORKER._process.wait()
    assert render([Job("markdown", "*b*")]) == ["<p><em>b</em></p>\n"]


def test_many_cells_and_large_outputs_are_cut_with_a_line(page, monkeypatch):
    html = page(*[v4.new_markdown_cell("a") for _ in range(700)])
    assert "[200 more cells of this notebook are not shown.]" in html
    long = v4.new_output("stream", text="x" * 3_000_000)
    html = page(v4.new_code_cell("a", outputs=[long]))
    assert "the rest of this output is not shown" in html
    assert len(html) < 200_000
    many = [v4.new_output("stream", text="y") for _ in range(shown.OUTPUTS + 5)]
    assert "5 more outputs are not shown." in page(v4.new_code_cell("a", outputs=many))
    monkeypatch.setattr(preprocessor, "CHARACTERS", 30_000)
    html = page(*[v4.new_markdown_cell("word " * 2_000) for _ in range(5)])
    assert "the page is full" in html
    assert len(html) < 90_000


def test_outputs_that_act_are_cleaned_or_named(page):
    bad = "<script>alert(1)</script><b onclick='alert(2)'>kept</b>"
    kinds = {
        "text/html": bad,
        "text/markdown": bad,
        "text/latex": bad,
        "application/javascript": "alert(3)",
        "image/svg+xml": "<svg onload='alert(4)'/>",
        "application/vnd.jupyter.widget-view+json": {"model_id": "x"},
        "image/png": "PHNjcmlwdD4=",
        "application/pdf": "x",
    }
    outputs = [v4.new_output("display_data", {k: v}) for k, v in kinds.items()]
    sized = v4.new_output("display_data", {"text/html": bad})
    sized.metadata = {"text/html": {"isolated": True}}
    cell = v4.new_code_cell(bad, outputs=[*outputs, sized])
    cell.metadata = {"tags": ['x" onclick="alert(5)'], "transient": {}}
    html = page(cell, v4.new_raw_cell(bad), v4.new_markdown_cell(bad))
    body = html.partition('id="notebook"')[2]
    assert "kept" in body
    for sign in ("<script", "<iframe", "<svg", "onload", "alert(3)", "alert(5)"):
        assert sign not in body
    assert "<b onclick" not in body
    assert body.count("is not shown") == 5


def test_text_that_cannot_be_written_is_written(page):
    html = page(v4.new_markdown_cell("a \ud800 b"), v4.new_code_cell("x = '\udfff'"))
    assert html.encode("utf-8")


def test_the_graders_own_comment_is_rendered_too():
    assert markdown2html("*Good*") == "<p><em>Good</em></p>\n"
