"""Which of the files a student handed in is the notebook, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cs5045ae.file_kind import FileKind, file_kind
from cs5045ae.grading.intake.archives import is_archive, what_to_do
from cs5045ae.grading.intake.candidates import (
    Candidate,
    in_order,
    numbered,
    why_taken,
)
from cs5045ae.grading.intake.file_times import FileTimes
from cs5045ae.grading.intake.files import ArrivedFile, Limits, Refused, shown
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.notebooks import read_notebook
from cs5045ae.grading.intake.rebuild import rebuild
from cs5045ae.grading.intake.records import sha256
from cs5045ae.grading.intake.release import Release
from cs5045ae.grading.intake.sources import Bundle
from cs5045ae.grading.intake.times import nbgrader_time

__all__ = ["Chosen", "choose"]

CANDIDATES = 20
TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Chosen:
    """What is taken from a bundle.

    Parameters
    ----------
    taken : Candidate or None
        The best notebook; None if there is none at all.
    reason : str
        Why nothing can be graded; empty if something can.
    kept : list of (str, bytes)
        All bytes that came, for appeals.
    stamp : datetime.datetime or None
        The time in the ``timestamp.txt`` of nbgrader's exchange.
    notes, ignored : list of str
        What there is to say.
    """

    taken: Candidate | None
    reason: str
    kept: list[tuple[str, bytes]]
    stamp: datetime | None
    notes: list[str]
    ignored: list[str]


def choose(
    bundle: Bundle, release: Release, limits: Limits, times: FileTimes
) -> Chosen:
    """Read what a student handed in and take the notebook of the topic.

    Parameters
    ----------
    bundle : Bundle
        The student's files.
    release : Release
        The exercise they answer.
    limits : Limits
        How much is read.
    times : FileTimes
        Of the class.
    """
    left = limits.student_bytes
    stamps: dict[tuple[int, ...], tuple[int, datetime | None]] = {}
    kept: list[tuple[str, bytes]] = []
    notes: list[str] = []
    ignored, candidates = list(bundle.ignored), []
    renamed: list[tuple[ArrivedFile, Whose, bytes]] = []
    ordered = sorted(bundle.files, key=lambda pair: _likely(pair, release.topic))
    for file, whose in ordered:
        name = shown(file.path)
        try:
            data = file.read(min(limits.file_bytes, left))
        except Refused as problem:
            if file.is_notebook:
                candidates.append(Candidate(file, whose, None, str(problem)))
            else:
                ignored.append(f"{name}: {problem}.")
            continue
        left -= len(data)
        kept.append((file.path, data))
        if file.is_notebook and len(candidates) < CANDIDATES:
            candidates.append(_candidate(file, whose, data, release))
        elif file.name == TIMESTAMP and _of_nbgrader(file, times, release.topic):
            depth = file.path.count("/")  # one that lies deeper is the student's own
            if depth < stamps.get(whose.attempt, (depth + 1,))[0]:
                stamps[whose.attempt] = (depth, _stamp(data, notes))
        elif file.name == TIMESTAMP:
            notes.append(f"Its {TIMESTAMP} was not used: a student can write it.")
        elif file_kind(data) is FileKind.NOTEBOOK and not file.is_notebook:
            renamed.append((file, whose, data))
        else:
            ignored.append(f"{name}: {_why(file, bundle)}.")
    for file, whose, data in renamed:
        if any(c.file.is_notebook for c in candidates) or len(candidates) == CANDIDATES:
            ignored.append(f"{shown(file.path)}: not named as a notebook.")
        else:
            candidates.append(_candidate(file, whose, data, release))
    if not candidates:
        stamp = stamps[max(stamps)][1] if stamps else None
        return Chosen(None, _nothing(bundle, kept), kept, stamp, notes, ignored)
    best, *others = in_order(candidates, release.topic, times)
    for other in others:
        ignored.append(f"{shown(other.file.path)}: {_not_taken(other, best, times)}.")
    if others and best.made:
        notes.append(why_taken(best, others, times))
    reason = best.reason if best.made is None else ""
    _, stamp = stamps.get(best.whose.attempt, (0, None))
    return Chosen(best, reason, kept, stamp, notes, ignored)


def _likely(pair: tuple[ArrivedFile, Whose], topic: str) -> tuple:
    """Put first what may be the notebook: only so many are looked into."""
    file, whose = pair
    later = tuple(-number for number in whose.attempt)
    return (not file.is_notebook, topic not in file.name.lower(), later, file.path)


def _candidate(
    file: ArrivedFile, whose: Whose, data: bytes, release: Release
) -> Candidate:
    try:
        made = rebuild(release, read_notebook(data))
    except Refused as problem:
        return Candidate(file, whose, None, str(problem))
    except Exception as error:  # whatever it is, it must not stop the class
        reason = f"reading it ended in an error ({type(error).__name__})"
        return Candidate(file, whose, None, reason)
    if not made.recognised:
        reason = f"it is not the exercise {release.topic}: none of its tasks is in it"
        return Candidate(file, whose, None, reason)
    return Candidate(file, whose, made, "", sha256(data))


def _stamp(data: bytes, notes: list[str]) -> datetime | None:
    try:
        return nbgrader_time(data[:200].decode("utf-8", "replace"))
    except ValueError as error:
        notes.append(f"Its {TIMESTAMP} was not used: {shown(str(error))}")
        return None


def _of_nbgrader(file: ArrivedFile, times: FileTimes, topic: str) -> bool:
    """Tell whether a timestamp.txt stands where nbgrader's exchange writes its own."""
    folder = file.path.split("/")[-2:-1]
    return times.layout == "nbgrader" and (folder == [topic] or "+" in "".join(folder))


def _why(file: ArrivedFile, bundle: Bundle) -> str:
    name = file.name.lower()
    if is_archive(name):
        opened = any(f.path.startswith(f"{file.path}/") for f, _ in bundle.files)
        if opened:
            return "a zip archive, which was opened"
        if name.endswith(".zip") and any(f.is_notebook for f, _ in bundle.files):
            return "a zip archive, which was not opened: a notebook lies beside it"
        return what_to_do(file.name)
    if name.endswith(".ipynb"):
        return "one notebook too many"
    if name.endswith(".py"):
        return "not a notebook, and the answers cannot import it"
    return "not a notebook"


def _nothing(bundle: Bundle, kept: Sequence[tuple[str, bytes]]) -> str:
    files = [file for file, _ in bundle.files]
    closed = [
        file
        for file in files
        if is_archive(file.name)
        and not any(other.path.startswith(f"{file.path}/") for other in files)
    ]
    refused = next((t for t in bundle.ignored if not closed or closed[0].path in t), "")
    if closed and not refused:
        name = shown(closed[0].name, 60)
        return f"there is no notebook in it; {name} is {what_to_do(closed[0].name)}"
    kinds = {path: file_kind(data) for path, data in kept}
    names = [_with_kind(file, kinds.get(file.path)) for file in files[:3]]
    handed_in = f"; handed in: {', '.join(names)}" if names else ""
    why = f"; {refused.rstrip('.')}" if refused else ""
    return f"there is no notebook in it{handed_in}{why}"


def _with_kind(file: ArrivedFile, kind: FileKind | None) -> str:
    name = shown(file.name, 40)
    known = kind not in {None, FileKind.TEXT, FileKind.BINARY, FileKind.JSON}
    return f"{name} (it is {kind})" if known else name


def _not_taken(other: Candidate, best: Candidate, times: FileTimes) -> str:
    if other.made is None:
        return other.reason
    if numbered(times) and other.whose.attempt < best.whose.attempt:
        return "an earlier submission"
    return "another copy of the notebook"
