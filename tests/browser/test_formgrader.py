"""An instructor in nbgrader's Formgrader: its button grades through our judge."""

import subprocess
import sys

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import expect

from tests.browser.conftest import PATIENCE, started_lab
from tests.grading.attack_class import (
    NAME,
    TOPIC,
    WORDS,
    Exercise,
    command,
    hand_in,
    make_course,
    verdict_of,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = """A claim.
<script>alert("Markdown")</script>
<img src="nowhere" onerror="alert('picture')">
<svg onload="alert('drawing')"><script>alert('in a drawing')</script></svg>
<iframe srcdoc="<script>parent.alert('frame')</script>"></iframe>
<details open ontoggle="alert('details')">more</details>
"""
SHOWS = f"""import IPython.display as show

hostile = {HOSTILE!r}
for kind in (show.HTML, show.Markdown, show.Javascript):
    show.display(kind(hostile if kind is not show.Javascript else "alert('output')"))
drawing = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'></svg>"
show.display(show.SVG(data=drawing))
show.display({{"text/html": hostile, "text/plain": hostile}}, raw=True)
print(hostile)

def center(x):
    mean = x.mean(axis=0)
    return x - mean, mean
"""


def nbgrader(course, *words):
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *words],
        cwd=course,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class of one who attacks the page, and one put in place by hand."""
    root = make_course(tmp_path_factory.mktemp("formgrader") / "a course")
    nbgrader(root, "generate_assignment", TOPIC, "--force")
    exercise = Exercise(root)
    made = exercise.worked(center=SHOWS, **{WORDS: HOSTILE})
    for place, cell in ((1, "markdown"), (1, "raw")):
        kind = exercise.notebook.cells[0].copy()
        kind.update(cell_type=cell, source=HOSTILE, id=f"own-{cell}", metadata={})
        made.cells.insert(place, kind)
    hand_in(root / "class" / "hostile", made)
    collected = command(root, "collect", "class", TOPIC)
    assert collected.returncode == 0, collected.stderr
    hand_in(root / "submitted" / "uncollected" / TOPIC, exercise.worked())
    return root


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    with started_lab(course, tmp_path_factory.mktemp("log")) as found:
        yield found


@pytest.fixture
def alerts(page):
    """What asks for attention on a page; each alert is closed at once."""
    found = []

    def close(dialog):
        found.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", close)
    return found


def open_formgrader(page, server, path):
    address, token = server
    page.goto(f"{address}/login?token={token}")
    page.goto(f"{address}/formgrader/{path}")


def press_autograde(page, student):
    """Press the button in a student's row, and return what the dialog says."""
    row = page.locator("tr").filter(has_text=student)
    row.locator(".autograde a").click()
    dialog = page.locator(".modal.in")
    dialog.wait_for()
    text = dialog.inner_text()
    dialog.locator("button").last.click()
    dialog.wait_for(state="detached")
    return text


def test_the_attack_acts_where_nobody_cleans_it(page, alerts):
    page.set_content(f"<body>{HOSTILE}</body>")
    page.wait_for_timeout(1000)
    assert {"Markdown", "picture", "drawing", "frame", "details"} <= set(alerts)


def test_the_button_grades_through_the_judge_and_nothing_acts(
    page, alerts, server, course
):
    open_formgrader(page, server, f"manage_submissions/{TOPIC}")
    told = press_autograde(page, "hostile")
    assert "Successfully autograded" in told, told
    row = page.locator("tr").filter(has_text="hostile")
    expect(row.locator(".status")).to_have_text("needs manual grading")
    expect(row.locator(".score")).to_have_text("4 / 20")
    verdict = verdict_of(course, "hostile")
    assert (verdict["points"], verdict["sandboxed"]) == (4, True)

    with Gradebook(f"sqlite:///{course}/gradebook.db") as gradebook:
        number = gradebook.find_submission_notebook(TOPIC, TOPIC, "hostile").id
    open_formgrader(page, server, f"submissions/{number}/")
    expect(page.get_by_text("A claim.").first).to_be_visible()
    assert page.get_by_text("A claim.").count() >= 3  # his cells and his answer
    page.locator(".nbgrader_cell, .cell").last.scroll_into_view_if_needed()
    page.wait_for_timeout(2000)
    assert alerts == []


def test_what_was_not_collected_is_refused_in_a_sentence(page, server, course):
    open_formgrader(page, server, f"manage_submissions/{TOPIC}")
    told = press_autograde(page, "uncollected")
    assert "There was an error autograding" in told
    assert f"Collect it first: cs5045ae collect SOURCE {TOPIC}" in told
    assert not (course / "verdicts" / TOPIC / "uncollected.json").exists()
    assert not (course / "autograded" / "uncollected" / TOPIC / NAME).exists()


def test_nothing_acts_on_the_feedback_page(page, alerts, server, course):
    open_formgrader(page, server, f"manage_submissions/{TOPIC}")
    row = page.locator("tr").filter(has_text="hostile")
    row.locator(".generate-feedback a").click()
    dialog = page.locator(".modal.in")
    dialog.wait_for(timeout=1000 * PATIENCE)
    assert "Successfully" in dialog.inner_text()
    feedback = course / "feedback" / "hostile" / TOPIC / f"{TOPIC}.html"
    page.goto(feedback.as_uri())
    expect(page.get_by_text("A claim.").first).to_be_visible()
    page.wait_for_timeout(2000)
    assert alerts == []
