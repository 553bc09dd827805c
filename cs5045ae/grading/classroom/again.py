"""Judge again: beside the standing verdicts, which change only when told to."""

import contextlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from cs5045ae.course.place import CourseError
from cs5045ae.grading.classroom.report import (
    estimate,
    staff_lines,
    summary,
    write_rows,
)
from cs5045ae.grading.classroom.run import Plan, judge_all, open_class, row_of
from cs5045ae.grading.classroom.worker import Judged, judged
from cs5045ae.grading.export.cells import number
from cs5045ae.grading.gradebook import fill, prepare
from cs5045ae.grading.judge import judge_submission
from cs5045ae.grading.ledger import collected, current_key, standing
from cs5045ae.grading.verdict import (
    NOT_GRADED,
    Verdict,
    read_verdict,
    verdict_folder,
)

__all__ = ["regrade_topic", "staff_view"]

READ = ("submitted", "received", "solutions", "exercises")


def regrade_topic(plan: Plan, agree: Callable[[], bool]) -> list[Judged]:
    """Judge a topic anew, show what would change, and change it if that is agreed.

    Until then nothing but ``build/regrade/`` is written; stopped and started again, it
    goes on there.

    Parameters
    ----------
    plan : Plan
        How.
    agree : callable
        Asks whether the new points shall count.

    Returns
    -------
    list of Judged
        The new verdicts, whether they were agreed to or not.

    Raises
    ------
    CourseError
        As `grade_topic`.
    """
    course, topic = plan.course, plan.topic
    with open_class(plan, ready=False) as (records, config):
        beside = _beside(plan, "regrade")
        new: dict[str, Verdict] = {}
        for record in records:
            key = current_key(course.root, topic, record.student, plan.seed)
            found = read_verdict(verdict_folder(beside), topic, record.student, key)
            if found and found.status != NOT_GRADED:
                new[record.student] = found
        left = [r.student for r in records if r.student not in new]
        print(f"{topic}: {estimate(course, topic, len(left), plan.jobs)}, again.")
        rows = {student: judged(verdict) for student, verdict in new.items()}
        for one in tqdm(judge_all(plan, left, beside), total=len(left), unit="student"):
            rows[one.student] = one
        changes = {}
        for record in records:
            old, _ = standing(course.root, record)
            if said := _change(old, rows[record.student]):
                changes[record.student] = said
        if changes:
            print(f"{'student':<24} {'old':>6} -> new")
        for student, said in changes.items():
            print(f"{student:<24} {said}")
        print(f"{len(changes)} of {len(records)} would change.")
        ordered = [rows[record.student] for record in records]
        if changes and not agree():
            print("Nothing was changed.")
            shutil.rmtree(beside, ignore_errors=True)
            return ordered
        prepare(course, topic, config)
        for record in records:
            made = verdict_folder(beside) / topic / f"{record.student}.json"
            verdict = read_verdict(verdict_folder(beside), topic, record.student)
            if verdict and rows[record.student].points is not None:
                os.replace(made, verdict_folder(course.root) / topic / made.name)
                if trouble := fill(course, record, verdict, config):
                    print(f"{record.student:<24} {trouble}")
        shutil.rmtree(beside, ignore_errors=True)
        standing_rows = [
            row_of(plan, record) for record in collected(course.root, topic)
        ]
        write_rows(course.root / "grades" / f"{topic}-graded.csv", standing_rows)
        print("\n".join(summary(ordered)))
        return ordered


def staff_view(plan: Plan) -> list[str]:
    """Return what the checks asked of one student, were told, and expected.

    It is judged once more for that, beside the standing verdict. Not for feedback.

    Raises
    ------
    CourseError
        If the plan names no student, or he cannot be graded.
    """
    if plan.student is None:
        raise CourseError("--verbose is about one student: add --student ID.")
    beside = _beside(plan, "verbose")
    try:
        verdict = judge_submission(
            beside,
            plan.topic,
            plan.student,
            seed=plan.seed,
            sandboxed=plan.sandboxed,
            verbose=True,
        )
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    head = (
        f"{plan.student}, {plan.topic}, seed {plan.seed}: for staff, not for feedback"
    )
    return [head, *staff_lines(verdict)]


def _beside(plan: Plan, name: str) -> Path:
    """Return a folder like the course's own, with ``verdicts/`` of its own."""
    folder = plan.course.build / name / plan.topic
    folder.mkdir(parents=True, exist_ok=True)
    for part in READ:
        with contextlib.suppress(FileExistsError):
            (folder / part).symlink_to(plan.course.root / part)
    return folder


def _change(old: Verdict | None, new: Judged) -> str:
    before = number(old.points) or "-" if old else "-"
    after = number(new.points) or "-"
    if old and (before, old.status) == (after, new.status):
        return ""
    status = "" if old is None or old.status == new.status else f"  {new.status}"
    kept = "  (the old points stay)" if new.points is None and old else ""
    reason = f"  {new.reason}" if new.reason else ""
    return f"{before:>6} -> {after:<6}{status}{kept}{reason}"
