"""Run a lecture headless, once for each version of what it depends on.

The result is kept in ``build/lectures/``, where ``make course`` and the tests share
it.
"""

import datetime
import hashlib
import importlib.metadata
import json
import os
import platform
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock
from nbclient import NotebookClient
from nbclient.exceptions import (
    CellExecutionError,
    CellTimeoutError,
    DeadKernelError,
)
from nbformat import NotebookNode

import cs5045ae
from cs5045ae.course.place import (
    Course,
    CourseError,
    find_course,
    prepare_environment,
)
from cs5045ae.course.variables import MIME

__all__ = ["LectureFailed", "executed", "failed_run"]

CELL_SECONDS = 600
VERSIONS = ("keras", "tensorflow", "numpy", "scipy", "scikit-learn", "matplotlib")
SETTINGS = ("CS5045AE_SIZE", "CS5045AE_DATA")
NOT_USED_BY_LECTURES = ("course", "grading", "checks", "cli.py", "__main__.py")
QUIET = ["--HistoryManager.hist_file=:memory:", "--IPKernelApp.log_level=ERROR"]
COLLECT = "from cs5045ae.course.variables import publish as _publish; _publish()"


class LectureFailed(CourseError):
    """A lecture that stopped; the message names notebook, cell and error."""


def executed(name: str, course: Course | None = None) -> NotebookNode:
    """Return a lecture with its outputs, running it if its version was not run yet.

    Parameters
    ----------
    name : str
        Such as ``"01_pca"``.
    course : Course, optional
        The course of the current folder by default.

    Returns
    -------
    nbformat.NotebookNode
        Its ``metadata["cs5045ae"]`` holds ``finished`` (when, in ISO 8601), ``seconds``
        of the run, ``cell_seconds`` (one number for each cell) and ``variables``, the
        plain top-level variables by name.

    Raises
    ------
    LectureFailed
        If a cell raises, takes longer than ten minutes, or ends the kernel.
    CourseError
        If there is no such lecture.

    Examples
    --------
    >>> lecture = executed("01_pca")  # doctest: +SKIP
    >>> lecture.metadata["cs5045ae"]["variables"]["code_size"]  # doctest: +SKIP
    16
    """
    course = course or find_course()
    source = course.lecture(name)
    if not source.is_file():
        raise CourseError(f"There is no lecture {name} in {source.parent}.")
    folder = course.build / "lectures"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / f"{name}-{_version(source)}.ipynb"
    with FileLock(folder / f"{name}.lock"):
        if kept.is_file():
            return nbformat.read(kept, as_version=4)
        notebook = nbformat.read(source, as_version=4)
        for old in folder.glob(f"{name}-*.ipynb"):
            old.unlink()
        try:
            _run(notebook, name)
        except LectureFailed:
            _write(notebook, failed_run(course, name))
            raise
        _write(notebook, kept)
        return nbformat.read(kept, as_version=4)  # the same, first time or not


def failed_run(course: Course, name: str) -> Path:
    """Return where a run that stopped is kept, up to the cell that stopped it."""
    return course.build / "lectures" / f"{name}-failed.ipynb"


def _run(notebook: NotebookNode, name: str) -> None:
    prepare_environment()
    seconds: list[float] = []
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="cs5045ae-") as scratch:
        client = NotebookClient(
            notebook,
            kernel_name="python3",
            timeout=CELL_SECONDS,
            store_widget_state=False,
            extra_arguments=QUIET,
            resources={"metadata": {"path": scratch}},
        )
        with client.setup_kernel():
            for index, cell in enumerate(list(notebook.cells)):
                before = time.perf_counter()
                try:
                    client.execute_cell(cell, index)
                except (CellExecutionError, CellTimeoutError, DeadKernelError) as error:
                    raise LectureFailed(_say(name, index, cell, error)) from None
                seconds.append(round(time.perf_counter() - before, 3))
            variables = _variables(client, notebook)
    notebook.metadata.pop("widgets", None)
    notebook.metadata["cs5045ae"] = {
        "finished": datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        "seconds": round(time.perf_counter() - started, 3),
        "cell_seconds": seconds,
        "variables": variables,
    }


def _variables(client: NotebookClient, notebook: NotebookNode) -> Any:
    """Ask the kernel for its plain variables, through a cell that is not kept."""
    cell = nbformat.v4.new_code_cell(COLLECT)
    notebook.cells.append(cell)
    try:
        client.execute_cell(cell, len(notebook.cells) - 1, store_history=False)
    finally:
        notebook.cells.pop()
    texts = [out.data[MIME] for out in cell.outputs if MIME in out.get("data", {})]
    return nbformat.from_dict(json.loads(texts[0]))


def _say(name: str, index: int, cell: NotebookNode, error: Exception) -> str:
    lines = [line for line in cell.source.splitlines() if line.strip()]
    where = f"{name}.ipynb, cell {index + 1} ({lines[0].strip() if lines else ''})"
    if isinstance(error, CellExecutionError):
        return f"{where}: {error.ename}: {error.evalue}"
    if isinstance(error, CellTimeoutError):
        return f"{where}: stopped after {CELL_SECONDS} seconds"
    return f"{where}: the kernel died, perhaps for want of memory"


def _write(notebook: NotebookNode, path: Path) -> None:
    """Write under a temporary name first: a reader never meets half a notebook."""
    scratch = path.with_suffix(f".{os.getpid()}.tmp")
    nbformat.write(notebook, scratch)
    scratch.replace(path)


def _version(source: Path) -> str:
    """Return a short text that changes with all that a lecture's result depends on."""
    package = Path(cs5045ae.__file__).parent
    digest = hashlib.sha256(source.read_bytes())
    for path in sorted(p for p in package.rglob("*") if p.is_file()):
        inside = path.relative_to(package)
        if inside.parts[0] in NOT_USED_BY_LECTURES or "__pycache__" in inside.parts:
            continue
        digest.update(f"\n{inside.as_posix()}\n".encode() + path.read_bytes())
    facts = [platform.python_version()]
    facts += [f"{name} {importlib.metadata.version(name)}" for name in VERSIONS]
    facts += [f"{name}={os.environ.get(name, '')}" for name in SETTINGS]
    digest.update("\n".join(facts).encode())
    return digest.hexdigest()[:12]
