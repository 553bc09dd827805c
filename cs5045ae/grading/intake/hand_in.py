"""When a submission was handed in, and whether that is known.

The time that the receiving system wrote goes first. What a student can write, such as a
``timestamp.txt`` inside a submission to Moodle, is never asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cs5045ae.grading.intake.choose import Chosen
from cs5045ae.grading.intake.file_times import FileTimes
from cs5045ae.grading.intake.files import ArrivedFile
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.received import Received
from cs5045ae.grading.intake.records import GIVEN
from cs5045ae.grading.intake.sources import Bundle, Source
from cs5045ae.grading.intake.times import credible, from_timestamp, iso

__all__ = ["HandIn", "class_times", "time_of_hand_in", "unknown_times"]

NOTED = timedelta(minutes=5)


@dataclass(frozen=True)
class HandIn:
    """A time of hand-in.

    Parameters
    ----------
    time : datetime.datetime
        The time; if it is not known, the latest that it can be.
    source : str
        Where it stands.
    claimed : datetime.datetime or None
        What the source gave, right or not.
    doubt : str
        Why it is not known; empty if it is.
    """

    time: datetime
    source: str
    claimed: datetime | None
    doubt: str = ""


def class_times(source: Path, found: Source, now: datetime) -> FileTimes:
    """Gather the times of a class's files, to tell which can be believed.

    Parameters
    ----------
    source : pathlib.Path
        The folder or zip.
    found : Source
        What is in it.
    now : datetime.datetime
        When it is collected.
    """
    latest = {bundle.student: _latest(bundle) for bundle in found.bundles}
    times = {s: file.claimed for s, file in latest.items() if file and file.claimed}
    packed = from_timestamp(source.stat().st_mtime) if source.is_file() else None
    return FileTimes(found.layout, times, now, packed)


def time_of_hand_in(
    bundle: Bundle,
    chosen: Chosen,
    whose: Whose,
    times: FileTimes,
    at: datetime | None = None,
) -> HandIn:
    """Return when a student handed in; a note goes to `chosen` if that is not plain.

    Parameters
    ----------
    bundle : Bundle
        What came from the student.
    chosen : Chosen
        What is taken of it.
    whose : Whose
        What the name of that file says.
    times : FileTimes
        Of the class.
    at : datetime.datetime, optional
        Given by the instructor, before all others.
    """
    file = chosen.taken.file if chosen.taken else _latest(bundle)
    changed = file.claimed if file else None
    if at:
        return HandIn(at, GIVEN, whose.claimed or changed)
    if whose.claimed and credible(whose.claimed, times.now):
        return HandIn(whose.claimed, "the name in the source", whose.claimed)
    doubt = times.doubt(changed, whose.system)
    known = changed if file and changed and not doubt else None
    stamp = chosen.stamp if credible(chosen.stamp, times.now) else None
    if stamp and file:
        # The student's own machine wrote timestamp.txt: a later change speaks louder.
        if not known or not file.zone_known or known <= stamp:
            return HandIn(stamp, "timestamp.txt", stamp)
        if known - stamp > NOTED:
            chosen.notes.append(
                f"Its timestamp.txt says {iso(stamp)}, but the notebook was changed at "
                f"{iso(known)}, which counts."
            )
    if known:
        return HandIn(known, "the time of the file", known)
    claimed = whose.claimed or changed
    if changed and credible(changed, times.now):
        latest = min(changed, times.now)
        return HandIn(latest, "the time of the file, at the latest", claimed, doubt)
    return HandIn(times.now, "the time of collecting", claimed, doubt)


def unknown_times(rows: Iterable[Received], topic: str) -> list[str]:
    """Return what there is to say once about times of hand-in that are not known.

    Parameters
    ----------
    rows : iterable of Received
        From `collect`.
    topic : str
        Such as ``01_pca``.

    Returns
    -------
    list of str
        A sentence for the students whose time is unknown, one for those of Canvas, as
        far as there are any.
    """
    taken = [row for row in rows if row.submitted]
    unknown = [row for row in taken if row.doubt and row.late_mark is None]
    late = sum(bool(row.doubt and row.late_mark) for row in taken)
    sentences = []
    if unknown:
        sentences.append(
            f"Time of hand-in unknown: {len(unknown)} of {len(taken)}. Nobody loses "
            "points for lateness by that. Collect again with --at TIME, or write the "
            f"days late (0 for none) into a column late_{topic} of roster.csv."
        )
    if late:
        sentences.append(
            f"Marked LATE by Canvas, which does not say how late: {late}. That counts "
            f"as one day, unless late_{topic} in roster.csv says otherwise."
        )
    return sentences


def _latest(bundle: Bundle) -> ArrivedFile | None:
    """Return the file that was changed last, a notebook if there is one."""
    files = [file for file, _ in bundle.files if file.claimed]
    files = [f for f in files if f.is_notebook] or [
        # Moodle makes these two itself when the class is downloaded.
        f
        for f in files
        if f.name != "timestamp.txt" and "assignsubmission_onlinetext" not in f.path
    ]
    return max(files, key=lambda file: file.claimed or 0, default=None)  # type: ignore[arg-type, return-value]
