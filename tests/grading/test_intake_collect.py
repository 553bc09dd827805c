"""Does a class's heap of files end as one normal submission, or one reason, each?"""

import json
import os
import re
import stat
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake import collect, read_record
from cs5045ae.grading.intake.files import Limits
from cs5045ae.grading.intake.keeping import is_ours
from cs5045ae.grading.intake.times import iso, parse_time
from tests.grading.intake_course import (
    ANSWERS,
    CENTER,
    NAME,
    TOPIC,
    as_bytes,
    make_course,
    sources,
    submitted,
    worked,
)

GOOD = as_bytes(worked())
EARLY = (2026, 1, 10, 12, 0, 0)
LATER = (2026, 1, 12, 12, 0, 0)


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    return make_course(folder)


@pytest.fixture
def heap(tmp_path):
    """Return a function that writes files, given as path: bytes, and the folder."""
    folder = tmp_path / "heap"

    def write(files):
        for path, data in files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
        return folder

    return write


def zipped(path: Path, files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (data, when) in files.items():
            entry = zipfile.ZipInfo(name, when)
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return path


def answered(**answers) -> bytes:
    return as_bytes(worked(**answers))


def center_of(course, student):
    return sources(submitted(course, student))["center"]


def tree(folder: Path) -> dict:
    return {
        str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None
        for p in sorted(folder.rglob("*"))
    }


def test_a_folder_becomes_submissions_with_records_and_the_bytes_as_they_came(
    course, heap
):
    source = heap({f"anna/{NAME}": GOOD, f"bob/{NAME}": answered(center="pass")})
    rows = collect(source, TOPIC, course)
    assert [(r.student, r.status) for r in rows] == [
        ("anna", "collected"),
        ("bob", "collected"),
    ]
    for row in rows:
        assert sorted(os.listdir(row.submitted)) == [NAME, "timestamp.txt"]
        record = read_record(course, TOPIC, row.student)
        assert re.fullmatch(r"\d{8}T\d{6}Z-[0-9a-f]{8}", record.receipt)
        assert row.receipt == course / "received" / TOPIC / row.student / record.receipt
        (kept,) = row.receipt.glob("*.ipynb")
        assert kept.read_bytes() == (source / row.student / NAME).read_bytes()
        stamp = (row.submitted / "timestamp.txt").read_text().strip()
        assert parse_time(stamp) == parse_time(record.handed_in)
    assert sources(submitted(course, "anna"))["words"] == ANSWERS["words"]
    assert center_of(course, "bob") == "pass"


def test_the_claimed_time_is_recorded_and_written_in_utc(course, heap):
    source = heap({f"anna/{NAME}": GOOD})
    claim = datetime(2026, 1, 10, 12, tzinfo=timezone(timedelta(hours=5)))
    os.utime(source / "anna" / NAME, (claim.timestamp(),) * 2)
    (row,) = collect(source, TOPIC, course)
    record = read_record(course, TOPIC, "anna")
    assert row.handed_in == record.claimed == "2026-01-10T07:00:00+00:00"
    assert record.handed_in_from == "the time of the file"


@pytest.mark.parametrize(
    "when", [datetime(1975, 1, 1, tzinfo=UTC), datetime(2090, 1, 1)]
)
def test_a_time_that_cannot_be_is_recorded_as_claimed_but_does_not_count(
    course, heap, when
):
    source = heap({f"anna/{NAME}": GOOD})
    os.utime(source / "anna" / NAME, (when.timestamp(),) * 2)
    (row,) = collect(source, TOPIC, course)
    record = read_record(course, TOPIC, "anna")
    assert abs(parse_time(row.handed_in) - datetime.now(UTC)) < timedelta(minutes=1)
    assert record.claimed == iso(when.astimezone(UTC))
    assert record.handed_in_from == "the time of collecting"


def test_a_timestamp_earlier_than_the_file_does_not_count(course, heap):
    source = heap(
        {
            f"submitted/anna/{TOPIC}/{NAME}": GOOD,
            f"submitted/anna/{TOPIC}/timestamp.txt": b"2026-01-01 00:00:00 UTC",
        }
    )
    late = datetime(2026, 1, 12, tzinfo=UTC)
    os.utime(source / "submitted" / "anna" / TOPIC / NAME, (late.timestamp(),) * 2)
    (row,) = collect(source, TOPIC, course)
    assert row.handed_in == iso(late)
    assert "timestamp.txt says 2026-01-01" in row.notes[0]
    early = datetime(2025, 12, 31, tzinfo=UTC)
    os.utime(source / "submitted" / "anna" / TOPIC / NAME, (early.timestamp(),) * 2)
    (row,) = collect(source, TOPIC, make_course(course / "other"))
    assert row.handed_in == "2026-01-01T00:00:00+00:00"


def test_the_instructors_time_counts_before_all(course, heap):
    at = parse_time("2026-02-01T23:59:00+01:00")
    (row,) = collect(heap({f"anna/{NAME}": GOOD}), TOPIC, course, at=at)
    assert row.handed_in == "2026-02-01T22:59:00+00:00"
    with pytest.raises(CourseError, match="zone"):
        collect(heap({}), TOPIC, course, at=datetime(2026, 2, 1))


def test_a_moodle_zip_in_folders_and_flat(course, tmp_path):
    for number, name in enumerate(["Jane Doe_12_assignsubmission_file_/", "Jane_12_"]):
        name = name if number == 0 else "Jane Doe_12_assignsubmission_file_"
        path = zipped(tmp_path / f"{number}.zip", {f"{name}{NAME}": (GOOD, EARLY)})
        (row,) = collect(path, TOPIC, course, zone=UTC)
        assert row.student == "12"
        record = read_record(course, TOPIC, "12")
        assert (record.lms, record.lms_id, record.name) == ("moodle", "12", "Jane Doe")
        assert record.handed_in == "2026-01-10T12:00:00+00:00"


def test_a_canvas_zip_latest_wins_and_late_is_kept(course, tmp_path):
    path = zipped(
        tmp_path / "submissions.zip",
        {
            "doejane_7_100_01_tiny.ipynb": (answered(center="old = 1"), LATER),
            "doejane_LATE_7_200_01_tiny-1.ipynb": (answered(center="new = 1"), LATER),
            "roebob_8_150_01_tiny.ipynb": (GOOD, LATER),
        },
    )
    jane, bob = collect(path, TOPIC, course)
    assert center_of(course, "7") == "new = 1"
    assert (jane.late_mark, bob.late_mark) == (True, False)
    assert "Of 2 submissions the latest was taken" in " ".join(jane.notes)
    assert any("an earlier submission" in text for text in jane.ignored)
    assert read_record(course, TOPIC, "7").late_mark is True


def test_a_later_attempt_that_cannot_be_read_does_not_cost_the_one_before(course, heap):
    source = heap({"anna.ipynb": GOOD, "anna (1).ipynb": b"broken"})
    (row,) = collect(source, TOPIC, course)
    assert row.status == "collected"
    assert center_of(course, "anna") == ANSWERS["center"]
    assert "latest that can be read" in " ".join(row.notes)


@pytest.mark.parametrize(
    "name",
    [
        *(NAME, "01_tiny (1).ipynb", "my final version.ipynb", "übung [neu] {2}.IPYNB"),
        *("日本語.ipynb", "-rf.ipynb", "a'b\"c;$(x).ipynb"),
    ],
)
def test_a_renamed_notebook_is_found_by_what_is_in_it(course, heap, name):
    source = heap({f"anna/{name}": GOOD, "anna/data.csv": b"1,2"})
    (row,) = collect(source, TOPIC, course)
    assert (row.status, center_of(course, "anna")) == ("collected", ANSWERS["center"])
    assert row.ignored == ("anna/data.csv: not a notebook.",)


def test_of_several_notebooks_the_worked_one_of_this_topic_is_taken(course, heap):
    files = {
        f"anna/{NAME}": as_bytes(worked(**dict.fromkeys(ANSWERS, CENTER))),
        "anna/Untitled.ipynb": as_bytes(
            {"cells": [{"cell_type": "code", "source": "1"}]}
        ),
        "anna/01_tiny-Copy1.ipynb": GOOD,
        f"anna/.ipynb_checkpoints/{NAME}": answered(center="old"),
        f"anna/__MACOSX/._{NAME}": b"\0\5",
    }
    (row, system) = collect(heap(files), TOPIC, course)
    assert (system.status, "2 files" in system.reason) == ("system", True)
    assert center_of(course, "anna") in {ANSWERS["center"], CENTER}
    assert len(row.ignored) == 2
    assert any(
        "Untitled" in text and "not the exercise" in text for text in row.ignored
    )
    untouched = json.loads((course / "exercises" / TOPIC / NAME).read_bytes())
    (row,) = collect(
        heap({f"bob/{NAME}": as_bytes(untouched), "bob/copy.ipynb": GOOD}),
        TOPIC,
        course,
    )[1:2]
    assert center_of(course, "bob") == ANSWERS["center"]


BAD = {
    "empty": (b"", "empty"),
    "not json": (b"print('hello')", "not JSON"),
    "no cells": (b'{"nbformat": 4}', "no cells"),
    "cut off": (GOOD[:-20], "breaks off"),
    "deep": (b"[" * 100_000 + b"]" * 100_000, "nested too deeply"),
    "other": (
        as_bytes({"cells": [{"cell_type": "code", "source": "x"}]}),
        "not the exercise",
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_becomes_an_unsolved_notebook_with_its_reason(
    course, heap, kind
):
    data, reason = BAD[kind]
    source = heap({f"anna/{NAME}": data, f"bob/{NAME}": GOOD})
    anna, bob = collect(source, TOPIC, course)
    assert (anna.status, bob.status) == ("unreadable", "collected")
    assert reason in anna.reason
    record = read_record(course, TOPIC, "anna")
    assert (record.status, record.reason) == ("unreadable", anna.reason)
    notebook = submitted(course, "anna")
    assert reason in notebook["cells"][0]["source"]
    assert sources(notebook)["center"] == CENTER
    assert next(anna.receipt.glob("*.ipynb")).read_bytes() == data


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({"anna/answer.py": b"x"}, ["no notebook", "answer.py"]),
        ({"anna/all.zip": b"PK"}, ["no notebook", "all.zip"]),
        ({f"anna/.ipynb_checkpoints/{NAME}": GOOD}, ["no notebook"]),
    ],
)
def test_no_notebook_is_said_with_what_was_there(course, heap, files, words):
    rows = collect(heap(files | {f"bob/{NAME}": GOOD}), TOPIC, course)
    assert [r.status for r in rows if r.student] == ["unreadable", "collected"]
    assert all(word in rows[0].reason for word in words)


def test_other_encodings_and_a_large_file_with_outputs_and_widget_state(course, heap):
    heavy = worked(words="Größe µ Σ")
    heavy["metadata"]["widgets"] = {"state": {"x": "y" * 2_000_000}}
    heavy["cells"][1]["outputs"] = [{"output_type": "stream", "text": "z" * 40_000_000}]
    text = json.dumps(worked(words="Größe µ Σ"), ensure_ascii=False)
    source = heap(
        {
            f"heavy/{NAME}": as_bytes(heavy),
            f"bom/{NAME}": text.encode("utf-8-sig"),
            f"wide/{NAME}": text.encode("utf-16"),
            f"latin/{NAME}": text.replace("Σ", "").encode("latin-1"),
            f"huge/{NAME}": b" " * 50_000_001,
        }
    )
    rows = {row.student: row for row in collect(source, TOPIC, course)}
    for student in ("heavy", "bom", "wide"):
        assert sources(submitted(course, student))["words"] == "Größe µ Σ"
    assert sources(submitted(course, "latin"))["words"] == "Größe µ "
    assert "larger than 50 MB" in rows["huge"].reason
    assert (rows["heavy"].submitted / NAME).stat().st_size < 20_000
    assert rows["huge"].receipt is None


def test_links_are_not_followed_and_said(course, heap, tmp_path):
    secret = tmp_path / "secret.ipynb"
    secret.write_bytes(answered(center="secret = 1"))
    source = heap({f"bob/{NAME}": GOOD})
    (source / "anna").mkdir()
    (source / "anna" / NAME).symlink_to(secret)
    (source / "eve").symlink_to(source / "bob")
    rows = {row.student: row for row in collect(source, TOPIC, course)}
    assert "link" in rows["anna"].reason
    assert "secret" not in (rows["anna"].submitted / NAME).read_text()
    assert rows["bob"].status == "collected"
    assert "eve" not in rows


def test_zips_with_hostile_names_write_nothing_outside(course, tmp_path):
    before = tree(tmp_path)
    path = zipped(
        tmp_path / "a.zip",
        {
            f"anna/{NAME}": (GOOD, EARLY),
            "../../evil.ipynb": (GOOD, EARLY),
            "/evil.ipynb": (GOOD, EARLY),
            "anna/../../evil.ipynb": (GOOD, EARLY),
            "..\\evil.ipynb": (GOOD, EARLY),
            "C:\\evil.ipynb": (GOOD, EARLY),
            "eve\u202e/x.ipynb": (GOOD, EARLY),
        },
    )
    rows = collect(path, TOPIC, course)
    assert [r.student for r in rows if r.status == "collected"] == ["anna"]
    assert {r.status for r in rows if r.status != "system"} == {
        "collected",
        "ignored",
        "refused",
    }
    assert all(r.reason and "Traceback" not in r.reason for r in rows[1:])
    outside = {
        name
        for name in tree(tmp_path)
        if not name.startswith(("course/received", "course/submitted", "a.zip"))
    }
    assert outside == set(before)


def test_one_students_bomb_stops_nobody_else(course, tmp_path):
    path = zipped(
        tmp_path / "a.zip",
        {f"eve/{NAME}": (bytes(40_000_000), EARLY), f"bob/{NAME}": (GOOD, EARLY)},
    )
    bob, eve = collect(path, TOPIC, course)
    assert (bob.status, eve.status) == ("collected", "unreadable")
    assert "200 times" in eve.reason


def test_ids_that_meet_are_refused_and_the_others_go_on(course, heap):
    source = heap({f"a b/{NAME}": GOOD, f"a,b/{NAME}": GOOD, f"Ünal (2)/{NAME}": GOOD})
    rows = {row.student: row for row in collect(source, TOPIC, course)}
    assert (rows["a_b"].status, rows["Ünal_2"].status) == ("refused", "collected")
    assert not (course / "submitted" / "a_b").exists()


def test_collecting_again_changes_nothing(course, heap):
    source = heap({f"anna/{NAME}": GOOD, f"bob/{NAME}": b"junk"})
    collect(source, TOPIC, course)
    before = tree(course)
    rows = collect(source, TOPIC, course)
    assert [row.status for row in rows] == ["unchanged", "unchanged"]
    assert tree(course) == before


def test_a_later_submission_replaces_and_an_earlier_does_not(course, tmp_path):
    def hand_in(text, when):
        entry = {f"anna/{NAME}": (answered(center=text), when)}
        return collect(zipped(tmp_path / "a.zip", entry), TOPIC, course)[0]

    assert hand_in("one = 1", EARLY).status == "collected"
    assert hand_in("two = 2", LATER).status == "collected"
    again = hand_in("zero = 0", EARLY)
    assert (again.status, center_of(course, "anna")) == ("kept", "two = 2")
    assert "earlier" in again.reason
    assert len(list((course / "received" / TOPIC / "anna").glob("*-*"))) == 3


def test_an_unreadable_later_one_does_not_replace_a_readable(course, heap):
    source = heap({f"anna/{NAME}": GOOD})
    collect(source, TOPIC, course)
    heap({f"anna/{NAME}": b"junk"})
    (row,) = collect(source, TOPIC, course)
    assert row.status == "kept"
    assert center_of(course, "anna") == ANSWERS["center"]


def test_the_same_bytes_downloaded_later_are_no_later_hand_in(course, heap):
    source = heap({f"anna/{NAME}": GOOD})
    first = collect(source, TOPIC, course)[0].handed_in
    os.utime(source / "anna" / NAME)
    (course / "submitted" / "anna" / TOPIC / "timestamp.txt").unlink()
    (row,) = collect(source, TOPIC, course)
    assert (row.status, row.handed_in) == ("collected", first)


def test_a_new_release_rebuilds_what_was_collected(course, heap):
    source = heap({f"anna/{NAME}": GOOD})
    collect(source, TOPIC, course)
    path = course / "exercises" / TOPIC / NAME
    path.write_text(path.read_text().replace("largest size is one", "size is one"))
    assert collect(source, TOPIC, course)[0].status == "collected"
    assert "The size is one" in sources(submitted(course, "anna"))["test-scale"]


def test_the_courses_own_submitted_folder_is_a_source_and_loses_nothing(course):
    """nbgrader's own collect has put files there: they are taken over in place."""
    folder = course / "submitted" / "anna" / TOPIC
    folder.mkdir(parents=True)
    (folder / NAME).write_bytes(GOOD)
    (folder / "link.txt").symlink_to("/etc/passwd")
    (row,) = collect(course / "submitted", TOPIC, course)
    assert row.status == "collected"
    assert sorted(os.listdir(folder)) == [NAME, "timestamp.txt"]
    (aside,) = (course / "received" / TOPIC / "anna").glob("found-in-submitted-*")
    assert (aside / NAME).read_bytes() == GOOD
    before = tree(course)
    assert collect(course / "submitted", TOPIC, course)[0].status == "unchanged"
    assert tree(course) == before
    (folder / "extra.py").write_text("x")
    assert collect(course / "submitted", TOPIC, course)[0].status == "unchanged"
    assert sorted(os.listdir(folder)) == [NAME, "timestamp.txt"]


@pytest.mark.parametrize("level", ["student", "topic", "file"])
def test_links_that_stand_in_submitted_are_never_written_through(
    course, heap, tmp_path, level
):
    outside = tmp_path / "outside"
    (outside / TOPIC).mkdir(parents=True)
    (outside / TOPIC / NAME).write_text("precious")
    target = course / "submitted" / "anna"
    if level == "student":
        target.parent.mkdir()
        target.symlink_to(outside)
    elif level == "topic":
        target.mkdir(parents=True)
        (target / TOPIC).symlink_to(outside / TOPIC)
    else:
        (target / TOPIC).mkdir(parents=True)
        (target / TOPIC / NAME).symlink_to(outside / TOPIC / NAME)
    before = tree(outside)
    source = heap({f"anna/{NAME}": GOOD, f"bob/{NAME}": GOOD})
    rows = collect(source, TOPIC, course)
    assert tree(outside) == before
    assert [r.status for r in rows] == [
        "refused" if level == "student" else "collected",
        "collected",
    ]


def test_a_damaged_record_is_said_and_stops_nobody_else(course, heap):
    source = heap({f"anna/{NAME}": GOOD, f"bob/{NAME}": GOOD})
    collect(source, TOPIC, course)
    (course / "received" / TOPIC / "anna" / "record.json").write_text('{"version": 1')
    rows = collect(source, TOPIC, course)
    assert [r.status for r in rows] == ["refused", "unchanged"]
    assert "damaged" in rows[0].reason


def test_files_of_one_moment_are_suspected_to_carry_the_downloads_time(
    course, tmp_path
):
    entries = {f"s{n}/{NAME}": (GOOD, EARLY) for n in range(3)}
    rows = collect(zipped(tmp_path / "a.zip", entries), TOPIC, course)
    for row in rows:
        assert "as in a copy or a download" in " ".join(row.notes)
        assert row.doubt


def test_files_of_nobody_are_listed(course, heap):
    source = heap({f"anna_{TOPIC}.ipynb": GOOD, "readme.txt": b"x", NAME: GOOD})
    rows = collect(source, TOPIC, course)
    assert [(r.student, r.status) for r in rows] == [
        ("anna", "collected"),
        ("", "ignored"),
        ("", "ignored"),
    ]
    assert "names no student" in rows[1].reason


@pytest.mark.parametrize(
    ("source", "topic", "words"),
    [
        ("nowhere", TOPIC, "does not exist"),
        ("course/exercises/01_tiny/01_tiny.ipynb", TOPIC, "neither a folder nor a zip"),
        ("course", "02_none", "no exercise 02_none"),
        ("course", "../01_tiny", "no topic"),
    ],
)
def test_what_cannot_be_used_at_all_is_said(course, tmp_path, source, topic, words):
    with pytest.raises(CourseError, match=words):
        collect(tmp_path / source, topic, course)
    assert not (course / "submitted").exists()


def test_an_empty_folder_gives_no_rows(course, heap):
    folder = heap({})
    folder.mkdir()
    assert collect(folder, TOPIC, course) == []


def test_a_students_bytes_are_counted_together(course, heap):
    files = {f"anna/{n}.bin": b"x" * 400_000 for n in range(9)} | {f"anna/{NAME}": GOOD}
    limits = Limits(student_bytes=1_000_000)
    (row,) = collect(heap(files), TOPIC, course, limits=limits)
    assert row.status == "collected"
    assert sum(p.stat().st_size for p in row.receipt.iterdir()) < 1_100_000
    assert sum("larger than" in text for text in row.ignored) >= 6


def test_what_is_written_is_plain_files_for_others_to_read(course, heap):
    (row,) = collect(heap({f"anna/{NAME}": GOOD}), TOPIC, course)
    for folder in (row.submitted, row.receipt):
        for path in folder.iterdir():
            mode = path.lstat().st_mode
            assert stat.S_ISREG(mode)
            assert mode & 0o444 == 0o444
    left = [p for p in course.rglob("*") if p.name.startswith(".new-")]
    assert left == []


@pytest.mark.parametrize("part", ["student", "topic", "file"])
def test_a_link_to_the_very_same_content_is_not_taken_for_ours(
    course, heap, tmp_path, part
):
    (row,) = collect(heap({f"anna/{NAME}": GOOD}), TOPIC, course)
    record = read_record(course, TOPIC, "anna")
    assert is_ours(course, record)
    place = {
        "student": row.submitted.parent,
        "topic": row.submitted,
        "file": row.submitted / NAME,
    }[part]
    place.rename(tmp_path / "elsewhere")
    place.symlink_to(tmp_path / "elsewhere")
    assert not is_ours(course, record)
