"""Which of the files a student handed in is the notebook, and what it holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cs5045ae.file_kind import FileKind, file_kind
from cs5045ae.grading.intake.archives import is_archive, what_to_do
from cs5045ae.grading.intake.files import ArrivedFile, Limits, Refused, shown
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.notebooks import read_notebook
from cs5045ae.grading.intake.rebuild import Rebuilt, rebuild
from cs5045ae.grading.intake.records import sha256
from cs5045ae.grading.intake.release import Release
from cs5045ae.grading.intake.sources import Bundle
from cs5045ae.grading.intake.times import nbgrader_time

__all__ = ["Candidate", "Chosen", "choose"]

CANDIDATES = 20
TIMESTAMP = "timestamp.txt"


@dataclass(frozen=True)
class Candidate:
    """A notebook that may be the one: rebuilt, or the reason why not."""

    file: ArrivedFile
    whose: Whose
    made: Rebuilt | None
    reason: str
    sha256: str = ""

    def rank(self, topic: str) -> tuple:
        """Order candidates: of this topic, readable, latest, worked on, well named."""
        made, time = self.made, self.file.claimed
        return (
            made is not None,
            self.whose.attempt,
            bool(made and made.answered),
            self.file.name.lower() == f"{topic}.ipynb",
            made.recognised if made else 0,
            time.timestamp() if time else 0.0,
        )


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
        The time in nbgrader's ``timestamp.txt``.
    notes, ignored : list of str
        What there is to say.
    """

    taken: Candidate | None
    reason: str
    kept: list[tuple[str, bytes]]
    stamp: datetime | None
    notes: list[str]
    ignored: list[str]


def choose(bundle: Bundle, release: Release, limits: Limits) -> Chosen:
    """Read what a student handed in and take the notebook of the topic.

    Parameters
    ----------
    bundle : Bundle
        The student's files.
    release : Release
        The exercise they answer.
    limits : Limits
        How much is read.
    """
    left, stamp = limits.student_bytes, None
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
        elif file.name == TIMESTAMP:
            stamp = _stamp(data, notes)
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
        return Chosen(None, _nothing(bundle), kept, stamp, notes, ignored)
    best, *others = sorted(
        candidates, key=lambda c: c.rank(release.topic), reverse=True
    )
    for other in others:
        ignored.append(f"{shown(other.file.path)}: {_not_taken(other, best)}.")
    if others and best.made:
        notes.append(_which(best, others))
    reason = best.reason if best.made is None else ""
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


def _nothing(bundle: Bundle) -> str:
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
    names = [shown(file.name, 40) for file in files][:3]
    handed_in = f"; handed in: {', '.join(names)}" if names else ""
    why = f"; {refused.rstrip('.')}" if refused else ""
    return f"there is no notebook in it{handed_in}{why}"


def _not_taken(other: Candidate, best: Candidate) -> str:
    if other.made is None:
        return other.reason
    if other.whose.attempt < best.whose.attempt:
        return "an earlier submission"
    return "another copy of the notebook"


def _which(best: Candidate, others: Sequence[Candidate]) -> str:
    name = shown(best.file.path)
    if any(other.whose.attempt > best.whose.attempt for other in others):
        return f"The latest that can be read was taken: {name}."
    if any(other.whose.attempt < best.whose.attempt for other in others):
        return f"Of {len(others) + 1} submissions the latest was taken: {name}."
    return f"Of {len(others) + 1} notebooks this was taken: {name}."
