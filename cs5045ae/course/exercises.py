"""Make the exercises from the solutions, and see whether they are up to date."""

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from cs5045ae.course.grade_class import grade_class
from cs5045ae.course.nbgrader_steps import NotGraded, generate, settings
from cs5045ae.course.place import Course, CourseError
from cs5045ae.course.rules import read_solution

__all__ = ["differences", "make_exercises", "release"]

KEPT_OF_A_CELL = ("deletable", "editable", "jupyter", "nbgrader", "tags")


def release(course: Course, topic: str) -> str:
    """Return the text of the exercise that a solution gives, the same every time.

    Raises
    ------
    CourseError
        If the solution breaks a rule of the course, or nbgrader refuses it.
    """
    solution = course.solution(topic)
    read_solution(solution)
    with tempfile.TemporaryDirectory(prefix="cs5045ae-") as scratch:
        folder = Path(scratch).resolve()
        source = folder / "solutions" / topic
        source.mkdir(parents=True)
        shutil.copy(solution, source)
        try:
            generate(settings(course.root, folder), topic, database=False)
        except NotGraded as reason:
            raise CourseError(f"nbgrader refuses {solution.name}: {reason}") from None
        made = folder / "exercises" / topic / solution.name
        return _stable(nbformat.read(made, as_version=4))


def make_exercises(course: Course, topics: Iterable[str] = ()) -> list[Path]:
    """Write the exercises that changed, and return their paths.

    Each is graded first, as a solved and as an untouched submission.

    Parameters
    ----------
    course : Course
        Its ``solutions/`` are read and its ``exercises/`` written.
    topics : iterable of str
        All by default.

    Raises
    ------
    CourseError
        If a solution breaks a rule of the course or misses a point of its own, or the
        untouched exercise gets one. That exercise is left as it was.
    """
    written = []
    for topic in _chosen(course, topics):
        text, path = release(course, topic), course.exercise(topic)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        _require_marks(course, topic)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def differences(course: Course, topics: Iterable[str] = ()) -> list[str]:
    """Name each exercise that is not what its solution gives; write nothing.

    Returns
    -------
    list of str
        One line for each that is missing, differs, or has no solution.
    """
    found = []
    topics = list(topics)
    for topic in _chosen(course, topics):
        path = course.exercise(topic)
        name = path.relative_to(course.root).as_posix()
        text = release(course, topic)
        if not path.is_file():
            found.append(f"{name} is missing.")
        elif path.read_text(encoding="utf-8") != text:
            found.append(f"{name} differs from what its solution gives.")
    return found + ([] if topics else _left_over(course))


def _require_marks(course: Course, topic: str) -> None:
    """Refuse an exercise that its own solution fails, or that gives points away."""
    try:
        solved, untouched = grade_class(course, topic, ("perfect", "empty"))
    except NotGraded as reason:
        raise CourseError(f"{topic} cannot be graded: {reason}") from None
    if solved.points != solved.out_of:
        raise CourseError(
            f"{topic} is not released: its solution gets {solved.points or 0:g} of "
            f"{solved.out_of:g} automatic points ({solved.reason})."
        )
    if untouched.points != 0:
        raise CourseError(
            f"{topic} is not released: the untouched exercise gets "
            f"{untouched.points or 0:g} points ({untouched.reason}), so a test cell "
            "passes without an answer."
        )


def _left_over(course: Course) -> list[str]:
    expected = {course.exercise(topic) for topic in course.topics()}
    files = (p for p in (course.root / "exercises").rglob("*") if p.is_file())
    return [
        f"{path.relative_to(course.root).as_posix()} is left over: no solution gives "
        "it, so delete it."
        for path in sorted(files)
        if path not in expected and not _hidden(path.relative_to(course.root))
    ]


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _chosen(course: Course, topics: Iterable[str]) -> list[str]:
    chosen = [topic.strip("/") for topic in topics] or course.topics()
    for topic in chosen:
        course.require_topic(topic)
    return chosen


def _stable(notebook: NotebookNode) -> str:
    """Return a notebook as text, without what changes from run to run or by editor."""
    for cell in notebook.cells:
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in KEPT_OF_A_CELL}
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {
                "display_name": "Python 3 (ipykernel)",
                "language": "python",
                "name": "python3",
            },
            "language_info": {"name": "python"},
        }
    )
    return nbformat.writes(notebook, indent=1).rstrip("\n") + "\n"
