"""Where the course stands, and what is in it."""

import errno
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "Course",
    "CourseError",
    "find_course",
    "is_mendable",
    "prepare_environment",
    "put_first",
]

MARK = "nbgrader_config.py"
SLUG = re.compile(r"\d\d_[a-z0-9_]+")
DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}


class CourseError(Exception):
    """Something the user can mend; its message is one clear sentence."""


def is_mendable(error: Exception) -> bool:
    """Tell whether the user can mend it: a full disk, or no right to write.

    Anything else that is no `CourseError` is a fault of this program.
    """
    if isinstance(error, OSError):
        return error.errno in DISK
    return isinstance(error, CourseError)


@dataclass(frozen=True)
class Course:
    """A folder with the course in it.

    Parameters
    ----------
    root : pathlib.Path
        The folder of ``nbgrader_config.py``.
    """

    root: Path

    @property
    def build(self) -> Path:
        """What the commands make; ignored by git, safe to delete."""
        return self.root / "build"

    @property
    def work(self) -> Path:
        """The student's own copies of the exercises."""
        return self.root / "work"

    def lectures(self) -> list[str]:
        """Return the names of the lectures, such as ``01_pca``, in order."""
        return sorted(path.stem for path in (self.root / "lectures").glob("*.ipynb"))

    def topics(self) -> list[str]:
        """Return the names of the topics that have a solution, in order."""
        folder = self.root / "solutions"
        return sorted(path.name for path in folder.glob("*") if path.is_dir())

    def require_plain_path(self) -> None:
        """Refuse a folder whose path nbgrader and SQLite would misread.

        nbgrader takes brackets, ``*`` and ``?`` for a pattern and then finds nothing in
        the course; SQLite cuts the name of the gradebook at ``?``.

        Raises
        ------
        CourseError
            If there is such a sign in the path.
        """
        if signs := sorted(set(str(self.root)) & set("[]*?")):
            raise CourseError(
                f"The path of the course, {self.root}, has {' and '.join(signs)} in it,"
                " which nbgrader reads as a pattern, so that its gradebook would stay "
                "empty. Rename the folder; nothing in it is lost."
            )

    def require_topic(self, topic: str) -> None:
        """Raise CourseError if there is no solution of that name."""
        known = self.topics()
        if topic not in known:
            raise CourseError(
                f"There is no solution named {topic}. There is: {', '.join(known)}."
            )

    def lecture(self, name: str) -> Path:
        """Return the path of a lecture."""
        return self.root / "lectures" / f"{name}.ipynb"

    def solution(self, topic: str) -> Path:
        """Return the path of nbgrader's source version of a topic."""
        return self.root / "solutions" / topic / f"{topic}.ipynb"

    def exercise(self, topic: str) -> Path:
        """Return the path of nbgrader's release version of a topic."""
        return self.root / "exercises" / topic / f"{topic}.ipynb"

    def working_copy(self, topic: str) -> Path:
        """Return the path of the student's copy of an exercise."""
        return self.work / topic / f"{topic}.ipynb"


def find_course(start: Path | None = None) -> Course:
    """Find the course that `start` lies in, else the one this package came with.

    Parameters
    ----------
    start : pathlib.Path, optional
        A folder; the current one by default.

    Raises
    ------
    CourseError
        If there is none.
    """
    start = (start or Path.cwd()).resolve()
    own = Path(__file__).resolve().parents[2]
    for folder in (start, *start.parents, own):
        if (folder / MARK).is_file() and (folder / "lectures").is_dir():
            return Course(folder)
    raise CourseError(
        f"No course was found in {start} or above it. Go to the folder of the course, "
        f"the one with {MARK} in it, and try again."
    )


def prepare_environment() -> None:
    """Let child processes find this environment's programs and its Python kernel.

    nbgrader starts ``alembic`` from PATH, and Jupyter takes the first kernel named
    ``python3`` that it finds: both must be ours, whichever way we were started.
    """
    put_first("PATH", str(Path(sys.executable).parent))
    put_first("JUPYTER_PATH", str(Path(sys.prefix) / "share" / "jupyter"))


def put_first(variable: str, folder: str) -> None:
    """Put a folder first in an environment variable that lists folders."""
    others = [p for p in os.environ.get(variable, "").split(os.pathsep) if p]
    kept = [p for p in others if p != folder]
    os.environ[variable] = os.pathsep.join([folder, *kept])
