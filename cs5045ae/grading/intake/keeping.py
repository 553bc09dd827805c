"""Keep what came in for appeals, and put what was made of it where nbgrader looks.

Beside its record a student has, for each submission, a folder ``<time>-<sha8>`` with
the bytes as they came.
"""

import dataclasses
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.records import (
    Record,
    read_record,
    received_folder,
    sha256,
    submitted_folder,
    write_record,
    write_whole,
)
from cs5045ae.grading.intake.times import iso

__all__ = ["is_ours", "keep_received", "place_submission"]

TIMESTAMP = "timestamp.txt"


def keep_received(
    folder: Path, files: Sequence[tuple[str, bytes]], time: datetime
) -> tuple[str, str]:
    """Keep what came in, byte for byte, under names of our own.

    Parameters
    ----------
    folder : pathlib.Path
        From `received_folder`.
    files : sequence of (str, bytes)
        Paths in the source, and bytes.
    time : datetime.datetime
        Of hand-in, for the folder's name.

    Returns
    -------
    name : str
        Of the folder, ``<time>-<sha8>``; one with the same content is used again.
    sha : str
        Of all the files.
    """
    listed: list[dict[str, Any]] = []
    for number, (path, data) in enumerate(files, start=1):
        ending = path.rpartition(".")[2].lower()
        ending = f".{ending}" if re.fullmatch(r"[a-z0-9]{1,8}", ending) else ""
        stored = f"{number:03d}{ending}"
        listed.append({"stored": stored, "name": path, "sha256": sha256(data)})
    sums = sorted((str(entry["name"]), str(entry["sha256"])) for entry in listed)
    sha = sha256(json.dumps(sums).encode())
    for known in sorted(folder.glob(f"*-{sha[:8]}")):
        if (known / "files.json").is_file():
            return known.name, sha
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}-{sha[:8]}"
    scratch = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
    for entry, (_, data) in zip(listed, files, strict=True):
        (scratch / str(entry["stored"])).write_bytes(data)
    text = json.dumps({"sha256": sha, "files": listed}, indent=1)
    (scratch / "files.json").write_text(text + "\n", encoding="utf-8")
    scratch.chmod(0o755)
    os.replace(scratch, folder / name)
    return name, sha


def is_ours(course_root: Path, record: Record | None) -> bool:
    """Tell whether ``submitted/`` holds exactly what a record says, and no link."""
    if record is None:
        return False
    folder = submitted_folder(course_root, record.topic, record.student)
    expected = {
        f"{record.topic}.ipynb": record.submitted_sha256,
        TIMESTAMP: record.timestamp_sha256,
    }
    try:
        if folder.is_symlink() or folder.parent.is_symlink():
            return False
        found = {entry.name: entry for entry in os.scandir(folder)}
        return found.keys() == expected.keys() and all(
            stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode)
            and sha256((folder / name).read_bytes()) == expected[name]
            for name, entry in found.items()
        )
    except OSError:
        return False


def place_submission(course_root: Path, record: Record, text: str) -> Record:
    """Write the notebook and its time where nbgrader looks, then the record.

    What stood there and is not from here is moved to ``received/``, never followed and
    never deleted.

    Returns
    -------
    Record
        The record with the sums of the files written.
    """
    topic, student = record.topic, record.student
    folder = submitted_folder(course_root, topic, student)
    if folder.parent.is_symlink():
        raise CourseError(
            f"submitted/{student} is a link. Delete it and collect again."
        )
    before = read_record(course_root, topic, student)
    if os.path.lexists(folder) and not is_ours(course_root, before):
        aside = received_folder(course_root, topic, student)
        aside.mkdir(parents=True, exist_ok=True)
        moment = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
        shutil.move(folder, aside / f"found-in-submitted-{moment}")
    files = {
        f"{topic}.ipynb": text.encode("utf-8"),
        TIMESTAMP: (iso(record.time) + "\n").encode(),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_whole(folder / name, data)
    record = dataclasses.replace(
        record,
        submitted_sha256=sha256(files[f"{topic}.ipynb"]),
        timestamp_sha256=sha256(files[TIMESTAMP]),
    )
    write_record(course_root, record)
    return record
