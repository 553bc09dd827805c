"""The main job on a course in miniature, in which one lecture fails."""

import re
import subprocess
import sys
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.conftest import tiny_course, write_notebook

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """The finished process, and the course it ran on."""
    course = tiny_course(tmp_path_factory.mktemp("main") / "a course")
    write_notebook(
        course.lecture("02_fails"),
        [("markdown", "# Fails"), "print('so far')", "answer = 1\nanswer / 0"],
    )
    done = subprocess.run(
        [sys.executable, "-m", "cs5045ae", "course"],
        cwd=course.root,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done, course


def pages(course):
    report = course.build / "report"
    return {
        path: BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for path in report.rglob("*.html")
    }


def test_it_fails_and_says_which_lecture_cell_and_error(ran):
    done, _ = ran
    assert done.returncode == 1
    told = "02_fails.ipynb, cell 3 (answer = 1): ZeroDivisionError: division by zero"
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_the_others_finish_and_the_report_is_written(ran):
    done, course = ran
    index = course.build / "report" / "index.html"
    assert f"The report is {index}" in done.stdout
    text = BeautifulSoup(index.read_text("utf-8"), "html.parser").get_text(" ")
    words = re.sub(r"\s+", " ", text)
    assert "1 of 2 lectures ran to the end" in words
    assert "1 of 1 solutions got every automatic point" in words
    assert "4 of 5 made submissions were graded" in words
    assert "Stopped: 02_fails.ipynb, cell 3" in words


def test_each_student_gets_what_the_submission_deserves(ran):
    done, _ = ran
    rows = re.findall(r"01_small  (\w+) +([\d-]+) of 20  (.+)", done.stdout)
    assert rows == [
        ("perfect", "20", "graded"),
        ("partly_right", "12", "graded"),
        ("empty", "0", "graded"),
        ("broken", "0", "graded in part"),
        ("not_a_notebook", "-", "not graded"),
    ]
    assert "graded without a sandbox" in done.stdout


def test_the_report_gives_the_reason_of_each_grade(ran):
    _, course = ran
    index = pages(course)[course.build / "report" / "index.html"]
    reasons = [cell.get_text() for cell in index.select("td.reason")]
    assert reasons[:3] == [f"{n} of 2 test cells passed" for n in (2, 1, 0)]
    assert "SyntaxError in the answer double" in reasons[3]
    assert "test cell test-half is missing" in reasons[3]
    assert "does not appear to be JSON" in reasons[4]


def test_no_link_is_broken_and_no_page_needs_the_network(ran):
    _, course = ran
    report = course.build / "report"
    found = pages(course)
    for path, page in found.items():
        for tag, attribute in (("a", "href"), ("img", "src"), ("script", "src")):
            for link in (t.get(attribute) for t in page.find_all(tag)):
                if link is None or link.startswith("data:"):
                    continue
                parts = urlsplit(link)
                if tag == "a" and parts.scheme == "https":
                    continue  # a reader may follow it; the page does without
                assert not parts.netloc, f"{path.name} needs the network: {link}"
                target = path
                if parts.path:
                    target = (path.parent / unquote(parts.path)).resolve()
                assert target.is_file(), f"{path.name}: {link}"
                assert report.resolve() in target.parents
                if parts.fragment and tag == "a":
                    names = found.get(target, page)
                    assert names.find(id=parts.fragment) or names.find(
                        attrs={"name": parts.fragment}
                    ), f"{path.name}: {link}"
        assert not page.find_all("link"), "a style from elsewhere"


def test_every_picture_has_its_text_and_every_page_its_landmarks(ran):
    _, course = ran
    found = pages(course)
    names = {path.relative_to(course.build / "report").as_posix() for path in found}
    assert {"index.html", "lectures/01_small.html", "lectures/02_fails.html"} <= names
    assert "feedback/01_small-partly_right.html" in names
    for path, page in found.items():
        assert page.html["lang"] == "en"
        assert page.title.get_text()
        assert page.find("nav")
        for image in page.find_all("img"):
            assert image["alt"].strip(), path
            assert "No description" not in image["alt"]
    index = found[course.build / "report" / "index.html"]
    assert index.find("img")["alt"] == "The error falls from 3 to 1."
    assert index.find("header")
    assert index.find("main")


def test_links_between_notebooks_lead_to_their_pages_or_become_text(ran):
    _, course = ran
    page = pages(course)[course.build / "report" / "lectures" / "01_small.html"]
    found = {link.get_text(): link["href"] for link in page.main.find_all("a")}
    assert found["itself"] == "../lectures/01_small.html#A-small-lecture"
    assert found["a paper"] == "https://doi.org/10.1126/science.1127647"
    assert "the exercise" in page.get_text()
    assert "the exercise" not in found


def test_a_widget_is_a_picture_with_a_note_and_a_progress_bar_is_nothing(ran):
    _, course = ran
    page = pages(course)[course.build / "report" / "lectures" / "01_small.html"]
    alts = [image["alt"] for image in page.find_all("img")]
    assert alts == ["The error falls from 3 to 1.", "A line of slope 0."]
    outputs = [output.get_text() for output in page.select(".jp-OutputArea-output")]
    assert [text for text in outputs if "JupyterLab" in text] == outputs[-1:]
    assert not any("IntProgress" in text for text in outputs)


def test_a_failed_lecture_shows_how_far_it_came(ran):
    _, course = ran
    page = pages(course)[course.build / "report" / "lectures" / "02_fails.html"]
    assert "so far" in page.get_text()
    assert "ZeroDivisionError" in page.get_text()


def test_the_feedback_shows_no_marks_of_the_solution(ran):
    _, course = ran
    page = pages(course)[course.build / "report" / "feedback/01_small-perfect.html"]
    assert "return 2 * x" in page.get_text()
    assert "SOLUTION" not in page.get_text()


def test_only_the_build_folder_was_written(ran):
    _, course = ran
    assert sorted(path.name for path in course.root.iterdir()) == [
        "build",
        "exercises",
        "lectures",
        "nbgrader_config.py",
        "solutions",
    ]
