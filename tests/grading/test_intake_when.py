"""Does the time of hand-in come from who received it, and is it unknown otherwise?"""

import json
import os
import sys
import zipfile
from datetime import UTC, datetime, timedelta

import pytest

from cs5045ae.grading.intake import collect, read_record
from cs5045ae.grading.intake.file_times import FileTimes, written_together
from cs5045ae.grading.intake.hand_in import unknown_times
from cs5045ae.grading.intake.times import iso, parse_time
from tests.grading.intake_course import (
    ANSWERS,
    NAME,
    TOPIC,
    as_bytes,
    make_course,
    sources,
    submitted,
    worked,
)

FORGED = b"2020-01-01 00:00:00 UTC"
LONG_AGO = datetime(2026, 1, 10, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def course(tmp_path):
    folder = tmp_path / "course"
    folder.mkdir()
    return make_course(folder)


def by(student) -> bytes:
    """Return a notebook that is one student's alone."""
    return as_bytes(worked(words=f"Written by {student}."))


def folder(place, files):
    """Write files, given as path: bytes, or path: (bytes, time of change)."""
    for path, what in files.items():
        data, changed = what if isinstance(what, tuple) else (what, None)
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
        if changed:
            os.utime(place / path, (changed.timestamp(),) * 2)
    return place


def zipped(place, files):
    with zipfile.ZipFile(place, "w") as archive:
        for path, (data, when) in files.items():
            entry = zipfile.ZipInfo(path, when.timetuple()[:6])
            archive.writestr(entry, data)
    return place


MOODLE = "Anna Roy_7_assignsubmission_file_"


@pytest.mark.parametrize(
    ("notebook", "stamp", "pattern"),
    [
        (f"{MOODLE}/{NAME}", f"{MOODLE}/timestamp.txt", None),
        (f"{MOODLE}/{TOPIC}/{NAME}", f"{MOODLE}/{TOPIC}/timestamp.txt", None),
        (f"{MOODLE}{NAME}", f"{MOODLE}timestamp.txt", None),
        (f"anna/{NAME}", "anna/timestamp.txt", None),
        (f"anna/{NAME}", "anna/timestamp.txt", r"(?P<id>[a-z]+)/.*"),
        (f"submitted/anna/{NAME}", "submitted/anna/timestamp.txt", None),
    ],
)
def test_a_timestamp_that_a_student_can_write_is_never_asked(
    course, tmp_path, notebook, stamp, pattern
):
    files = {notebook: (by("anna"), LONG_AGO), stamp: (FORGED, LONG_AGO)}
    (row,) = collect(folder(tmp_path / "class", files), TOPIC, course, pattern=pattern)
    assert (row.handed_in, row.doubt) == (iso(LONG_AGO), "")
    if "_file_/" in stamp or "anna/" in stamp:
        assert "Its timestamp.txt was not used: a student can write it." in row.notes


def test_the_timestamp_of_nbgraders_exchange_counts_where_a_copy_lost_the_times(
    course, tmp_path
):
    files = {}
    for number, student in enumerate(["anna", "ben", "cem"]):
        place = f"submitted/{student}/{TOPIC}"
        files[f"{place}/{NAME}"] = by(student)
        files[f"{place}/timestamp.txt"] = f"2026-01-0{number + 1} 12:00:00 UTC".encode()
    files[f"submitted/cem/{TOPIC}/more/{TOPIC}/timestamp.txt"] = FORGED
    rows = collect(folder(tmp_path / "class", files), TOPIC, course)
    assert [row.handed_in[:10] for row in rows] == [
        "2026-01-01",
        "2026-01-02",
        "2026-01-03",
    ]
    assert not any(row.doubt for row in rows)


@pytest.mark.parametrize(
    "name", ["anna+{}+2026-01-02 12:00:00 UTC", "anna+{}+2026-01-02 12:00:00 UTC+x1"]
)
def test_the_name_in_the_exchange_goes_before_the_timestamp_and_the_file(
    course, tmp_path, name
):
    place = name.format(TOPIC)
    files = {
        f"{place}/{NAME}": (by("anna"), LONG_AGO),
        f"{place}/timestamp.txt": FORGED,
    }
    (row,) = collect(folder(tmp_path / "class", files), TOPIC, course)
    assert (row.handed_in, row.doubt) == ("2026-01-02T12:00:00+00:00", "")
    assert read_record(course, TOPIC, "anna").handed_in_from == "the name in the source"


@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize("form", ["folder", "flat", "moodle", "nbgrader"])
def test_a_folder_copied_just_now_tells_no_time(course, tmp_path, form, count):
    path = {
        "folder": "s{}/" + NAME,
        "flat": "s{}_" + NAME,
        "moodle": "Ann {0}_{0}_assignsubmission_file_/" + NAME,
        "nbgrader": "submitted/s{}/" + f"{TOPIC}/{NAME}",
    }[form]
    files = {path.format(n): by(n) for n in range(1, count + 1)}
    rows = collect(folder(tmp_path / "class", files), TOPIC, course)
    assert len(rows) == count
    for row in rows:
        assert "Time of hand-in unknown" in " ".join(row.notes)
        record = read_record(course, TOPIC, row.student)
        assert record.doubt == row.doubt != ""
        assert parse_time(record.handed_in) <= datetime.now(UTC)
    (sentence,) = unknown_times(rows, TOPIC)
    assert f"unknown: {count} of {count}" in sentence
    assert f"late_{TOPIC}" in sentence


@pytest.mark.parametrize("ago", [timedelta(hours=3), timedelta(days=9)])
def test_a_copy_made_earlier_is_known_by_the_times_that_the_class_shares(
    course, tmp_path, ago
):
    copied = datetime.now(UTC) - ago
    files = {
        f"s{n}/{NAME}": (by(n), copied + timedelta(seconds=20 * n)) for n in range(5)
    }
    files[f"late/{NAME}"] = (by("late"), copied - timedelta(days=3))
    rows = {r.student: r for r in collect(folder(tmp_path / "c", files), TOPIC, course)}
    assert not rows.pop("late").doubt
    assert all("in one go" in row.doubt for row in rows.values())


def test_times_that_lie_apart_are_believed(course, tmp_path):
    files = {f"s{n}/{NAME}": (by(n), LONG_AGO + n * 5 * HOUR) for n in range(6)}
    rows = collect(folder(tmp_path / "class", files), TOPIC, course)
    assert [row.handed_in for row in rows] == [
        iso(LONG_AGO + n * 5 * HOUR) for n in range(6)
    ]
    assert not any(row.doubt for row in rows)
    assert unknown_times(rows, TOPIC) == []


def test_one_old_file_alone_is_believed_also_if_it_cannot_be_read(course, tmp_path):
    for number, files in enumerate(
        [
            {f"anna/{NAME}": (by("anna"), LONG_AGO)},
            {f"anna/{NAME}": (b"no notebook", LONG_AGO)},
            {"anna/answers.pdf": (b"%PDF", LONG_AGO)},
        ]
    ):
        place = make_course(course / str(number))
        (row,) = collect(folder(tmp_path / str(number), files), TOPIC, place)
        assert (row.handed_in, row.doubt) == (iso(LONG_AGO), "")


def test_files_written_in_one_go_in_a_part_of_a_class():
    def seconds(*moments):
        return [LONG_AGO + timedelta(seconds=moment) for moment in moments]

    assert written_together(seconds(0, 1, 2, 90_000, 180_000, 270_000, 400_000))
    assert written_together(seconds(0, 100, 200, 90_000))
    assert not written_together(seconds(0, 100, 90_000, 180_000))
    assert not written_together(seconds(0, 1))
    assert not written_together([])


@pytest.mark.parametrize(
    ("name", "system"),
    [
        ("roeann_7_100_" + NAME, "canvas"),
        ("Ann Roe_7_assignsubmission_file_/" + NAME, "moodle"),
        (f"ann/{NAME}", ""),
    ],
)
def test_a_zip_packed_with_its_files_tells_no_time(course, tmp_path, name, system):
    now = datetime.now().replace(microsecond=0)
    path = zipped(tmp_path / "class.zip", {name: (by("ann"), now - 5 * HOUR)})
    packed = (now - 5 * HOUR).timestamp()
    os.utime(path, (packed, packed))
    (row,) = collect(path, TOPIC, course)
    assert row.doubt
    assert ("Canvas" in row.doubt) == (system == "canvas")


def test_moodles_own_times_count_and_canvass_never(course, tmp_path):
    moodle = {
        f"Ann {n}_{n}_assignsubmission_file_/{NAME}": (by(n), LONG_AGO + n * HOUR)
        for n in range(1, 5)
    }
    rows = collect(zipped(tmp_path / "m.zip", moodle), TOPIC, course, zone=UTC)
    assert [row.handed_in for row in rows] == [
        iso(LONG_AGO + n * HOUR) for n in range(1, 5)
    ]
    canvas = {
        f"roe{n}_{'LATE_' if n == 2 else ''}{n}_1{n}_{NAME}": (
            by(f"c{n}"),
            LONG_AGO + n * HOUR,
        )
        for n in range(1, 5)
    }
    other = make_course(course / "other")
    rows = collect(zipped(tmp_path / "c.zip", canvas), TOPIC, other, zone=UTC)
    assert all(row.doubt for row in rows)
    assert [bool(row.notes) for row in rows] == [False, True, False, False]
    (sentence,) = unknown_times(rows, TOPIC)
    assert "LATE by Canvas" in sentence
    assert "one day" in sentence


def test_a_time_is_no_better_known_for_being_older_when_it_is_collected_again(
    course, tmp_path, monkeypatch
):
    source = folder(tmp_path / "class", {f"anna/{NAME}": by("anna")})
    assert collect(source, TOPIC, course)[0].doubt

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + 5 * HOUR

    module = sys.modules["cs5045ae.grading.intake.collect"]
    monkeypatch.setattr(module, "datetime", Later)
    (row,) = collect(source, TOPIC, course)
    assert (row.status, bool(row.doubt)) == ("unchanged", True)


def test_a_person_sets_the_time_and_it_stays(course, tmp_path):
    source = folder(tmp_path / "class", {f"anna/{NAME}": by("anna")})
    assert collect(source, TOPIC, course)[0].doubt
    (row,) = collect(source, TOPIC, course, at=LONG_AGO)
    assert (row.handed_in, row.doubt) == (iso(LONG_AGO), "")
    (row,) = collect(source, TOPIC, course)
    assert (row.status, row.handed_in, row.doubt) == ("unchanged", iso(LONG_AGO), "")


def test_the_same_bytes_with_a_time_that_can_be_believed_make_it_known(
    course, tmp_path
):
    source = folder(tmp_path / "class", {f"anna/{NAME}": by("anna")})
    assert collect(source, TOPIC, course)[0].doubt
    folder(source, {f"anna/{NAME}": (by("anna"), LONG_AGO)})
    (row,) = collect(source, TOPIC, course)
    assert (row.handed_in, row.doubt) == (iso(LONG_AGO), "")
    assert not any("unknown" in note for note in row.notes)


def test_a_later_version_with_a_time_replaces_one_without(course, tmp_path):
    source = folder(tmp_path / "class", {f"anna/{NAME}": by("anna")})
    collect(source, TOPIC, course)
    folder(source, {f"anna/{NAME}": (by("anna, again"), LONG_AGO)})
    (row,) = collect(source, TOPIC, course)
    assert (row.status, row.handed_in) == ("collected", iso(LONG_AGO))
    assert sources(submitted(course, "anna"))["words"] == "Written by anna, again."


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("01_tiny.ipynb", "01_tiny (1).ipynb"),
        ("01_tiny (1).ipynb", "01_tiny.ipynb"),
        ("01_tiny.ipynb", "01_tiny-Copy1.ipynb"),
        ("zz.ipynb", "Untitled.ipynb"),
        ("sub/01_tiny.ipynb", "final (2).ipynb"),
    ],
)
@pytest.mark.parametrize("form", ["anna/", "Ann Roe_7_assignsubmission_file_/"])
def test_of_two_notebooks_the_newer_counts_whatever_its_name(
    course, tmp_path, form, older, newer
):
    files = {
        form + older: (by("before"), LONG_AGO),
        form + newer: (by("after"), LONG_AGO + HOUR),
        form.replace("nn", "bb").replace("7", "8") + NAME: (by("another"), LONG_AGO),
    }
    row = next(
        row
        for row in collect(folder(tmp_path / "class", files), TOPIC, course)
        if row.student in {"anna", "7"}
    )
    assert row.handed_in == iso(LONG_AGO + HOUR)
    assert sources(submitted(course, row.student))["words"] == "Written by after."
    (note,) = row.notes
    assert "the newer was taken" in note
    for text in (older, newer, iso(LONG_AGO), iso(LONG_AGO + HOUR)):
        assert text in note


def test_where_times_do_not_tell_the_one_with_more_answers_counts(course, tmp_path):
    blank = json.loads((course / "exercises" / TOPIC / NAME).read_bytes())
    few = as_bytes(worked(**{"words": blank_source(blank, "words")}))
    for number, changed in enumerate([LONG_AGO, None]):
        files = {
            f"anna/{NAME}": (few, changed),
            "anna/z (1).ipynb": (by("anna"), changed),
        }
        place = make_course(course / str(number))
        (row,) = collect(folder(tmp_path / str(number), files), TOPIC, place)
        note = row.notes[0]
        assert sources(submitted(place, "anna"))["words"] == "Written by anna."
        assert "do not say which is newer" in note
        assert f"most answers, {len(ANSWERS)}" in note
        assert f"Not taken: anna/{NAME}" in note


def blank_source(notebook, grade_id):
    (found,) = [
        cell["source"]
        for cell in notebook["cells"]
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
    ]
    return "".join(found)


def test_a_newer_one_that_cannot_be_read_or_is_empty_does_not_cost_the_answers(
    course, tmp_path
):
    blank = (course / "exercises" / TOPIC / NAME).read_bytes()
    for number, (newer, words) in enumerate(
        [(b"broken", "only one that can be read"), (blank, "the one with answers")]
    ):
        files = {
            f"anna/{NAME}": (by("anna"), LONG_AGO),
            "anna/x.ipynb": (newer, LONG_AGO + HOUR),
        }
        place = make_course(course / str(number))
        (row,) = collect(folder(tmp_path / str(number), files), TOPIC, place)
        assert sources(submitted(place, "anna"))["words"] == "Written by anna."
        assert words in row.notes[0]
        assert "x.ipynb" in row.notes[0]


def test_records_from_before_are_doubted_where_no_time_came_with_them(course, tmp_path):
    source = folder(tmp_path / "class", {f"anna/{NAME}": by("anna")})
    collect(source, TOPIC, course)
    path = course / "received" / TOPIC / "anna" / "record.json"
    for changes, doubted in [
        ({"handed_in_from": "the time of collecting"}, True),
        ({"handed_in_from": "the time of the file"}, False),
        ({"handed_in_from": "the time of the file", "lms": "canvas"}, True),
        ({"handed_in_from": "given by the instructor", "lms": "canvas"}, False),
    ]:
        record = json.loads(path.read_text()) | changes
        record.pop("doubt", None)
        path.write_text(json.dumps(record))
        assert bool(read_record(course, TOPIC, "anna").doubt) == doubted


def test_a_time_in_the_future_or_of_1980_is_doubted():
    now = datetime(2026, 12, 1, tzinfo=UTC)
    times = FileTimes("plain", {}, now)
    for time in (
        None,
        now + HOUR,
        datetime(1980, 1, 1, tzinfo=UTC),
        now,
        now - HOUR / 9,
    ):
        assert times.doubt(time)
    assert not times.doubt(now - HOUR)
