"""Write all tables of one topic or of the whole course."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cs5045ae.course.place import Course, CourseError
from cs5045ae.grading.export.gather import gather
from cs5045ae.grading.export.late import Settled, settle
from cs5045ae.grading.export.roster import Roster, roster_of
from cs5045ae.grading.export.rows import IN_PART, MANUAL, Row
from cs5045ae.grading.export.tables import (
    write_canvas,
    write_moodle,
    write_plain,
    write_tasks,
)
from cs5045ae.grading.gradebook import open_config

__all__ = ["export", "export_topics"]


def export_topics(
    course: Course, topics: Sequence[str], roster: Path | None, db: str | None
) -> list[str]:
    """Write the tables of some topics of a course to its ``grades/``.

    Parameters
    ----------
    course : Course
        The course.
    topics : sequence of str
        Such as ``01_pca``.
    roster : pathlib.Path or None
        The class list; the course's ``roster.csv`` by default, if it is there.
    db : str or None
        Address of a gradebook elsewhere.

    Returns
    -------
    list of str
        A line for each table, and what a person has to do yet.

    Raises
    ------
    CourseError
        If there is nothing to export, an input cannot be right, or a table cannot be
        written.
    """
    config = open_config(course, db)
    rows = [row for topic in topics for row in gather(course, topic, config)]
    try:
        known = roster_of(course, roster)
        paths = export(rows, known, course.root / "grades", topics)
        written = [*known.notes]
        written += [f"wrote {path.relative_to(course.root)}" for path in paths]
        return written + _still_open(settle(rows, known, topics))
    except (OSError, ValueError) as error:
        raise CourseError(str(error)) from None


def export(
    rows: Sequence[Row],
    roster: Roster,
    folder: Path,
    topics: Sequence[str] = (),
    titles: Mapping[str, str] | None = None,
) -> list[Path]:
    """Work out the grades from their inputs and write every table.

    Parameters
    ----------
    rows : sequence of Row
        All attempts.
    roster : Roster
        Empty if there is no ``roster.csv``.
    folder : pathlib.Path
        Where to write.
    topics : sequence of str
        All in the rows by default.
    titles : mapping, optional
        From topics to their columns in Canvas.

    Returns
    -------
    list of pathlib.Path
        ``<name>.csv``, ``<name>-tasks.csv``, ``<name>-canvas.csv`` and one
        ``<topic>-moodle.csv`` a topic; the name is the topic, or ``all``.

    Raises
    ------
    ValueError
        If there is no row, a row cannot be right, or a time has no zone; nothing is
        written then.
    """
    grades = settle(rows, roster, topics)
    if not grades:
        raise ValueError("There is nothing to export yet: nobody has been graded.")
    topics = list(dict.fromkeys(grade.row.topic for grade in grades))
    name = topics[0] if len(topics) == 1 else "all"
    paths = [folder / f"{name}{kind}.csv" for kind in ("", "-tasks", "-canvas")]
    write_plain(paths[0], grades)
    write_tasks(paths[1], grades)
    write_canvas(paths[2], grades, titles)
    for topic in topics:
        paths.append(folder / f"{topic}-moodle.csv")
        write_moodle(paths[-1], [g for g in grades if g.row.topic == topic])
    return paths


def _still_open(grades: Sequence[Settled]) -> list[str]:
    """Return what keeps grades from being final, a sentence each."""
    sentences = []
    if waiting := sum(grade.row.status == MANUAL for grade in grades):
        sentences.append(
            f"{waiting} of {len(grades)} wait for a person's points; until then they "
            "have no grade in the tables for Canvas and Moodle."
        )
    if part := sum(grade.row.status == IN_PART for grade in grades):
        sentences.append(
            f"{part} of {len(grades)} are graded in part: the points that are certain "
            "stand in the first table. Grade again for the rest."
        )
    for topic in sorted({grade.row.topic for grade in grades if grade.row.lags}):
        lags = sum(grade.row.lags and grade.row.topic == topic for grade in grades)
        sentences.append(
            f"The gradebook, and so Formgrader and feedback, lag behind {lags} "
            f"verdicts on {topic}, which these tables hold: cs5045ae grade {topic}"
        )
    if unknown := [grade for grade in grades if grade.days_late is None]:
        columns = " and ".join(sorted({f"late_{g.row.topic}" for g in unknown}))
        sentences.append(
            f"{len(unknown)} may have been late, which is not known, and nothing is "
            f"taken off: write the days (0 for none) into {columns} of roster.csv."
        )
    return sentences
