"""Take in what a class has handed in, and make of it what nbgrader can grade safely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from filelock import FileLock

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.choose import Bundle, Chosen, choose
from cs5045ae.grading.intake.files import LIMITS, ArrivedFile, Limits, Refused, shown
from cs5045ae.grading.intake.folders import read_folder
from cs5045ae.grading.intake.keeping import is_ours, keep_received, place_submission
from cs5045ae.grading.intake.names import Layout, Whose, find_layout
from cs5045ae.grading.intake.rebuild import unsolved
from cs5045ae.grading.intake.records import (
    Record,
    read_record,
    received_folder,
    sha256,
    submitted_folder,
)
from cs5045ae.grading.intake.release import Release, read_release
from cs5045ae.grading.intake.students import colliding, student_id
from cs5045ae.grading.intake.times import credible, iso
from cs5045ae.grading.intake.zips import read_zip

__all__ = ["Received", "collect"]

DOWNLOAD = timedelta(minutes=5)


@dataclass(frozen=True)
class Received:
    """What became of one student's submission, or of a file that is nobody's.

    Parameters
    ----------
    student : str
        The id; empty for a file that names no student.
    status : str
        ``collected``; ``unreadable``: an unsolved notebook was put in its place;
        ``unchanged``: already collected; ``kept``: what was collected before stays;
        ``refused``: nothing was written; ``ignored``: it names no student.
    reason : str
        Why, in a sentence without its full stop; empty if there is nothing to say.
    notebook : str
        The file in the source, as it may be printed.
    handed_in : str
        The time that counts, ISO 8601; empty if nothing was taken.
    late_mark : bool or None
        What Canvas said about lateness; None if the system does not say.
    notes, ignored : tuple of str
        What was mended; what was not taken, and why.
    submitted, receipt : pathlib.Path or None
        The folders that were written.
    """

    student: str
    status: str
    reason: str = ""
    notebook: str = ""
    handed_in: str = ""
    late_mark: bool | None = None
    notes: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    submitted: Path | None = None
    receipt: Path | None = None


def collect(
    source: Path | str,
    topic: str,
    course_root: Path | str,
    *,
    pattern: str | None = None,
    ids: Mapping[str, str] | None = None,
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
    ids : mapping, optional
        From the numbers and names of Moodle or Canvas to ids: `Roster.ids`.
    at : datetime.datetime, optional
        The time of hand-in of all, with a zone, in place of the times in the source.
    zone : datetime.tzinfo, optional
        Of the times in a zip, which are local; this machine's by default.
    limits : Limits
        How much is read.

    Returns
    -------
    list of Received
        One for each student, by id, then one for each file that is nobody's.

    Raises
    ------
    CourseError
        If the source, the topic or the pattern cannot be used at all.
    """
    source, course_root = Path(source), Path(course_root).resolve()
    if at is not None and at.tzinfo is None:
        raise CourseError("The time of hand-in needs a zone, such as +01:00.")
    release = read_release(course_root, topic)
    files, refused = _read(source, zone, limits)
    paths = [file.path for file in files] + [path for path, _ in refused]
    layout = find_layout(paths, topic, pattern)
    bundles, rows, nobody = _bundles(files, refused, layout, topic, zone, ids)
    download = _same_time(bundles)
    now = datetime.now(UTC)
    (course_root / "received").mkdir(exist_ok=True)
    with FileLock(course_root / "received" / ".lock"):
        for bundle in bundles:
            chosen = choose(bundle, release, limits)
            if download:
                chosen.notes.append("Its time may be that of the download.")
            rows.append(_take(course_root, release, bundle, chosen, at, now))
    return sorted(rows, key=lambda row: row.student) + nobody


def _read(
    source: Path, zone: tzinfo | None, limits: Limits
) -> tuple[list[ArrivedFile], list[tuple[str, str]]]:
    if source.is_dir():
        return read_folder(source, limits)
    if source.is_file() and source.suffix.lower() == ".zip":
        return read_zip(source, zone, limits)
    what = "is neither a folder nor a zip" if source.exists() else "does not exist"
    raise CourseError(f"{source} {what}. Give the folder or zip with the submissions.")


def _bundles(
    files: Sequence[ArrivedFile],
    refused: Sequence[tuple[str, str]],
    layout: Layout,
    topic: str,
    zone: tzinfo | None,
    ids: Mapping[str, str] | None,
) -> tuple[list[Bundle], list[Received], list[Received]]:
    """Sort files by student; say which ids and which files cannot be used."""
    bundles: dict[str, Bundle] = {}
    raws: set[tuple[str, str]] = set()
    rows: dict[str, Received] = {}
    nobody: list[Received] = []
    entries: list[tuple[str, ArrivedFile | str]] = [(f.path, f) for f in files]
    for path, what in entries + [(path, reason) for path, reason in refused]:
        reason = what if isinstance(what, str) else ""
        whose = layout.whose(path, topic, zone)
        if whose is None:
            why = reason or f"it names no student (names were read as {layout.name})"
            nobody.append(Received("", "ignored", why, shown(path)))
            continue
        try:
            student = student_id(whose, ids)
        except Refused as problem:
            name = shown(whose.student)
            rows[name] = Received(name, "refused", str(problem), shown(path))
            continue
        raws.add((whose.student, student))
        bundle = bundles.setdefault(student, Bundle(student))
        if isinstance(what, str):
            bundle.ignored.append(f"{shown(path)}: {reason}.")
        else:
            bundle.files.append((what, whose))
    for student, why in colliding(raws).items():
        bundles.pop(student)
        rows[student] = Received(student, "refused", why)
    return list(bundles.values()), list(rows.values()), nobody


def _same_time(bundles: Sequence[Bundle]) -> bool:
    """Tell whether all files are of one moment: some systems write the download's."""
    times = [
        file.claimed
        for bundle in bundles
        for file, whose in bundle.files
        if file.is_notebook and file.claimed and not whose.claimed
    ]
    return len(bundles) > 2 and len(times) > 2 and max(times) - min(times) < DOWNLOAD


def _take(
    course_root: Path,
    release: Release,
    bundle: Bundle,
    chosen: Chosen,
    at: datetime | None,
    now: datetime,
) -> Received:
    topic, student, taken = release.topic, bundle.student, chosen.taken
    try:
        before = read_record(course_root, topic, student)
    except CourseError as error:
        return Received(student, "refused", str(error).rstrip("."))
    whose = (
        taken.whose if taken else (bundle.files[0][1] if bundle.files else Whose(""))
    )
    claimed, from_where = _claim(chosen, whose)
    time = claimed if claimed and credible(claimed, now) else now
    if time is now:
        from_where = "the time of collecting"
    if at:
        time, from_where = at, "given by the instructor"
    folder = received_folder(course_root, topic, student)
    ours = before and any(
        sha256(data) == before.submitted_sha256 for _, data in chosen.kept
    )
    if ours and before:  # what collect itself wrote, come back
        return _row(course_root, before, "unchanged")
    receipt, sha = keep_received(folder, chosen.kept, time) if chosen.kept else ("", "")
    made = taken.made if taken else None
    record = Record(
        topic=topic,
        student=student,
        status="collected" if made else "unreadable",
        reason=chosen.reason,
        handed_in=iso(time),
        handed_in_from=from_where,
        claimed=iso(claimed) if claimed else None,
        late_mark=whose.late if whose.system == "canvas" else None,
        collected=iso(now),
        lms=whose.system,
        lms_id=whose.student if whose.system else "",
        name=shown(whose.name),
        receipt=receipt,
        sha256=sha,
        notebook=shown(taken.file.path) if taken else "",
        ignored=chosen.ignored[:100],
        notes=chosen.notes + (made.notes if made else []),
        answered=made.answered if made else 0,
        release_sha256=release.sha256,
    )
    if before and (stays := _what_stays(course_root, before, record, at)):
        status, reason = stays
        return replace(_row(course_root, before, status), reason=reason)
    text = made.text if made else unsolved(release, chosen.reason)
    return _row(course_root, place_submission(course_root, record, text))


def _claim(chosen: Chosen, whose: Whose) -> tuple[datetime | None, str]:
    """Return the time that the source gives, and where it stands."""
    file = chosen.taken.file if chosen.taken else None
    changed = file.claimed if file else None
    if whose.claimed:
        return whose.claimed, "the name in the source"
    if chosen.stamp:
        # The student's own machine wrote timestamp.txt: a later change speaks louder.
        if file and changed and file.zone_known and changed > chosen.stamp:
            if changed - chosen.stamp > DOWNLOAD:
                chosen.notes.append(
                    f"Its timestamp.txt says {iso(chosen.stamp)}, but the notebook was "
                    f"changed at {iso(changed)}, which counts."
                )
            return changed, "the time of the file"
        return chosen.stamp, "timestamp.txt"
    return changed, "the time of the file"


def _what_stays(
    course_root: Path, before: Record, new: Record, at: datetime | None
) -> tuple[str, str] | None:
    """Return a status and a reason if what was collected before is not replaced."""
    same = before.sha256 == new.sha256 and before.release_sha256 == new.release_sha256
    if same and at is None and is_ours(course_root, before):
        return "unchanged", ""
    if before.sha256 == new.sha256:
        return None
    if new.status == "unreadable" and before.status == "collected":
        return (
            "kept",
            f"the new one cannot be graded ({new.reason}); the one before stays",
        )
    if new.time < before.time and before.status == "collected":
        return "kept", (
            f"the new one is of {new.handed_in}, earlier than the one collected before"
        )
    return None


def _row(course_root: Path, record: Record, status: str = "") -> Received:
    received = received_folder(course_root, record.topic, record.student)
    return Received(
        record.student,
        status or record.status,
        record.reason,
        record.notebook,
        record.handed_in,
        record.late_mark,
        tuple(record.notes),
        tuple(record.ignored),
        submitted_folder(course_root, record.topic, record.student),
        received / record.receipt if record.receipt else None,
    )
