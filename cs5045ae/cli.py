"""The command ``cs5045ae``: the course from the command line."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from cs5045ae.course.place import CourseError, find_course, prepare_environment

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
    """Make exercises/ from solutions/."""
    from cs5045ae.course.exercises import differences, make_exercises

    course = find_course()
    if not check:
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
    """Run every lecture, grade every solution and a made class, write a report."""
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
        Path | None, typer.Option(help="A CSV table of the class.")
    ] = None,
) -> None:
    """Take in what a class has handed in, as submissions that nbgrader can grade."""
    from cs5045ae.grading.export import read_roster
    from cs5045ae.grading.intake import collect as take_in

    try:
        ids = read_roster(roster).ids() if roster else None
    except (OSError, ValueError) as error:
        raise CourseError(f"{roster}: {error}") from None
    rows = take_in(source, topic, find_course().root, pattern=pattern, ids=ids)
    for row in rows:
        told = "; ".join(filter(None, [row.reason, *row.notes]))
        print(f"{row.student or row.notebook:<24}{row.status:<12}{told}")
    print(f"{sum(bool(row.submitted) for row in rows)} submissions in submitted/.")


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
    prepare_environment()
    try:
        app()
    except CourseError as error:
        print(error, file=sys.stderr)
        raise SystemExit(1) from None
