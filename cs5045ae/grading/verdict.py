"""What the judge says of a submission, and where it is kept.

One file a submission, ``verdicts/<topic>/<student>.json``, written whole or not at all.
Its key says what was judged by what: a verdict whose key fits is taken, any other is
judged again, so grading may stop at any moment and go on later. Score, status and
reason are three fields.
"""

import dataclasses
import json
import logging
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cs5045ae.grading.intake.records import received_folder, write_whole

__all__ = [
    "EMPTY",
    "GRADED",
    "IN_PART",
    "NOT_GRADED",
    "UNREADABLE",
    "CellVerdict",
    "OwnCell",
    "Verdict",
    "read_verdict",
    "verdict_folder",
    "write_verdict",
]

VERSION = 1
GRADED, IN_PART, EMPTY = "graded", "graded in part", "nothing handed in"
UNREADABLE, NOT_GRADED = "unreadable", "not graded"
STATUSES = (GRADED, IN_PART, EMPTY, UNREADABLE, NOT_GRADED)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class CellVerdict:
    """What became of one test cell.

    Parameters
    ----------
    grade_id : str
        Its name in the source.
    points : float or None
        None where it could not be judged, by no fault of the student's.
    max_points : float
        What can be reached.
    reason : str
        One line on what failed or why it was not judged; empty if it passed.
    outputs : list of dict
        What stands below the cell, as nbformat writes it: the check's line, or its
        message. No expected value is in it.
    staff : str
        The call that failed, for staff alone: given, returned, expected. Only filled
        when asked for; it belongs in no notebook.
    """

    grade_id: str
    points: float | None
    max_points: float
    reason: str = ""
    outputs: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    staff: str = ""

    def __post_init__(self) -> None:
        _check_points(self.points, self.max_points, self.grade_id)


@dataclass(frozen=True)
class OwnCell:
    """What came of running one of the student's code cells.

    Parameters
    ----------
    number : int
        Its position in the submission, from 0.
    grade_id : str
        Its name, empty for a cell that has none.
    outputs : list of dict
        Text and pictures within limits, as nbformat writes them.
    seconds : float
        How long it ran.
    """

    number: int
    grade_id: str
    outputs: list[dict[str, Any]]
    seconds: float


@dataclass(frozen=True)
class Verdict:
    """What the judge says of one submission.

    Parameters
    ----------
    key : str
        From `verdict_key`.
    topic, student : str
        Whose it is, for what.
    status : str
        ``graded``; ``graded in part``: a test cell could not be judged, by no fault of
        the student's; ``nothing handed in``: no answer was changed; ``unreadable``;
        ``not graded``: the judge failed, so there are no points, not 0.
    reason : str
        Why, in a line; empty if there is nothing to say.
    points : float or None
        The sum of the test cells that were judged; None if none was.
    max_points : float
        Of all test cells. What a person grades is not in it.
    by_hand : float
        What a person can give beyond that.
    seconds : float
        Judging took.
    sandboxed : bool
        Whether the student's code ran behind the wall.
    seed : int
        Of the checks' fresh cases.
    cells : list of CellVerdict
        One for each test cell of the source, in order.
    answers : list of OwnCell
        One for each code cell of the student that was run.
    """

    key: str
    topic: str
    student: str
    status: str
    reason: str
    points: float | None
    max_points: float
    by_hand: float
    seconds: float
    sandboxed: bool
    seed: int
    cells: list[CellVerdict] = dataclasses.field(default_factory=list)
    answers: list[OwnCell] = dataclasses.field(default_factory=list)

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(
                f"{self.status!r} is no status; there are {', '.join(STATUSES)}."
            )
        _check_points(self.points, self.max_points, f"{self.topic} of {self.student}")


def _check_points(points: float | None, most: float, what: str) -> None:
    if not (math.isfinite(most) and most >= 0):
        raise ValueError(f"{what} has no sensible maximum: {most}.")
    if points is not None and not 0 <= points <= most:
        raise ValueError(f"{what} has {points} points of {most}: judge it again.")


def verdict_folder(course_root: Path) -> Path:
    """Return where the verdicts of a course are kept."""
    return course_root / "verdicts"


def write_verdict(folder: Path, verdict: Verdict) -> Path:
    """Put a verdict in place, whole or not at all, and return the file.

    Parameters
    ----------
    folder : pathlib.Path
        From `verdict_folder`.
    verdict : Verdict
        What to write.

    Raises
    ------
    CourseError
        If topic or student is no plain name.
    """
    path = _path(folder, verdict.topic, verdict.student)
    said = {"version": VERSION, **dataclasses.asdict(verdict)}
    text = json.dumps(said, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(path, text.encode("utf-8", "replace"))
    return path


def read_verdict(
    folder: Path, topic: str, student: str, key: str | None = None
) -> Verdict | None:
    """Return a verdict that was kept; None if there is none to be used.

    Parameters
    ----------
    folder : pathlib.Path
        From `verdict_folder`.
    topic, student : str
        Whose it is, for what.
    key : str, optional
        What it must have been judged by; any by default.

    Returns
    -------
    Verdict or None
        None also for a damaged file, which is said in the log.
    """
    path = _path(folder, topic, student)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        if said.pop("version") != VERSION:
            return None
        cells = [CellVerdict(**cell) for cell in said.pop("cells")]
        answers = [OwnCell(**cell) for cell in said.pop("answers")]
        verdict = Verdict(**said, cells=cells, answers=answers)
        if (verdict.topic, verdict.student) != (topic, student):
            raise ValueError("it is of somebody else")
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("%s is damaged (%s) and will be judged again.", path, error)
        return None
    return verdict if key in (None, verdict.key) else None


def _path(folder: Path, topic: str, student: str) -> Path:
    received_folder(folder, topic, student)  # refuses what would lead elsewhere
    return folder / topic / f"{student}.json"
