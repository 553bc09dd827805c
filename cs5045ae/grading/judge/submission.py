"""Judge one submission of a course folder, and keep the verdict."""

import dataclasses
import json
import os
import time
from pathlib import Path
from typing import Any

from cs5045ae.checks.check import PUBLIC_SEED
from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.intake.keeping import is_ours
from cs5045ae.grading.intake.records import Record, read_record, submitted_folder
from cs5045ae.grading.judge.caller import Court, CourtFailed, warm_court
from cs5045ae.grading.judge.limits import Patience
from cs5045ae.grading.judge.plan import make_plan
from cs5045ae.grading.sandbox import available
from cs5045ae.grading.verdict import (
    EMPTY,
    GRADED,
    IN_PART,
    NOT_GRADED,
    UNREADABLE,
    CellVerdict,
    OwnCell,
    Verdict,
    verdict_folder,
    write_verdict,
)
from cs5045ae.grading.verdict_key import verdict_key

__all__ = ["judge_submission", "key_of", "secret_seed"]


def judge_submission(
    course_root: Path,
    topic: str,
    student: str,
    *,
    seed: int | None = None,
    sandboxed: bool = True,
    verbose: bool = False,
    warm: bool = False,
    patience: Patience | None = None,
) -> Verdict:
    """Judge what a student has handed in, whatever verdict there was, and keep it.

    Parameters
    ----------
    course_root : pathlib.Path
        The folder with ``submitted/``, ``received/`` and ``solutions/``; the verdict
        goes to its ``verdicts/``, and nothing else is written.
    topic, student : str
        Whose submission, for what. It must have come through ``cs5045ae collect``.
    seed : int, optional
        Of the checks' fresh cases; `secret_seed` by default.
    sandboxed : bool
        False runs a stranger's code without the wall, and the verdict says so.
    verbose : bool
        Fill `CellVerdict.staff` of each cell that failed.
    warm : bool
        Keep the processes of the judge for the next call from this process; they end
        with it. Each submission still gets a kernel and an examiner of its own.
    patience : Patience, optional
        The course's own by default.

    Returns
    -------
    Verdict
        Also where the judge itself failed: status ``not graded`` and the reason.

    Raises
    ------
    CourseError
        If the submission was not collected, or changed since; if there is no solution;
        if there is no sandbox here and `sandboxed` is true.
    """
    if sandboxed and (reason := available()):
        raise CourseError(
            f"Nobody can be graded safely here: {reason} To run the students' code "
            "without a wall, with your own rights, ask for it: --unsafe-no-sandbox"
        )
    if not hasattr(os, "fork"):
        raise CourseError(
            "Grading needs Linux or macOS. Use the container of docs/grading.md."
        )
    began = time.monotonic()
    seed = secret_seed() if seed is None else seed
    patience = patience or Patience()
    record, submission, source = _read(course_root, topic, student)
    job = {
        "submission": json.loads(submission),
        "source": json.loads(source),
        "patience": dataclasses.asdict(patience),
        "seed": seed,
        "sandboxed": sandboxed,
        "verbose": verbose,
    }
    plan = make_plan(job["submission"], job["source"], patience)
    verdict = Verdict(
        key=verdict_key(submission, source, seed),
        topic=topic,
        student=student,
        status=NOT_GRADED,
        reason="",
        points=None,
        max_points=sum(test.points or 0.0 for test in plan.tests),
        by_hand=plan.by_hand,
        seconds=0.0,
        sandboxed=sandboxed,
        seed=seed,
    )
    if record.status == "unreadable":
        reason = f"The submission could not be read: {record.reason}."
        cells = [CellVerdict(t.grade_id, None, t.points or 0.0) for t in plan.tests]
        verdict = dataclasses.replace(
            verdict, status=UNREADABLE, reason=reason, cells=cells
        )
    else:
        verdict = _judged(verdict, record, job, warm)
    seconds = round(time.monotonic() - began, 3)
    verdict = dataclasses.replace(verdict, seconds=seconds)
    write_verdict(verdict_folder(course_root), verdict)
    return verdict


def key_of(course_root: Path, topic: str, student: str, seed: int | None = None) -> str:
    """Return the key that a verdict on what is handed in now must have.

    Raises
    ------
    CourseError
        As `judge_submission`.
    """
    _, submission, source = _read(course_root, topic, student)
    return verdict_key(submission, source, secret_seed() if seed is None else seed)


def secret_seed() -> int:
    """Return the seed of ``CS5045AE_SEED``, the course's public one if it is not set.

    Raises
    ------
    CourseError
        If it is no whole number from 0 on.
    """
    text = os.environ.get("CS5045AE_SEED", str(PUBLIC_SEED))
    if not (text.isascii() and text.isdecimal()):
        raise CourseError(f"CS5045AE_SEED must be a whole number from 0 on: {text!r}")
    return int(text)


def _read(course_root: Path, topic: str, student: str) -> tuple[Record, bytes, bytes]:
    """Return the record of a submission, the submission and the solution."""
    record = read_record(course_root, topic, student)
    again = f"Collect it first: cs5045ae collect SOURCE {topic}"
    if record is None:
        raise CourseError(
            f"The submission of {student} to {topic} has not been collected. {again}"
        )
    if not is_ours(course_root, record):
        raise CourseError(
            f"The submission of {student} to {topic} was changed after it was "
            f"collected. {again}"
        )
    path = Course(course_root).solution(topic)
    if not path.is_file():
        raise CourseError(f"There is no solution {topic} to grade with: {path}")
    folder = submitted_folder(course_root, topic, student)
    return record, (folder / f"{topic}.ipynb").read_bytes(), path.read_bytes()


def _judged(
    verdict: Verdict, record: Record, job: dict[str, Any], warm: bool
) -> Verdict:
    """Put a submission to the court, a second time if the first one failed."""
    for _ in range(2):
        court = warm_court() if warm else Court()
        try:
            told = court.hear(job)
            cells = [CellVerdict(**cell) for cell in told["cells"]]
            answers = [OwnCell(**cell) for cell in told["answers"]]
            break
        except CourtFailed as failed:
            reason = str(failed)
        except (TypeError, ValueError, KeyError) as error:
            reason = f"The judge's verdict cannot be used: {error}"
        finally:
            if not warm:
                court.close()
    else:
        return dataclasses.replace(verdict, reason=reason)
    known = [cell.points for cell in cells if cell.points is not None]
    points = sum(known) if known else None
    absent = [f"{c.grade_id}: {c.reason}" for c in cells if c.points is None]
    status, reason = GRADED, ""
    if absent:
        status = IN_PART if known else NOT_GRADED
        reason = f"Not judged: {'; '.join(absent)}"
    elif points == 0 and record.answered == 0:
        status, reason = EMPTY, "No answer was changed."
    return dataclasses.replace(
        verdict,
        status=status,
        reason=reason,
        points=points,
        cells=cells,
        answers=answers,
    )
