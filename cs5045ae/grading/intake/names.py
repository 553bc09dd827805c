"""Whose file it is, told from the names that nbgrader, Moodle, Canvas or people give.

Only the part of a path that the system or the instructor wrote is read (the first
folder, or the first part of a flat name), never what follows it, which the student
chose.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import is_notebook
from cs5045ae.grading.intake.times import plain_time

__all__ = ["LAYOUTS", "Layout", "Whose", "find_layout"]

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
WRAPPERS = {"submitted", "submissions", "collected", "inbound", "downloaded"}


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
    """

    student: str
    system: str = ""
    name: str = ""
    attempt: tuple[int, ...] = ()
    late: bool = False
    claimed: datetime | None = None


Reader = Callable[[Sequence[str], str, tzinfo | None], Whose | None]


@dataclass(frozen=True)
class Layout:
    """A way of naming files, and how many outer folders lie around it."""

    name: str
    read: Reader
    depth: int = 0

    def whose(self, path: str, topic: str, zone: tzinfo | None = None) -> Whose | None:
        """Return what a path says, None if it names no student."""
        parts = path.split("/")[self.depth :]
        return self.read(parts, topic, zone) if parts else None


def find_layout(paths: Sequence[str], topic: str, pattern: str | None = None) -> Layout:
    """Find how the files of a source are named.

    Parameters
    ----------
    paths : sequence of str
        Of all files, parts joined by ``/``.
    topic : str
        Such as ``01_pca``.
    pattern : str, optional
        The name of a layout (``nbgrader``, ``moodle``, ``canvas``, ``plain``), or a
        regular expression, matched from the start of a path, with a group named ``id``
        and perhaps groups ``name``, ``topic``, ``time``, ``attempt``, ``late``.

    Raises
    ------
    CourseError
        If the pattern is no regular expression or has no group ``id``.
    """
    if pattern is not None and pattern not in LAYOUTS:
        return Layout("the given pattern", _by_pattern(pattern))
    notebooks = [path for path in paths if is_notebook(path)] or list(paths)
    common = _common_folders(notebooks)
    best, most = None, 0
    for depth in range(min(common, 3) + 1):
        for layout in LAYOUTS.values():
            if layout.name == "plain" or pattern not in {None, layout.name}:
                continue
            found = replace(layout, depth=depth)
            # By heads, so that no student outvotes the class by many files.
            heads = {p.split("/")[depth] for p in notebooks if found.whose(p, topic)}
            if len(heads) > most:
                best, most = found, len(heads)
    if best and (pattern or 2 * most >= _heads(notebooks, best.depth)):
        return best
    if pattern not in {None, "plain"}:
        return LAYOUTS[str(pattern)]
    return replace(LAYOUTS["plain"], depth=_plain_depth(notebooks, topic, common))


def _common_folders(paths: Sequence[str]) -> int:
    folders = [path.split("/")[:-1] for path in paths]
    count = 0
    while folders and all(len(f) > count for f in folders):
        if len({f[count] for f in folders}) > 1:
            break
        count += 1
    return count


def _heads(paths: Sequence[str], depth: int) -> int:
    return len({path.split("/")[depth] for path in paths})


def _plain_depth(notebooks: Sequence[str], topic: str, common: int) -> int:
    """Tell how many folders lie around those (or the files) that name students."""
    depth = 0
    while depth < common:
        parts = [path.split("/")[depth:] for path in notebooks]
        around = parts[0][0] in WRAPPERS or parts[0][0] == topic
        below = {p[1] for p in parts if len(p) > 2}
        named = {p[1] for p in parts if len(p) == 2 and _tail(topic).search(p[1])}
        if not around and len(below) < 2 and len(named) < 2:
            break
        depth += 1
    return depth


def _tail(topic: str) -> re.Pattern[str]:
    """Match what follows an id in ``<id>_<topic>.ipynb``."""
    return re.compile(rf"(?<=.)[_ -]{re.escape(topic)}{NUMBER}\.ipynb$", re.IGNORECASE)


def _moodle(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    match = MOODLE.fullmatch(parts[0])
    if not match or (len(parts) == 1 and not match["file"]):
        return None
    return Whose(match["id"], "moodle", match["name"])


def _canvas(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    if len(parts) > 1:
        return None
    match = CANVAS_ANONYMOUS.fullmatch(parts[0]) or CANVAS.fullmatch(parts[0])
    if not match:
        return None
    again = re.search(r"-(\d{1,6})\.\w+$", match["file"] or "")
    attempt = (int(again[1]) if again else 0, int(match["upload"] or 0))
    name = match.groupdict().get("name") or ""
    return Whose(match["id"], "canvas", name, attempt, bool(match["late"]))


def _nbgrader(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
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


def _plain(parts: Sequence[str], topic: str, zone: tzinfo | None) -> Whose | None:
    if len(parts) > 1:
        return Whose(parts[0])
    stem, _, ending = parts[0].rpartition(".")
    if ending.lower() != "ipynb" or re.fullmatch(topic + NUMBER, stem, re.IGNORECASE):
        return None
    tail = _tail(topic).search(parts[0])
    if tail is None:
        tail = re.search(NUMBER.replace("|-", "|(?!)-") + r"\.ipynb$", parts[0], re.I)
    student = parts[0][: tail.start()] if tail else stem
    number = (tail["copy"] or tail["again"] or "0") if tail else "0"
    return Whose(student, attempt=(int(number),)) if student else None


def _by_pattern(pattern: str) -> Reader:
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
        attempt = (*_order(time), int(number or 0))
        late = bool(said.get("late"))
        return Whose(said["id"], "", said.get("name", ""), attempt, late, time)

    return read


def _order(time: datetime | None) -> tuple[int]:
    return (int(time.timestamp()) if time else 0,)


LAYOUTS = {
    "moodle": Layout("moodle", _moodle),
    "nbgrader": Layout("nbgrader", _nbgrader),
    "canvas": Layout("canvas", _canvas),
    "plain": Layout("plain", _plain),
}
