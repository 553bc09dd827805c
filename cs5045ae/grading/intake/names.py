"""Whose file it is, told from the names that nbgrader, Moodle, Canvas or people give.

Only the part of a path that the system or the instructor wrote is read (the first
folder, or the first part of a flat name), never what follows it, which the student
chose.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import ENDING
from cs5045ae.grading.intake.times import plain_time

__all__ = [
    "Reader",
    "Whose",
    "as_canvas",
    "as_moodle",
    "as_nbgrader",
    "as_plain",
    "by_pattern",
    "tail",
]

NUMBER = r"(?: ?\((?P<copy>\d{1,6})\)|-(?P<again>\d{1,6}))?"
MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+(?:_(?P<file>.*))?"
)
CANVAS = re.compile(
    r"(?P<name>.+?)_(?:(?P<late>late)_)?(?P<id>\d+)_"
    r"(?:(?P<upload>\d+)_(?P<file>.+)|(?:text|link)\.html)",
    re.IGNORECASE,
)
CANVAS_ANONYMOUS = re.compile(
    r"anon_(?:(?P<late>late)_)?(?P<id>[a-z0-9]{5})_"
    r"(?:(?P<upload>\d+)_(?P<file>.+)|(?:text|link)\.html)",
    re.IGNORECASE,
)
EXCHANGE = re.compile(r"(?P<id>[^+]+)\+(?P<topic>[^+]+)\+(?P<time>[^+]+)(?:\+[^+]*)?")
ATTEMPT = re.compile(
    r"(?P<head>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.*))?"
)


@dataclass(frozen=True)
class Whose:
    """What a path says about its file.

    Parameters
    ----------
    student : str
        The id as it stands there.
    system : str
        Whose number it is: ``moodle``, ``canvas``, or empty for the course's own id.
    name : str
        The student's full name, if it stands there.
    attempt : tuple of int
        Orders the attempts of one student; files with the same belong together.
    late : bool
        True if the system marked it late.
    claimed : datetime.datetime or None
        A time of hand-in in the name.
    number : str
        The system's number, where another id was read by a pattern.
    """

    student: str
    system: str = ""
    name: str = ""
    attempt: tuple[int, ...] = ()
    late: bool = False
    claimed: datetime | None = None
    number: str = ""

    @property
    def label(self) -> str:
        """How the student stands in the source: ``Anna Roy_4711``."""
        number = self.lms_id or self.student
        if self.number and self.name in {"", self.student}:
            return f"{self.student}_{self.number}"
        return f"{self.name}_{number}" if self.name and self.system else self.student

    @property
    def lms_id(self) -> str:
        """The number of Moodle or Canvas for the student; empty if there is none."""
        return self.number or (self.student if self.system else "")

    @property
    def key(self) -> tuple[str, str]:
        """The same for all files that the source gives one student."""
        form = unicodedata.normalize("NFC", self.label)
        return (self.system, form)


Reader = Callable[[Sequence[str], str, tzinfo | None], Whose | None]


def tail(topic: str) -> re.Pattern[str]:
    """Match what follows an id in ``<id>_<topic>.ipynb``, its ending apart."""
    return re.compile(rf"(?<=.)[_ -]+{re.escape(topic)}{NUMBER}$", re.IGNORECASE)


def as_moodle(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    """Read ``<name>_<number>_assignsubmission_file_``, a folder or before a name."""
    match = MOODLE.fullmatch(parts[0])
    if not match or (len(parts) == 1 and not match["file"]):
        return None
    return Whose(match["id"], "moodle", match["name"])


def as_canvas(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    """Read ``<name>_<late>_<number>_<upload>_<file>``, also unpacked as a folder."""
    match = CANVAS_ANONYMOUS.fullmatch(parts[0]) or CANVAS.fullmatch(parts[0])
    if not match or (len(parts) > 1 and not match["file"]):
        return None
    if f"{match['upload']}_{match['file']}".casefold().startswith(topic.casefold()):
        return None  # anna_7_01_pca: the number of the topic, not of an upload
    again = re.search(r"-(\d{1,6})(\.\w+)?$", match["file"] or "")
    attempt = (int(again[1]) if again else 0, int(match["upload"] or 0))
    name = match.groupdict().get("name") or ""
    return Whose(match["id"], "canvas", name, attempt, bool(match["late"]))


def as_nbgrader(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    """Read ``<id>/<topic>/``, or the folders of nbgrader's exchange."""
    if match := EXCHANGE.fullmatch(parts[0]):
        if match["topic"] != topic or len(parts) < 2:
            return None
        time = plain_time(match["time"], zone)
        return Whose(match["id"], attempt=_order(time), claimed=time)
    if match := ATTEMPT.fullmatch(parts[0]):
        time = plain_time(match["time"], zone)
        student = match["head"].rpartition("_")[2]
        return Whose(student, attempt=_order(time), claimed=time) if student else None
    if len(parts) > 2 and parts[1] == topic:
        return Whose(parts[0])
    return None


def as_plain(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    """Read a folder for each student, or files named ``<id>_<topic>``."""
    if len(parts) > 1:
        return Whose(parts[0])
    ending = ENDING.search(parts[0])
    if ending is None:
        return None
    stem = parts[0][: ending.start()]
    if re.fullmatch(topic + NUMBER, stem, re.IGNORECASE):
        return None
    behind = tail(topic).search(stem)
    if behind is None:
        stem = re.sub(rf"{re.escape(topic)}[_ -]+(?=.)", "", stem, count=1, flags=re.I)
        behind = re.search(NUMBER.replace("|-", "|(?!)-") + "$", stem)
    student = stem[: behind.start()] if behind else stem
    number = (behind["copy"] or behind["again"] or "0") if behind else "0"
    return Whose(student, attempt=(int(number),)) if student else None


def by_pattern(pattern: str) -> Reader:
    """Return a reader by a regular expression with a group named ``id``.

    Raises
    ------
    CourseError
        If it is no regular expression or has no such group.
    """
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise CourseError(f"{pattern!r} is no regular expression: {error}.") from None
    if "id" not in compiled.groupindex:
        raise CourseError(
            f"The pattern {pattern!r} has no group named id. Write one around the "
            "student's id, as in (?P<id>[^_]+)_.*"
        )

    def read(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
        match = compiled.match("/".join(parts))
        if not match:
            return None
        said = {key: value or "" for key, value in match.groupdict().items()}
        if not said["id"] or said.get("topic", topic) != topic:
            return None
        time = plain_time(said.get("time", ""), zone)
        number = re.sub(r"\D", "", said.get("attempt", ""))[:9]
        # What the system wrote stays known: its tables ask for it.
        found = (
            reader(parts[n:], topic, zone)
            for n in range(len(parts))
            for reader in (as_moodle, as_canvas)
        )
        system = next(filter(None, found), None) or Whose("")
        return Whose(
            said["id"],
            system.system,
            said.get("name") or system.name,
            (*_order(time), int(number or 0)),
            bool(said.get("late")) or system.late,
            time,
            system.student if system.student != said["id"] else "",
        )

    return read


def _order(time: datetime | None) -> tuple[int]:
    return (int(time.timestamp()) if time else 0,)
