"""The main job: run every lecture, grade every solution and a sample class, report."""

import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from cs5045ae.course.grade_class import Grade, grade_class
from cs5045ae.course.jobs import Done, Job, run_jobs
from cs5045ae.course.lecture_pages import Lecture, lecture_page
from cs5045ae.course.pages import place_mathjax
from cs5045ae.course.place import Course, CourseError
from cs5045ae.course.report import Report, feedback_pages, write_report

__all__ = ["run_course"]

WHOLE_CLASS = 2
"""Topics in which the whole sample class hands in; in the others only the solution."""

OWN_SUBMISSIONS = (
    "The class is a sample: its submissions are built from the course's own "
    "solutions, and are graded without a sandbox."
)


def run_course(
    course: Course, *, jobs: int | None = None, lectures_only: bool = False
) -> Path:
    """Run everything there is, and write ``build/report/index.html``.

    What fails is named, and the rest still runs.

    Parameters
    ----------
    course : Course
        Only its ``build/`` is written.
    jobs : int, optional
        Jobs that run at the same time; by default the number of cores, at most 2.
    lectures_only : bool
        Leave the sample class out.

    Returns
    -------
    pathlib.Path
        The report's first page.

    Raises
    ------
    CourseError
        If a lecture failed, a class could not be graded, or a solution did not get all
        its automatic points. The report is written before.
    """
    started = time.perf_counter()
    report = course.build / "report"
    shutil.rmtree(report, ignore_errors=True)
    report.mkdir(parents=True)
    lectures = course.lectures()
    topics = [] if lectures_only else course.topics()
    at_once = jobs or min(2, os.cpu_count() or 1)
    print(
        f"Running {len(lectures)} lectures and grading {len(topics)} exercises, "
        f"{at_once} jobs at once."
    )
    if topics:
        print(OWN_SUBMISSIONS)
    log = course.build / "course.log"
    work = [Job(f"lecture {n}", lecture_page, (course, n, report)) for n in lectures]
    work += [
        Job(f"class of {t}", grade_class, (course, t)) for t in topics[:WHOLE_CLASS]
    ]
    work += [
        Job(f"solution of {t}", grade_class, (course, t, ("perfect",)))
        for t in topics[WHOLE_CLASS:]
    ]
    done = run_jobs(work, at_once, log, _outcome)
    place_mathjax(report)
    whole = Report(
        lectures=[_lecture(d) for d in done[: len(lectures)]],
        grades=_grades(done[len(lectures) :]),
        problems=_problems(done),
        times=[(d.job.title, d.seconds) for d in done],
        seconds=time.perf_counter() - started,
        jobs=at_once,
    )
    feedback_pages(whole, report)
    index = write_report(whole, report)
    _print_times(whole, index)
    if whole.problems:
        listed = "\n".join(f"  {problem}" for problem in whole.problems)
        raise CourseError(f"Some jobs failed:\n{listed}\nDetails are in {log}.")
    return index


def _outcome(done: Done) -> str:
    if done.error:
        return done.error
    if isinstance(done.value, Lecture):
        if done.value.failure:
            return f"stopped at {done.value.failure}"
        return f"kept from {done.value.kept_from}" if done.value.kept_from else "ran"
    graded = sum(grade.points is not None for grade in done.value)
    return f"{graded} of {len(done.value)} graded"


def _lecture(done: Done) -> Lecture:
    if isinstance(done.value, Lecture):
        return done.value
    name = done.job.arguments[1]
    return Lecture(name, name, failure=done.error)


def _grades(done: Sequence[Done]) -> dict[str, list[Grade]]:
    return {d.job.arguments[1]: d.value or [] for d in done}


def _problems(done: Sequence[Done]) -> list[str]:
    found = []
    for d in done:
        if d.error:
            found.append(f"{d.job.title}: {d.error}")
        elif isinstance(d.value, Lecture):
            found += [d.value.failure] if d.value.failure else []
        else:
            found += [
                f"The solution of {g.topic} got {g.points or 0:g} of {g.out_of:g} "
                f"automatic points: {g.reason}."
                for g in d.value
                if g.student == "perfect" and g.points != g.out_of
            ]
    return found


def _print_times(whole: Report, index: Path) -> None:
    width = max((len(title) for title, _ in whole.times), default=0)
    width = max(width, len("all together"))
    print()
    for title, seconds in [*whole.times, ("all together", whole.seconds)]:
        print(f"  {title:<{width}}  {seconds:7.1f} s")
    print()
    for topic, grades in whole.grades.items():
        for g in grades:
            points = "   -" if g.points is None else f"{g.points:4g}"
            print(f"  {topic}  {g.student:<14}  {points} of {g.out_of:g}  {g.status}")
    print(f"\nThe report is {index}")
