"""Grade a topic: what is missing is judged, then the gradebook is filled."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm
from traitlets.config import Config

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.classroom.pool import Lost, cluster, processes, run_all
from cs5045ae.grading.classroom.report import (
    intent,
    line,
    summary,
    tally,
    told_if_stopped,
    write_rows,
)
from cs5045ae.grading.classroom.worker import Judged, judge_one, judged
from cs5045ae.grading.export.gather import keep_attempt
from cs5045ae.grading.gradebook import (
    fill,
    is_filled,
    open_config,
    prepare,
    read_grades,
)
from cs5045ae.grading.intake.records import Record
from cs5045ae.grading.judge.submission import secret_seed
from cs5045ae.grading.ledger import collected, current_key, standing
from cs5045ae.grading.sandbox import available
from cs5045ae.grading.verdict import (
    IN_PART,
    NOT_GRADED,
    read_verdict,
    verdict_folder,
)

__all__ = ["Plan", "grade_topic", "judge_all", "open_class", "row_of"]


@dataclass(frozen=True)
class Plan:
    """How a topic is to be graded.

    Parameters
    ----------
    course : Course
        The course.
    topic : str
        Such as ``01_pca``.
    jobs : int
        Submissions at a time.
    student : str or None
        The only one to grade; None for all.
    sandboxed : bool
        False runs students' code without the wall.
    db, scheduler : str or None
        Address of another gradebook; of a Dask cluster.
    """

    course: Course
    topic: str
    jobs: int = 2
    student: str | None = None
    sandboxed: bool = True
    db: str | None = None
    scheduler: str | None = None
    seed: int = field(default_factory=secret_seed)


def grade_topic(plan: Plan) -> list[Judged]:
    """Judge what is missing of a topic, fill the gradebook, and say so.

    Returns
    -------
    list of Judged
        Everybody who handed in, by id, whenever they were graded.

    Raises
    ------
    CourseError
        If nobody can be graded: no such topic, nothing collected, no sandbox, another
        grading of the topic runs.
    """
    with open_class(plan) as (records, config):
        grades = read_grades(config, plan.topic)
        waiting, unfilled, stale = [], [], 0
        for record in records:
            verdict, entry = standing(plan.course.root, record)
            if verdict is None or verdict.status in {NOT_GRADED, IN_PART}:
                waiting.append(record)
                continue
            key = current_key(plan.course.root, plan.topic, record.student, plan.seed)
            stale += verdict.key != key
            found = grades.get(record.student, {})
            if not is_filled(plan.course, verdict, entry, found):
                unfilled.append(record)
        before = len(records) - len(waiting)
        print(f"{plan.topic}: {intent(plan, before, len(waiting))}")
        if stale:
            print(
                f"{stale} were graded with another seed or another state of the "
                "course; they stay. To see what would change: --regrade"
            )
        troubles = {r.student: _fill(plan, r, config) for r in unfilled}
        for record in waiting:
            _keep_earlier(plan, record, config)
        shown = {}
        with (
            told_if_stopped(),
            tqdm(total=len(waiting), unit="student", disable=not waiting) as bar,
        ):
            for one in judge_all(plan, [r.student for r in waiting]):
                record = next(r for r in waiting if r.student == one.student)
                if one.status != NOT_GRADED:
                    one = replace(one, trouble=_fill(plan, record, config))
                shown[one.student] = one
                bar.update()
                bar.set_postfix_str(tally(shown.values()))
                tqdm.write(line(one))
        everybody = collected(plan.course.root, plan.topic)
        rows = [
            shown.get(r.student)
            or replace(row_of(plan, r), trouble=troubles.get(r.student, ""))
            for r in everybody
        ]
        path = plan.course.root / "grades" / f"{plan.topic}-graded.csv"
        write_rows(path, rows)
        if plan.student:
            rows = [row for row in rows if row.student == plan.student]
        print("\n".join(summary(rows)))
        print(f"Rows: {path.relative_to(plan.course.root)}")
        return rows


@contextlib.contextmanager
def open_class(plan: Plan, ready: bool = True) -> Iterator[tuple[list[Record], Config]]:
    """Look whether a class can be graded, and keep others from grading it meanwhile.

    Parameters
    ----------
    plan : Plan
        How.
    ready : bool
        Whether the gradebook shall know the topic as its solution stands; else it is
        not touched.

    Yields
    ------
    records : list of Record
        Of those to grade.
    config : traitlets.config.Config
        For nbgrader.
    """
    course, topic = plan.course, plan.topic
    course.require_topic(topic)
    if plan.sandboxed and (reason := available()):
        raise CourseError(
            f"Nobody can be graded safely here: {reason} To run the students' code "
            "without a wall, with your own rights, ask for it: --unsafe-no-sandbox"
        )
    records = collected(course.root, topic)
    if plan.student:
        records = [r for r in records if r.student == plan.student]
    if not records:
        who = plan.student or "anybody"
        raise CourseError(
            f"Nothing of {who} has been collected for {topic}. Collect it first: "
            f"cs5045ae collect SOURCE {topic}"
        )
    folder = verdict_folder(course.root) / topic
    folder.mkdir(parents=True, exist_ok=True)
    config = open_config(course, plan.db)
    try:
        with FileLock(folder / ".lock", timeout=0):
            if ready:
                prepare(course, topic, config)
            yield records, config
    except Timeout:
        raise CourseError(
            f"{topic} is being graded already; wait until that has ended."
        ) from None


def judge_all(
    plan: Plan, students: list[str], root: Path | None = None
) -> Iterator[Judged]:
    """Judge submissions several at a time, and yield each row as it comes.

    Parameters
    ----------
    plan : Plan
        How.
    students : list of str
        Whose.
    root : pathlib.Path, optional
        A folder like the course's own, whose ``verdicts/`` are written instead.
    """
    if not students:
        return
    root = root or plan.course.root
    if plan.scheduler:
        workers = cluster(plan.scheduler)
    else:
        workers = processes(min(plan.jobs, len(students)))

    def task(student: str) -> tuple:
        return judge_one, root, plan.topic, student, plan.seed, plan.sandboxed

    for student, result in run_all(workers, task, students):
        if isinstance(result, Judged):
            yield result
            continue
        reason = str(result) or type(result).__name__
        if isinstance(result, Lost):
            reason = "The process that judged it ended each time it was tried."
        yield Judged(
            student, None, 0.0, NOT_GRADED, reason, 0.0, plan.sandboxed, plan.seed
        )


def _fill(plan: Plan, record: Record, config: Config) -> str:
    """Fill the gradebook if there is a grade; return why that failed."""
    verdict, _ = standing(plan.course.root, record)
    if verdict is None:
        return (
            "The gradebook was not filled: the course, its package or what was handed "
            "in changed meanwhile. Give the command again."
        )
    if verdict.status == NOT_GRADED:
        return ""
    try:
        return fill(plan.course, record, verdict, config)
    except CourseError as error:  # the verdict stands; the others go on
        return f"The gradebook was not filled: {error}"


def _keep_earlier(plan: Plan, record: Record, config: Config) -> None:
    """Keep the grade of an earlier submission before it is replaced."""
    course = plan.course
    old = read_verdict(verdict_folder(course.root), plan.topic, record.student)
    current, entry = standing(course.root, record)
    if old and entry and current is None and entry.key == old.key and entry.record:
        keep_attempt(course, old, entry, config)


def row_of(plan: Plan, record: Record) -> Judged:
    """Return the row of a student as the verdicts stand."""
    verdict, _ = standing(plan.course.root, record)
    if verdict is None:
        who, behind = record.student, plan.sandboxed
        return Judged(who, None, 0.0, NOT_GRADED, "", 0.0, behind, plan.seed)
    return judged(verdict)
