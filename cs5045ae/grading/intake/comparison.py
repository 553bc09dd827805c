"""Who is missing, unknown or in doubt after collecting, in sentences."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.files import shown
from cs5045ae.grading.intake.received import Received

__all__ = ["compared_with_class"]

NAMED = 20


def compared_with_class(
    rows: Sequence[Received], people: ClassList, course_root: Path, topic: str
) -> list[str]:
    """Compare what was collected for a topic, now and before, with the class list.

    Parameters
    ----------
    rows : sequence of Received
        From `collect`.
    people : ClassList
        The class; empty if there is no list.
    course_root : pathlib.Path
        Where ``received/`` stands.
    topic : str
        Such as ``01_pca``.

    Returns
    -------
    list of str
        How many were collected, who is missing, who is not in the list, and who is in
        doubt, with what to type for each.
    """
    records = (course_root / "received" / topic).glob("*/record.json")
    present = {path.parent.name for path in records}
    doubtful = [row for row in rows if row.status == "doubtful"]
    lines = []
    if people:
        meant = {student for row in doubtful for student in row.candidates}
        refused = {row.student for row in rows if row.status == "refused"}
        ids = people.by_disk()
        there = [one for one, folder in people.disk.items() if folder in present]
        missing = [
            people.shown(one)
            for one, folder in people.disk.items()
            if folder not in present and one not in meant and folder not in refused
        ]
        unknown = [
            _with_name(row) for row in rows if row.submitted and row.student not in ids
        ]
        lines.append(
            f"Collected for {topic}, now or before: {len(there)} of the "
            f"{len(people.people)} in {people.title}."
        )
        lines += _listed("Missing", missing)
        lines += _listed(f"Not in {people.title}", unknown)
    else:
        lines.append(
            f"Collected for {topic}, now or before: {len(present)}. There is no "
            f"{people.title}, so nobody can say who is missing; see docs/grading.md."
        )
    if doubtful:
        lines.append(
            f"Doubtful, and not collected: {len(doubtful)}. Say whose each is by "
            "collecting again with these options, the right id in them:"
        )
    names = Counter(row.name for row in doubtful)
    for row in doubtful:
        # A name holds for the term; Moodle's numbers are others for each topic.
        by_name = row.name and names[row.name] == 1
        options = row.candidates[:3] or ("ID",)
        for number, student in enumerate(options):
            seen = row.name if by_name else row.student
            pair = f"{seen}={student}".replace('"', '\\"')
            either = "  or " if number else "  "
            lines.append(f'{either}--map "{pair}"')
    return lines


def _with_name(row: Received) -> str:
    return f"{row.student} ({row.name})" if row.name else row.student


def _listed(what: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    listed = ", ".join(shown(name, 80) for name in names[:NAMED])
    return [f"{what}: {len(names)} ({listed}{more})."]
