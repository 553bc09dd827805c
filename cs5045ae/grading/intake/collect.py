"""Take in what a class has handed in, and make of it what nbgrader can grade safely."""

from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from filelock import FileLock

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.choose import Chosen, choose
from cs5045ae.grading.intake.class_list import ClassList
from cs5045ae.grading.intake.file_times import FileTimes
from cs5045ae.grading.intake.files import LIMITS, Limits, shown
from cs5045ae.grading.intake.hand_in import class_times, time_of_hand_in
from cs5045ae.grading.intake.identities import Identities
from cs5045ae.grading.intake.keeping import is_ours, keep_received, place_submission
from cs5045ae.grading.intake.names import Whose
from cs5045ae.grading.intake.rebuild import unsolved
from cs5045ae.grading.intake.received import Received, as_received
from cs5045ae.grading.intake.records import (
    Record,
    read_record,
    received_folder,
)
from cs5045ae.grading.intake.release import Release, read_release
from cs5045ae.grading.intake.renamed import take_over
from cs5045ae.grading.intake.sources import Bundle, read_source
from cs5045ae.grading.intake.system_files import of_computers
from cs5045ae.grading.intake.times import iso

__all__ = ["collect"]


def collect(
    source: Path | str,
    topic: str,
    course_root: Path | str,
    *,
    pattern: str | None = None,
    depth: int | None = None,
    people: ClassList | None = None,
    identities: Identities | None = None,
    at: datetime | None = None,
    zone: tzinfo | None = None,
    limits: Limits = LIMITS,
) -> list[Received]:
    """Take in the submissions to a topic.

    Parameters
    ----------
    source : path
        A folder or a zip, named as nbgrader, Moodle, Canvas or people name things.
    topic : str
        Such as ``01_pca``.
    course_root : path
        Where ``exercises/``, ``submitted/`` and ``received/`` stand.
    pattern : str, optional
        How names are to be read, if not as found: see `find_layout`.
    depth : int, optional
        How many folders lie around those of the students; found by default.
    people : ClassList, optional
        The class, to know people by their ids, numbers and names.
    identities : Identities, optional
        What a person has said of those whom names do not tell.
    at : datetime.datetime, optional
        The time of hand-in of all, with a zone, in place of the times in the source.
    zone : datetime.tzinfo, optional
        Of the times in a zip, which are local; this machine's by default.
    limits : Limits
        How much is read.

    Returns
    -------
    list of Received
        One for each student, by id, then one for each that is in doubt, for each file
        that is nobody's, and for what computers left there.

    Raises
    ------
    CourseError
        If the source, the topic or the pattern cannot be used at all, or it cannot be
        told which folders are the students'.
    """
    source, course_root = Path(source), Path(course_root).resolve()
    if at is not None and at.tzinfo is None:
        raise CourseError("The time of hand-in needs a zone, such as +01:00.")
    release = read_release(course_root, topic)
    people = people or ClassList()
    found = read_source(
        source,
        topic,
        limits,
        pattern=pattern,
        depth=depth,
        people=people,
        identities=identities,
        zone=zone,
    )
    rows = [Received(name, "refused", why) for name, why in found.refused.items()]
    times = class_times(source, found, datetime.now(UTC))
    (course_root / "received").mkdir(exist_ok=True)
    with FileLock(course_root / "received" / ".lock"):
        listed = set(people.disk.values())
        for bundle in found.bundles:
            before = take_over(course_root, topic, bundle.student, bundle.heads, listed)
            chosen = choose(bundle, release, limits, times)
            chosen.notes.extend(f"It was collected as {old} before." for old in before)
            try:
                rows.append(_take(course_root, release, bundle, chosen, times, at))
            except CourseError as error:
                rows.append(Received(bundle.student, "refused", str(error).rstrip(".")))
            except OSError as error:
                why = f"it could not be written ({error.strerror})"
                rows.append(Received(bundle.student, "refused", why))
    rows.sort(key=lambda row: row.student)
    for doubt in sorted(found.doubts, key=lambda doubt: doubt.whose.key):
        label = shown(doubt.whose.label)
        row = Received(label, "doubtful", doubt.reason, name=shown(doubt.whose.name))
        rows.append(replace(row, candidates=doubt.candidates))
    rows += [Received("", "ignored", why, shown(path)) for path, why in found.nobody]
    if found.system:
        rows.append(Received("", "system", of_computers(found.system).rstrip(".")))
    return rows


def _take(
    course_root: Path,
    release: Release,
    bundle: Bundle,
    chosen: Chosen,
    times: FileTimes,
    at: datetime | None,
) -> Received:
    topic, student, taken = release.topic, bundle.student, chosen.taken
    before = read_record(course_root, topic, student)
    whose = (
        taken.whose if taken else (bundle.files[0][1] if bundle.files else Whose(""))
    )
    hand_in = time_of_hand_in(bundle, chosen, whose, times, at)
    if before and taken and taken.made and taken.sha256 == before.submitted_sha256:
        # What collect itself wrote has come back, so it is what was received before.
        if not is_ours(course_root, before):
            before = place_submission(course_root, before, taken.made.text)
        return as_received(course_root, before, "unchanged")
    folder = received_folder(course_root, topic, student)
    receipt, sha = "", ""
    if chosen.kept:
        receipt, sha = keep_received(folder, chosen.kept, hand_in.time)
    made = taken.made if taken else None
    record = Record(
        topic=topic,
        student=student,
        status="collected" if made else "unreadable",
        reason=chosen.reason,
        handed_in=iso(hand_in.time),
        handed_in_from=hand_in.source,
        claimed=iso(hand_in.claimed) if hand_in.claimed else None,
        late_mark=whose.late if whose.system == "canvas" else None,
        collected=iso(times.now),
        lms=whose.system,
        lms_id=whose.lms_id,
        name=shown(whose.name),
        receipt=receipt,
        sha256=sha,
        notebook=shown(taken.file.path) if taken else "",
        ignored=chosen.ignored[:100],
        notes=chosen.notes + (made.notes if made else []),
        answered=made.answered if made else 0,
        release_sha256=release.sha256,
        doubt=hand_in.doubt,
    )
    if before and at is None:
        if stays := _what_stays(course_root, before, record):
            status, reason = stays
            return replace(as_received(course_root, before, status), reason=reason)
        if before.sha256 == record.sha256 and not _better_known(before, record):
            record = replace(  # the same bytes are no later hand-in
                record,
                handed_in=before.handed_in,
                handed_in_from=before.handed_in_from,
                claimed=before.claimed,
                doubt=before.doubt,
            )
    text = made.text if made else unsolved(release, chosen.reason)
    return as_received(course_root, place_submission(course_root, record, text))


def _better_known(before: Record, new: Record) -> bool:
    """Tell whether the same bytes now come with a time, or an earlier latest one."""
    if not before.doubt or new.claimed == before.claimed:
        return False  # the same time is no better known for being older by now
    return not new.doubt or new.time < before.time


def _what_stays(
    course_root: Path, before: Record, new: Record
) -> tuple[str, str] | None:
    """Return a status and a reason if what was collected before is not replaced."""
    same = before.sha256 == new.sha256 and before.release_sha256 == new.release_sha256
    if same and is_ours(course_root, before) and not _better_known(before, new):
        return "unchanged", ""
    if before.sha256 == new.sha256:
        return None
    if new.status == "unreadable" and before.status == "collected":
        return (
            "kept",
            f"the new one cannot be graded ({new.reason}); the one before stays",
        )
    # The latest that the one before can be says nothing against a time that is known.
    sure = not before.doubt or bool(new.doubt)
    if sure and new.time < before.time and before.status == "collected":
        return "kept", (
            f"the new one is of {new.handed_in}, earlier than the one collected before"
        )
    return None
