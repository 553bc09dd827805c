"""An instructor in nbgrader's Formgrader: its button grades through our judge."""

import contextlib
import re
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from nbconvert.filters.markdown import markdown2html
from nbgrader.api import Gradebook
from playwright.sync_api import Error, expect

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
from tests.grading.test_pages_clean import HOSTILE as WAYS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HOSTILE = """A claim.
<script>alert("Markdown")</script>
<img src="nowhere" onerror="alert('picture')">
<svg onload="alert('drawing')"><script>alert('in a drawing')</script></svg>
<iframe srcdoc="<script>parent.alert('frame')</script>"></iframe>
<details open ontoggle="alert('details')">more</details>
"""
FORMULAS = [
    r"$\href{javascript:alert('formula')}{link}$",
    r"$$\class{score}{\cssId{notebook}{\style{position:fixed}{x}}}$$",
    r"<p>$\h<!-- -->ref{javascript:alert('formula')}{link}$</p>",
]
HONEST = r"""## An honest part

A formula $\alpha^2 + \beta_1$, a [link](https://example.org/), `code`.

$$\begin{aligned} a &= b \\ c &= d \end{aligned}$$

| a | b |
|:-:|--:|
| 1 | 2 |
"""
TOUCH = """() => {
    const all = [...document.querySelectorAll("#notebook *")];
    for (const element of all) {
        if (element.focus) element.focus();
        for (const name of ["mouseenter", "mouseover", "mousemove", "focusin"])
            element.dispatchEvent(new MouseEvent(name, {bubbles: true}));
        if (element.tagName === "DETAILS") element.open = true;
        if (element.tagName === "SUMMARY") element.click();
    }
    const links = [...document.querySelectorAll("#notebook a")];
    for (const link of links) {
        link.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
    }
    return [all.length, links.length];
}"""
"""Point at, focus and click whatever stands on a page."""

CDN = re.compile(r"https://cdnjs\.cloudflare\.com/ajax/libs/mathjax/[\d.]+/([^?]*)")
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
    for number, text in enumerate([*WAYS, *FORMULAS, HONEST]):
        way = exercise.notebook.cells[0].copy()
        way.update(cell_type="markdown", source=text, id=f"way-{number}", metadata={})
        made.cells.insert(3, way)
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


@pytest.fixture
def formulas(page):
    """Send MathJax from this machine, without its safe mode; nothing else comes in.

    What was asked for and not sent is listed.
    """
    folder, refused = Path(str(files("jupyter_server_mathjax") / "static")), []

    def answer(route):
        address = route.request.url
        if address.startswith(("http://127.0.0.1", "file:", "data:")):
            route.continue_()
        elif (found := CDN.match(address)) is None:
            refused.append(address)
            route.abort()
        elif found[1] == "latest.js":
            start = address.replace("latest.js", "MathJax.js").partition("?")[0]
            config = "TeX-AMS-MML_HTMLorMML-full"
            text = f"<script src='{start}?config={config}'><\\/script>"
            route.fulfill(
                body=f'document.write("{text}")', content_type="text/javascript"
            )
        elif (folder / found[1]).is_file():
            route.fulfill(path=folder / found[1])
        else:
            route.abort()

    page.route("**/*", answer)
    return refused


def touch_all(page):
    """Touch whatever there is, and return how many elements and links that were."""
    found = page.evaluate(TOUCH)
    page.wait_for_timeout(2000)
    return found


def check_page(page, refused):
    """Check that the page shows its formulas, and loads and holds nothing that acts."""
    expect(page.locator("#notebook .MathJax").first).to_be_visible()
    page.wait_for_function("MathJax.Hub.queue.pending === 0")
    assert page.locator("#notebook .MathJax").count() >= 2
    part = page.locator(".rendered_html").filter(has_text="An honest part").first
    assert part.locator("td").all_inner_texts() == ["1", "2"]
    assert part.locator(".MathJax").count() == 2
    assert part.locator("a[href='https://example.org/']").count() == 1
    hrefs = page.eval_on_selector_all("#notebook a", "x => x.map(a => a.href)")
    assert [x for x in hrefs if x and not x.startswith(("http", "file", "mail"))] == []
    assert page.locator("#notebook iframe, #notebook svg, #notebook form").count() == 0
    assert page.locator(".rendered_html #notebook").count() == 0
    assert [x for x in refused if "jquery" not in x and "example" in x] == []


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


def test_the_ways_act_where_nobody_cleans_them(page, alerts):
    page.route("https://**", lambda route: route.abort())
    for text in (r"[a](javascript\:alert('link'))", *WAYS):
        with contextlib.suppress(Error):  # where one leads away from the page
            page.goto("about:blank")
            page.set_content(f"<div id=notebook>{markdown2html(text)}</div>")
            page.evaluate(TOUCH)
            page.wait_for_timeout(20)
    assert "link" in alerts
    assert len(alerts) >= 20


def test_the_button_grades_through_the_judge_and_nothing_acts(
    page, alerts, formulas, server, course
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
    check_page(page, formulas)
    elements, links = touch_all(page)
    assert elements > 500
    assert links >= 40
    assert alerts == []


def test_what_was_not_collected_is_refused_in_a_sentence(page, server, course):
    open_formgrader(page, server, f"manage_submissions/{TOPIC}")
    told = press_autograde(page, "uncollected")
    assert "There was an error autograding" in told
    assert f"Collect it first: cs5045ae collect SOURCE {TOPIC}" in told
    assert not (course / "verdicts" / TOPIC / "uncollected.json").exists()
    assert not (course / "autograded" / "uncollected" / TOPIC / NAME).exists()


def test_nothing_acts_on_the_feedback_page(page, alerts, formulas, server, course):
    open_formgrader(page, server, f"manage_submissions/{TOPIC}")
    row = page.locator("tr").filter(has_text="hostile")
    row.locator(".generate-feedback a").click()
    dialog = page.locator(".modal.in")
    dialog.wait_for(timeout=1000 * PATIENCE)
    assert "Successfully" in dialog.inner_text()
    feedback = course / "feedback" / "hostile" / TOPIC / f"{TOPIC}.html"
    page.goto(feedback.as_uri())
    expect(page.get_by_text("A claim.").first).to_be_visible()
    check_page(page, formulas)
    elements, links = touch_all(page)
    assert elements > 500
    assert links >= 40
    assert alerts == []
