"""Which of several notebooks of one student counts, and how that is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from cs5045ae.grading.intake.file_times import FileTimes
from cs5045ae.grading.intake.files import ArrivedFile, shown
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.rebuild import Rebuilt
from cs5045ae.grading.intake.times import credible, iso

__all__ = ["Candidate", "in_order", "numbered", "why_taken"]

APART = timedelta(seconds=2)  # a zip counts in steps of two seconds
APART_IN_A_COPY = timedelta(minutes=1)
NAMED = 4


@dataclass(frozen=True)
class Candidate:
    """A notebook that may be the one: rebuilt, or the reason why not."""

    file: ArrivedFile
    whose: Whose
    made: Rebuilt | None
    reason: str
    sha256: str = ""

    @property
    def answered(self) -> int:
        """How many answers it holds."""
        return self.made.answered if self.made else 0


def numbered(times: FileTimes) -> bool:
    """Tell whether attempts are numbered by the system, not by a browser."""
    return times.layout != "plain"


def in_order(
    candidates: Sequence[Candidate], topic: str, times: FileTimes
) -> list[Candidate]:
    """Put the notebook that counts first.

    A later attempt of the system goes before an earlier one; a notebook with answers
    before one without; of those the newer, whatever its name. Where the times do not
    tell, the one with more answers, then the one that is named like the exercise.

    Parameters
    ----------
    candidates : sequence of Candidate
        Of one student.
    topic : str
        Such as ``01_pca``.
    times : FileTimes
        Of the class.
    """
    tell = _times_tell(candidates, times)

    def rank(one: Candidate) -> tuple:
        changed = one.file.claimed
        attempt = one.whose.attempt
        return (
            one.made is not None,
            attempt if numbered(times) else (),
            one.answered > 0,
            changed.timestamp() if changed and tell else 0.0,
            one.answered,
            () if numbered(times) else attempt,
            one.file.name.lower() == f"{topic}.ipynb",
            one.made.recognised if one.made else 0,
        )

    return sorted(candidates, key=rank, reverse=True)


def _times_tell(candidates: Sequence[Candidate], times: FileTimes) -> bool:
    """Tell whether the times of some notebooks say which of them is the newer."""
    usable = [one for one in candidates if one.answered]
    changed = [one.file.claimed for one in usable]
    known = [time for time in changed if time and credible(time, times.now)]
    if len(known) < max(2, len(usable)):
        return False
    copied = any(times.doubt(one.file.claimed, one.whose.system) for one in usable)
    return max(known) - min(known) > (APART_IN_A_COPY if copied else APART)


def why_taken(best: Candidate, others: Sequence[Candidate], times: FileTimes) -> str:
    """Say which notebook was taken and why, and name the others with their times.

    Parameters
    ----------
    best : Candidate
        The one taken.
    others : sequence of Candidate
        The others, one at least.
    times : FileTimes
        Of the class.
    """
    attempts = [other.whose.attempt for other in others]
    count, name = len(others) + 1, _dated(best)
    if any(a > best.whose.attempt and not o.made for a, o in _pairs(attempts, others)):
        why = f"The latest that can be read was taken: {name}."
    elif numbered(times) and all(attempt < best.whose.attempt for attempt in attempts):
        return f"Of {count} submissions the latest was taken: {name}."
    else:
        why = f"Of {count} notebooks {_reason(best, others, times)} was taken: {name}."
    listed = ", ".join(_dated(other) for other in others[:NAMED])
    more = f" and {len(others) - NAMED} more" if len(others) > NAMED else ""
    return f"{why} Not taken: {listed}{more}."


def _pairs(attempts: list, others: Sequence[Candidate]) -> zip:
    return zip(attempts, others, strict=True)


def _reason(best: Candidate, others: Sequence[Candidate], times: FileTimes) -> str:
    readable = [other for other in others if other.made]
    rivals = [other for other in readable if other.answered]
    if not readable:
        return "the only one that can be read as this exercise"
    if not rivals:
        return "the one with answers" if best.answered else "one without answers"
    if _times_tell([best, *rivals], times):
        return "the newer" if len(rivals) == 1 else "the newest"
    if all(other.sha256 == best.sha256 for other in rivals):
        return "one of the same content"
    unsure = "(their times do not say which is newer)"
    if all(other.answered < best.answered for other in rivals):
        return f"{unsure} the one with the most answers, {best.answered},"
    return f"{unsure} one of those with the most answers, {best.answered},"


def _dated(one: Candidate) -> str:
    name, changed = shown(one.file.path), one.file.claimed
    if one.whose.system == "canvas":
        return name  # its time is that of the download
    return f"{name} ({iso(changed) if changed else 'no time'})"
