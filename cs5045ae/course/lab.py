"""Working copies of the exercises, and JupyterLab on the course."""

import datetime
import hashlib
import os
import subprocess
import sys
from pathlib import Path

import nbformat

from cs5045ae.course.place import Course, CourseError, put_first
from cs5045ae.home import keep_settings_elsewhere

__all__ = ["lab_command", "make_working_copies", "refresh", "start_lab"]

OPTIONS = Path(__file__).with_name("jupyter")
"""Options for JupyterLab: the course needs no network, so it asks for no news."""


def make_working_copies(course: Course) -> list[str]:
    """Copy each exercise that has no working copy yet; touch no copy that is there.

    Returns
    -------
    list of str
        One line for each copy made, and for each that is older than its exercise.
    """
    told = []
    for exercise in sorted((course.root / "exercises").glob("*/*.ipynb")):
        topic = exercise.parent.name
        copy = course.working_copy(topic)
        name = copy.relative_to(course.root).as_posix()
        if not copy.exists():
            _copy(exercise, copy)
            told.append(f"Made {name}, your copy of the exercise.")
        elif _made_from(copy) not in (None, _fingerprint(exercise)):
            told.append(
                f"The exercise {topic} has a newer version than {name} was made from. "
                "Your copy is left as it is; `cs5045ae lab --refresh "
                f"{topic}` makes a fresh one and keeps a backup."
            )
    return told


def refresh(course: Course, topic: str) -> list[str]:
    """Make a fresh working copy, with a backup of the old one beside it.

    Returns
    -------
    list of str
        What was done.

    Raises
    ------
    CourseError
        If there is no such exercise.
    """
    exercise, copy = course.exercise(topic), course.working_copy(topic)
    if not exercise.is_file():
        raise CourseError(f"There is no exercise named {topic}.")
    told = []
    if copy.exists():
        backup = _free_name(copy)
        copy.rename(backup)
        told.append(f"Kept your old copy as {backup.relative_to(course.root)}.")
    _copy(exercise, copy)
    return [*told, f"Made {copy.relative_to(course.root)} afresh."]


def lab_command(course: Course, *, browser: bool, port: int | None) -> list[str]:
    """Return the command that starts JupyterLab at the first lecture."""
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={course.root}",
    ]
    if lectures := course.lectures():
        command.append(f"--LabApp.default_url=/lab/tree/lectures/{lectures[0]}.ipynb")
    if not browser:
        command.append("--no-browser")
    if port is not None:
        command.append(f"--port={port}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command


def start_lab(course: Course, *, browser: bool = True, port: int | None = None) -> int:
    """Become JupyterLab, in the course's folder, where nbgrader looks for its options.

    Returns
    -------
    int
        Its exit code, on a system where a program cannot take another's place.
    """
    command = lab_command(course, browser=browser, port=port)
    os.chdir(course.root)
    if note := keep_settings_elsewhere():
        print(note)
    put_first("JUPYTER_CONFIG_PATH", str(OPTIONS))
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(command[0], command)
    return subprocess.call(command)


def _copy(exercise: Path, copy: Path) -> None:
    notebook = nbformat.read(exercise, as_version=4)
    notebook.metadata["cs5045ae"] = {"made_from": _fingerprint(exercise)}
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("x", encoding="utf-8") as file:  # "x" never overwrites
            nbformat.write(notebook, file)
    except OSError as error:
        raise CourseError(
            f"Your copy {copy} can't be written ({error.strerror or error}). Copy the "
            "course to a folder of yours and start it there."
        ) from None


def _fingerprint(exercise: Path) -> str:
    return hashlib.sha256(exercise.read_bytes()).hexdigest()[:16]


def _made_from(copy: Path) -> str | None:
    """Return the fingerprint of the exercise a copy was made from, if it tells."""
    try:
        notebook = nbformat.read(copy, as_version=4)
    except Exception:
        return None  # the student's file, whatever it is now: not ours to judge
    return notebook.metadata.get("cs5045ae", {}).get("made_from")


def _free_name(copy: Path) -> Path:
    time = datetime.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    for tail in ("", *(f"-{n}" for n in range(2, 100))):
        name = copy.with_name(f"{copy.stem}.backup-{time}{tail}.ipynb")
        if not name.exists():
            return name
    raise CourseError(f"Too many backups beside {copy}: delete some.")
