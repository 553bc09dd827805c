"""Collect a class by its class list, and say what a person has to know or to settle."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.export.due import parse_due
from cs5045ae.grading.export.roster import roster_of
from cs5045ae.grading.intake import Received, collect
from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.comparison import compared_with_class
from cs5045ae.grading.intake.hand_in import unknown_times
from cs5045ae.grading.intake.identities import (
    FILE,
    Identities,
    read_identities,
    with_answers,
    write_identities,
)

__all__ = ["collect_class"]


def collect_class(
    course: Course,
    source: Path,
    topic: str,
    *,
    pattern: str | None = None,
    depth: int | None = None,
    roster: Path | None = None,
    answers: Sequence[str] = (),
    at: str | None = None,
) -> Iterator[str]:
    """Collect a source, and yield the lines to print.

    What the answers settle is kept in the course's ``identities.csv`` for the term,
    once the source could be read.

    Parameters
    ----------
    course : Course
        The course.
    source, topic, pattern, depth
        As for `collect`.
    roster : pathlib.Path, optional
        The class list; the course's ``roster.csv`` by default, if it is there.
    answers : sequence of str
        Whose something is: ``as it stands in the source=id``, or a table of such pairs.
    at : str, optional
        The time of hand-in of all.

    Raises
    ------
    CourseError
        If an input cannot be used; nothing is collected then.
    """
    course.require_plain_path()
    try:
        known = roster_of(course, roster)
        time = parse_due(at, known.zone(), "--at") if at else None
    except (OSError, ValueError) as error:
        raise CourseError(str(error)) from None
    yield from known.notes
    people = known.class_list()
    settled = read_identities(course.root / FILE)
    pairs = with_answers(settled, answers, people)
    identities = Identities(pairs)
    rows = collect(
        source,
        topic,
        course.root,
        pattern=pattern,
        depth=depth,
        people=people,
        identities=identities,
        at=time,
        zone=known.zone(),
    )
    if pairs != settled:
        write_identities(course.root / FILE, pairs)
    yield from _table(rows, people)
    yield f"{sum(bool(row.submitted) for row in rows)} submissions in submitted/."
    yield from unknown_times(rows, topic)
    yield from compared_with_class(rows, people, course.root, topic)
    for answer in answers:
        if (name := _unused(answer, identities)) is not None:
            yield f"--map: {name!r} stands nowhere in {source.name}; kept in {FILE}."
    if pairs != settled:
        yield f"What --map settles is remembered in {FILE}."


def _table(rows: Sequence[Received], people: ClassList) -> Iterator[str]:
    ids = people.by_disk()
    taken = [row for row in rows if row.submitted]
    shared = [
        note
        for note in (taken[0].notes if len(taken) > 2 else ())
        if all(note in row.notes for row in taken)
    ]
    for row in rows:
        student = ids.get(row.student, row.student) or row.notebook
        notes = [note for note in row.notes if note not in shared]
        if row.status == "system":
            yield f"{row.reason}."
        else:
            reasons = "; ".join(filter(None, [row.reason, *notes]))
            yield f"{student:<23} {row.status:<11} {reasons}".rstrip()
    yield from (f"All of them: {note}" for note in shared)


def _unused(answer: str, identities: Identities) -> str | None:
    """Return the name in an answer that nobody has in the source, None if used."""
    if Path(answer).is_file():
        return None
    names = [key for key in identities.pairs if answer.strip().startswith(f"{key}=")]
    name = max(names, key=len, default="")
    return name if name and name not in identities.used else None
