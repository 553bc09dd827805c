"""The command ``cs5045ae``: the course from the command line."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cs5045ae.course import place
from cs5045ae.course.place import CourseError, find_course

__all__ = ["main"]

app = typer.Typer(
    help="A Jupyter course on autoencoders with exercises that grade themselves.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def exercises(
    topics: Annotated[
        list[str] | None, typer.Argument(help="Such as 01_pca; all by default.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail on any difference.")
    ] = False,
) -> None:
    """Make exercises/ from solutions/; one that gives wrong points is refused."""
    from cs5045ae.course.exercises import differences, make_exercises

    course = find_course()
    if not check:
        print("A changed exercise is graded before it is written: up to a minute each.")
        for path in make_exercises(course, topics or ()):
            print(f"wrote {path.relative_to(course.root)}")
    found = differences(course, topics or ())
    if found:
        raise CourseError("\n".join([*found, "Run `make exercises` to mend the rest."]))
    print("The exercises are what the solutions give.")


@app.command()
def course(
    full: Annotated[
        bool, typer.Option("--full", help="Use the full data sets, where they are.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(min=1, help="At once; by default the cores, at most 2."),
    ] = None,
    lectures_only: Annotated[
        bool, typer.Option("--lectures-only", help="Render the lectures, grade no one.")
    ] = False,
) -> None:
    """Run every lecture, grade every solution and a sample class, write a report."""
    from cs5045ae.course.main_job import run_course

    if full:
        os.environ["CS5045AE_SIZE"] = "full"
    run_course(find_course(), jobs=jobs, lectures_only=lectures_only)


@app.command()
def lab(
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open a browser window.")
    ] = True,
    port: Annotated[
        int | None, typer.Option(help="Of the server on this machine.")
    ] = None,
    refresh: Annotated[
        str | None,
        typer.Option(help="A topic to begin afresh; the old copy is kept beside it."),
    ] = None,
) -> None:
    """Open JupyterLab on the course, with your own copies of the exercises in work/."""
    from cs5045ae.course import lab as room

    course = find_course()
    for line in room.refresh(course, refresh) if refresh else []:
        print(line)
    for line in room.make_working_copies(course):
        print(line)
    raise typer.Exit(room.start_lab(course, browser=browser, port=port))


@app.command()
def collect(
    source: Annotated[
        Path, typer.Argument(help="A folder or zip as Moodle, Canvas or nbgrader.")
    ],
    topic: Annotated[str, typer.Argument(help="Such as 01_pca.")],
    pattern: Annotated[
        str | None,
        typer.Option(help="nbgrader, moodle, canvas, plain, or a regex with (?P<id>)."),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(help="A table of the class; roster.csv if it is there."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(help="Time of hand-in of all, such as 2026-11-25T23:59+01:00."),
    ] = None,
    answers: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help='Whose it is: "NAME=ID" or a table of both; may be repeated.'
        ),
    ] = None,
    depth: Annotated[
        int | None,
        typer.Option(min=0, help="Number of folders around those of the students."),
    ] = None,
) -> None:
    """Take in what a class has handed in, as submissions that nbgrader can grade."""
    from cs5045ae.grading.collecting import collect_class

    for line in collect_class(
        find_course(),
        source,
        topic,
        pattern=pattern,
        depth=depth,
        roster=roster,
        answers=answers or (),
        at=at,
    ):
        print(line)


@app.command()
def grade(
    topic: Annotated[str, typer.Argument(help="Such as 01_pca.")],
    jobs: Annotated[int, typer.Option(min=1, help="Submissions at a time.")] = 2,
    student: Annotated[str | None, typer.Option(help="Only this one.")] = None,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose", help="For staff: what the checks asked of a student."
        ),
    ] = False,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Judge again; show changes, then ask.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="With --regrade: take the new points.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(help="Of a Dask cluster, such as tcp://host:8786.")
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(
            envvar="CS5045AE_DB", help="A gradebook elsewhere: postgresql://..."
        ),
    ] = None,
    unsafe_no_sandbox: Annotated[
        bool,
        typer.Option(
            "--unsafe-no-sandbox", help="Run students' code with your own rights."
        ),
    ] = False,
) -> None:
    """Judge what was collected and not judged yet; fill nbgrader's gradebook."""
    from cs5045ae.grading.classroom.again import regrade_topic, staff_view
    from cs5045ae.grading.classroom.run import Plan, grade_topic

    plan = Plan(
        find_course(),
        topic,
        jobs=jobs,
        student=student,
        sandboxed=not unsafe_no_sandbox,
        db=db,
        scheduler=scheduler,
    )
    if verbose:
        print("\n".join(staff_view(plan)))
    elif regrade:
        regrade_topic(plan, lambda: yes or typer.confirm("Take the new points?"))
    else:
        raise typer.Exit(any(row.trouble for row in grade_topic(plan)))


@app.command()
def export(
    topic: Annotated[str | None, typer.Argument(help="Such as 01_pca.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Every topic that was collected.")
    ] = False,
    roster: Annotated[
        Path | None,
        typer.Option(help="Class, late days, extensions; roster.csv if it is there."),
    ] = None,
    db: Annotated[
        str | None, typer.Option(envvar="CS5045AE_DB", help="As for grade.")
    ] = None,
) -> None:
    """Write the grades as tables for Moodle, for Canvas and for people, to grades/."""
    from cs5045ae.grading.export import export_topics

    if (topic is None) != everything:
        raise CourseError("Name a topic, or ask for --all.")
    topics = [topic] if topic else find_course().topics()
    print("\n".join(export_topics(find_course(), topics, roster, db)))


@app.command()
def card(
    jobs: Annotated[int, typer.Option(min=1, help="Notebooks at a time.")] = 2,
) -> None:
    """Sum up how far your own copies in work/ have come."""
    from cs5045ae.course.score_card import score_card

    scores = score_card(find_course(), jobs=jobs)
    print()
    for score in scores:
        points = "-" if score.points is None else f"{score.points:g}"
        print(f"{score.topic:<16}{points:>4} of {score.out_of:g}   {score.message}")
    total = sum(score.points or 0 for score in scores)
    most = sum(score.out_of for score in scores)
    print(
        f"\n{total:g} of {most:g} points. Written answers are not counted here: judge "
        "them by the scheme that is folded below them."
    )


@app.command()
def doctor(
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Also attack the sandbox from inside.")
    ] = False,
) -> None:
    """Say what this computer has, and whether the sandbox for students' code holds."""
    from cs5045ae.environment import check_environment

    good = check_environment()
    if sandbox:
        from cs5045ae.grading.doctor import doctor_sandbox, print_report

        print()
        good = print_report(doctor_sandbox()) and good
    raise typer.Exit(not good)


def main() -> None:
    """Run the command; an error is one sentence and a non-zero exit code."""
    place.prepare_environment()
    try:
        app()
    except (CourseError, OSError) as error:
        if not place.is_mendable(error):
            raise
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
