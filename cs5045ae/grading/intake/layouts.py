"""How the files of a source are named, and how many folders lie around them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo

from cs5045ae.grading.intake.depth import common_folders, plain_depth, words_around
from cs5045ae.grading.intake.files import holds_answers
from cs5045ae.grading.intake.names import (
    Reader,
    Whose,
    as_canvas,
    as_moodle,
    as_nbgrader,
    as_plain,
    by_pattern,
    tail,
)

__all__ = ["LAYOUTS", "Known", "Layout", "find_layout"]

DEEPEST = 8
Known = Callable[[Whose], bool]


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


LAYOUTS = {
    "moodle": Layout("moodle", as_moodle),
    "nbgrader": Layout("nbgrader", as_nbgrader),
    "canvas": Layout("canvas", as_canvas),
    "plain": Layout("plain", as_plain),
}


def find_layout(
    paths: Sequence[str],
    topic: str,
    pattern: str | None = None,
    *,
    depth: int | None = None,
    known: Known | None = None,
) -> Layout:
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
    depth : int, optional
        How many folders lie around those of the students; found by default.
    known : callable, optional
        Tells whether somebody is in the class list.

    Raises
    ------
    CourseError
        If the pattern is no regular expression or has no group ``id``, or if it cannot
        be told which folders are the students': a question, with what to answer.
    """
    if pattern is not None and pattern not in LAYOUTS:
        return Layout("the given pattern", by_pattern(pattern), depth or 0)
    names = [pattern] if pattern else list(LAYOUTS)
    notebooks = [path for path in paths if holds_answers(path)] or list(paths)
    if not notebooks:
        return replace(LAYOUTS[names[-1]], depth=depth or 0)
    depths = range(DEEPEST + 1) if depth is None else [depth]
    readings = [
        _Reading(replace(LAYOUTS[name], depth=number), notebooks, topic)
        for number in depths
        for name in names
    ]
    systems = [reading for reading in readings if reading.is_systems]
    first = min((r.layout.depth for r in systems), default=DEEPEST + 1)
    good = [r for r in systems if r.layout.depth == first]
    best = max(good, key=lambda reading: len(reading.heads), default=None)
    if known and (best is None or best.layout.name == "nbgrader"):
        # The shallowest level that names the class: what lies below, students chose.
        for reading in readings:
            if reading.covers and reading.share(known) >= 0.5:
                return reading.layout
    if best:
        return best.layout
    if pattern not in {None, "plain"}:
        return LAYOUTS[str(pattern)]
    if depth is None:
        depth = plain_depth(notebooks, topic)
    return replace(LAYOUTS["plain"], depth=depth)


class _Reading:
    """What a layout makes of the files of a source."""

    def __init__(self, layout: Layout, paths: Sequence[str], topic: str) -> None:
        self.layout, self.topic = layout, topic
        common = common_folders(paths)
        depth = layout.depth
        # By heads and branches, so that no student outvotes the class by many files.
        self.heads: dict[str, Whose] = {}
        self.read = [p for p in paths if layout.whose(p, topic)]
        for path in self.read:
            whose = layout.whose(path, topic)
            if whose:
                self.heads["/".join(path.split("/")[: depth + 1])] = whose
        self.all_heads = {
            "/".join(parts[: depth + 1])
            for parts in (p.split("/") for p in paths)
            if len(parts) > depth
        }
        branches = {"/".join(p.split("/")[: common + 1]) for p in paths}
        reached = {"/".join(p.split("/")[: common + 1]) for p in self.read}
        self.covers = bool(reached) and 2 * len(reached) >= len(branches)

    def share(self, known: Known) -> float:
        """Return the share of those named that are in the class list."""
        return sum(map(known, self.heads.values())) / max(1, len(self.all_heads))

    @property
    def is_systems(self) -> bool:
        """Whether a system named most of the files so."""
        if self.layout.name == "plain" or not self.covers:
            return False
        if self.layout.name == "nbgrader" and not self._are_students():
            return False
        return 2 * len(self.heads) >= len(self.all_heads)

    def _are_students(self) -> bool:
        """Tell ``<id>/<topic>/`` from a folder around a class: ``Sheets/<topic>/``."""
        below: dict[str, set[str]] = {}
        for path in self.read:
            parts = path.split("/")[self.layout.depth :]
            if len(parts) > 2 and parts[1] == self.topic:
                below.setdefault(parts[0], set()).add("/".join(parts[2:]))
        if not below:
            return True
        if all(words_around(head, self.topic) for head in below):
            return False
        direct = {n for names in below.values() for n in names if "/" not in n}
        if len(below) > 1:
            return bool(direct) or not all(len(n) > 1 for n in below.values())
        named = [n for n in direct if as_plain([n], self.topic, None)]
        tailed = any(tail(self.topic).search(n.rpartition(".")[0]) for n in named)
        return (
            bool(direct)
            and (len(named) < 2 or len(named) < len(direct))
            and (not tailed)
        )
