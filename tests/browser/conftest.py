"""Chromium, and JupyterLab on a copy of the course."""

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time

import nbformat
import pytest
from playwright.sync_api import sync_playwright

from cs5045ae.course import Course
from cs5045ae.course.lab import make_working_copies
from tests.conftest import ROOT

TOPIC = "01_pca"
PATIENCE = 300  # seconds: the machine may be busy


@pytest.fixture(scope="session")
def chromium():
    """The Chromium of the system; no test here is left out where CI runs."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("the browser tests need Chromium: apt install chromium")
        pytest.skip("no Chromium here")
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox"] if root else []
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh window."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(1000 * PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A copy of the course, in which a student has solved all but the first task."""
    root = tmp_path_factory.mktemp("lab") / "the course"
    for name in ("lectures", "exercises"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "nbgrader_config.py", root)
    course = Course(root)
    make_working_copies(course)
    solution = nbformat.read(Course(ROOT).solution(TOPIC), as_version=4)
    right = {cell.id: cell.source for cell in solution.cells}
    work = nbformat.read(course.working_copy(TOPIC), as_version=4)
    answers = [c for c in work.cells if c.metadata.get("nbgrader", {}).get("solution")]
    for cell in answers[1:]:
        cell.source = right[cell.id]
    nbformat.write(work, course.working_copy(TOPIC))
    return course


@pytest.fixture(scope="session")
def lab(course, tmp_path_factory):
    """The address and the token of JupyterLab, started as a student starts it."""
    with started_lab(course.root, tmp_path_factory.mktemp("log")) as found:
        yield found


@contextlib.contextmanager
def started_lab(root, folder):
    """Start JupyterLab on a course folder; its log and settings lie in another one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "lab.log"
    home = {"JUPYTER_CONFIG_DIR": str(folder), "JUPYTER_DATA_DIR": str(folder)}
    with log.open("w") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "cs5045ae", "lab", "--no-browser", f"--port={port}"],
            cwd=root,
            env={**os.environ, **home},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    try:
        yield f"http://127.0.0.1:{port}", _token(server, log)
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def _token(server, log):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        if found := re.search(r"token=(\w+)", log.read_text()):
            return found.group(1)
        time.sleep(0.5)
    pytest.fail(f"JupyterLab did not start:\n{log.read_text()}")
