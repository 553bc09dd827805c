"""A student in JupyterLab: an answer, nbgrader's Validate, and a slider."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, TOPIC

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WRONG = "def center(x):\n    return x - x.mean(), x.mean()"
RIGHT = "def center(x):\n    mean = x.mean(axis=0)\n    return x - mean, mean"


def open_notebook(page, lab, path):
    address, token = lab
    page.goto(f"{address}/lab/workspaces/auto-{hash(path)}/tree/{path}?token={token}")
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    # The kernel is there when the status bar says that it waits.
    page.locator(".jp-StatusBar-Widget, #jp-main-statusbar").get_by_text(
        "| Idle"
    ).wait_for()


def type_answer(page, source):
    """Replace the first task's answer, as a person does, and save."""
    cell = page.locator(".jp-CodeCell").filter(has_text="def center(x)").first
    cell.scroll_into_view_if_needed()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(source)
    page.keyboard.press("Escape")


def validate(page):
    """Press Validate and return what its dialog says."""
    page.locator(".jp-NotebookPanel-toolbar").get_by_text("Validate").click()
    dialog = page.locator(".jp-Dialog")
    dialog.wait_for()
    text = dialog.inner_text()
    dialog.get_by_role("button").last.click()
    dialog.wait_for(state="detached")
    return text


def test_validate_gives_our_message_for_a_wrong_answer_and_success_for_a_right_one(
    page, lab, course
):
    open_notebook(page, lab, f"work/{TOPIC}/{TOPIC}.ipynb")
    type_answer(page, WRONG)
    told = validate(page)
    assert "Task 1 is not right yet." in told
    assert "One number for each column" in told
    assert "Traceback" not in told
    assert "Success" not in told

    type_answer(page, RIGHT)
    told = validate(page)
    assert "Success" in told, told
    saved = json.loads(course.working_copy(TOPIC).read_text("utf-8"))
    sources = ["".join(cell["source"]) for cell in saved["cells"]]
    assert RIGHT in sources


def test_the_slider_of_the_lecture_moves_its_picture_from_the_keyboard(page, lab):
    open_notebook(page, lab, f"lectures/{TOPIC}.ipynb")
    cell = page.locator(".jp-CodeCell").filter(has_text="pca_widget(").first
    cell.scroll_into_view_if_needed()
    cell.locator(".jp-InputArea-prompt").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Above Selected Cell").click()
    page.keyboard.press("Control+Enter")
    widget = cell.locator(".jp-OutputArea-output").filter(has_text="Components")
    widget.wait_for()
    widget.scroll_into_view_if_needed()
    slider = widget.get_by_role("slider").first
    picture = widget.locator("img")
    before, told = picture.get_attribute("src"), picture.get_attribute("alt")
    value = int(float(slider.get_attribute("aria-valuenow")))
    slider.focus()
    page.keyboard.press("ArrowRight")
    expect(picture).not_to_have_attribute("src", before, timeout=1000 * PATIENCE)
    assert int(float(slider.get_attribute("aria-valuenow"))) == value + 1
    assert f" {value + 1} components" in picture.get_attribute("alt") != told


def test_no_question_about_news_and_no_other_host(page, lab):
    hosts = set()
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]))
    open_notebook(page, lab, "lectures/00_unsupervised_learning.ipynb")
    page.wait_for_timeout(3000)
    assert page.get_by_text("official Jupyter news").count() == 0
    assert hosts <= {lab[0].removeprefix("http://"), ""}
