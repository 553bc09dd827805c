"""Write all tables of one topic or of the whole course."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from cs5045ae.grading.export.late import settle
from cs5045ae.grading.export.roster import Roster
from cs5045ae.grading.export.rows import Row
from cs5045ae.grading.export.tables import (
    write_canvas,
    write_moodle,
    write_plain,
    write_tasks,
)

__all__ = ["export"]


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
