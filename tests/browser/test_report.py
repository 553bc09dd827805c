"""The report as a person sees it: from the disk, without a network, on any screen."""

import pytest

from cs5045ae.course.main_job import run_course
from tests.conftest import tiny_course

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    course = tiny_course(tmp_path_factory.mktemp("report") / "a course")
    return run_course(course, lectures_only=True).parent


def test_formulas_are_typeset_without_a_network(page, report):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((report / "lectures" / "01_small.html").as_uri())
    page.locator(".MathJax .math").first.wait_for()
    # The words for a screen reader come after the picture of the formula.
    page.locator("math").first.wait_for(state="attached")
    assert page.locator(".MathJax_Error, .merror").count() == 0
    assert page.locator("math").count() == 1
    fonts = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts]"
        ".filter(f => f.status === 'loaded').map(f => f.family).join())"
    )
    assert "STIX" in fonts
    assert all(url.startswith(("file:", "data:", "about:")) for url in asked)


@pytest.mark.parametrize("width", [1280, 400])
@pytest.mark.parametrize("name", ["index.html", "lectures/01_small.html"])
def test_nothing_runs_over_the_edge(page, report, width, name):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((report / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_card_leads_to_its_lecture_and_back(page, report):
    page.goto((report / "index.html").as_uri())
    page.get_by_role("link", name="A small lecture").click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("A small")
    assert page.get_by_role("img").first.get_attribute("alt") == (
        "The error falls from 3 to 1."
    )
    page.get_by_role("link", name="All lectures").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Autoencoders"
