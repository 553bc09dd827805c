"""Archives that students hand in: a zip is opened one level deep, others are told."""

from dataclasses import replace

from cs5045ae.course.place import CourseError
from cs5045ae.file_kind import FileKind, file_kind
from cs5045ae.grading.intake.files import ENDING, ArrivedFile, Limits, Refused, shown
from cs5045ae.grading.intake.layouts import find_layout
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.system_files import system_part
from cs5045ae.grading.intake.zips import read_inner_zip

__all__ = ["is_archive", "open_archives", "what_to_do"]

SYSTEMS = {"moodle", "canvas"}


def is_archive(name: str) -> bool:
    """Tell whether a file is named as an archive."""
    ending = ENDING.search(name)
    return ending is not None and not ending[0].lower().startswith(".ipynb")


def what_to_do(name: str) -> str:
    """Return why an archive was not opened, and how it comes in."""
    ending = ENDING.search(name)
    kind = ending[0].lower() if ending else "?"
    folder = shown(name[: ending.start()] if ending else name, 60)
    return (
        f"a {kind} archive, which is not opened here; unpack it into a folder named "
        f"{folder}, in its place, and collect again"
    )


def open_archives(
    files: list[tuple[ArrivedFile, Whose]], topic: str, limits: Limits
) -> tuple[list[tuple[ArrivedFile, Whose]], list[str], list[str]]:
    """Put the files in a student's zips beside them, if no later notebook is there.

    Parameters
    ----------
    files : list of (ArrivedFile, Whose)
        Of one student.
    topic : str
        Such as ``01_pca``.
    limits : Limits
        How much is read; they count for the files inside as for all others.

    Returns
    -------
    files : list
        The same and those inside, the zips themselves too, for appeals.
    ignored : list of str
        What was not taken, and why.
    system : list of str
        Paths inside that a computer left there.

    Raises
    ------
    CourseError
        If a whole class is in one of them.
    """
    found, ignored, system = list(files), [], []
    loose = [whose.attempt for file, whose in files if file.is_notebook]
    left = limits.entries
    for file, whose in files:
        if not file.name.lower().endswith(".zip"):
            continue
        if any(attempt >= whose.attempt for attempt in loose):
            continue
        try:
            inner, refused = read_inner_zip(file, replace(limits, entries=left))
        except Refused as problem:
            ignored.append(f"{shown(file.path)}: {_kind(file, limits) or problem}.")
            continue
        left -= len(inner) + len(refused)
        _no_class(file, inner, topic)
        start = len(file.path) + 1
        for one in inner:
            if system_part(one.path[start:]) < 0:
                found.append((one, whose))
            else:
                system.append(one.path)
        ignored += [f"{shown(path)}: {why}." for path, why in refused]
    return found, ignored, system


def _kind(file: ArrivedFile, limits: Limits) -> str:
    """Say what a file named .zip is if it is something else; empty if it is a zip."""
    try:
        kind = file_kind(file.read(limits.file_bytes))
    except Refused:
        return ""
    if kind is FileKind.ZIP:
        return ""
    if kind.is_archive:
        return f"it is {kind}, named .zip; unpack it, and collect what was in it"
    return f"it is {kind}, named .zip"


def _no_class(outer: ArrivedFile, inner: list[ArrivedFile], topic: str) -> None:
    """Refuse a download of a whole class that lies among the submissions."""
    paths = [file.path[len(outer.path) + 1 :] for file in inner]
    paths = [path for path in paths if path.lower().endswith(".ipynb")]
    if len(paths) < 2:
        return
    try:
        layout = find_layout(paths, topic)
    except CourseError:
        return
    heads = {w.key for w in (layout.whose(path, topic) for path in paths) if w}
    if layout.name in SYSTEMS and len(heads) > 1:
        raise CourseError(
            f"{shown(outer.path)} holds a whole class, as {layout.name.capitalize()} "
            "names it. Collect that file itself."
        )
