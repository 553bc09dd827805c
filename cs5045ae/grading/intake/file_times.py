"""Which times of files can be believed to be times of hand-in.

A copy, an unpacked zip and many a download give every file the time at which they were
made. Such a time is the latest at which the file can have been handed in, no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cs5045ae.grading.intake.times import credible

__all__ = ["MOMENT", "FileTimes"]

FRESH = timedelta(minutes=15)
MOMENT = timedelta(minutes=5)
COPYING = timedelta(seconds=2)  # between two files of one copy; a zip counts in twos

CANVAS = "Canvas writes no time of hand-in into its download"
NONE = "its file has no time that can be right"
AT_COLLECTING = "its file was written shortly before collecting, as a copy is"
AT_DOWNLOAD = "its file was written when the zip was, as in a copy or a download"
TOGETHER = "the files of the class were written in one go, as in a copy or a download"


@dataclass(frozen=True)
class FileTimes:
    """The times of a class's files, and which of them say when a file was handed in.

    Parameters
    ----------
    layout : str
        How the names of the source were read.
    by_student : mapping
        From each student to the latest time of a file of theirs.
    now : datetime.datetime
        When it is collected.
    packed : datetime.datetime or None
        When the zip was written, if the source is one.
    """

    layout: str
    by_student: Mapping[str, datetime]
    now: datetime
    packed: datetime | None = None
    together: list[tuple[datetime, datetime]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        times = sorted(t for t in self.by_student.values() if credible(t, self.now))
        object.__setattr__(self, "together", written_together(times))

    def doubt(self, time: datetime | None, system: str = "") -> str:
        """Say why a time of a file is no time of hand-in; empty if it can be one.

        Parameters
        ----------
        time : datetime.datetime or None
            As the source gives it.
        system : str
            ``moodle``, ``canvas`` or empty.
        """
        if system == "canvas":
            return CANVAS
        if time is None or not credible(time, self.now):
            return NONE
        if self.now - time < FRESH:
            return AT_COLLECTING
        if self.packed and abs(self.packed - time) < FRESH:
            return AT_DOWNLOAD
        if any(first <= time <= last for first, last in self.together):
            return TOGETHER
        return ""


def written_together(times: Sequence[datetime]) -> list[tuple[datetime, datetime]]:
    """Find the spans in which files of several students were written in one go.

    They are most of a class, and three at least, within five minutes, or any three that
    follow each other within two seconds.

    Parameters
    ----------
    times : sequence of datetime.datetime
        One for each student, in order.
    """
    count = len(times)
    spans = []
    most = max(3, count // 2 + 1)
    for first in range(count - most + 1):
        if times[first + most - 1] - times[first] <= MOMENT:
            spans.append((times[first], times[first + most - 1]))
    for first in range(count - 2):
        if all(times[i + 1] - times[i] <= COPYING for i in (first, first + 1)):
            spans.append((times[first], times[first + 2]))
    return spans
