"""Are days late those of the calendar and the clock where the course is?"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cs5045ae.grading.export import Row, read_roster
from cs5045ae.grading.export.due import days_late, latest_time, parse_due
from cs5045ae.grading.export.late import settle

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("due", "handed_in", "days", "with_a_day_more"),
    [
        # the end of summer time, the start of it
        ("2026-10-24T23:59 Europe/Berlin", "2026-10-25T23:30+01:00", 1, 0),
        ("2026-10-24T23:59 Europe/Berlin", "2026-10-26T00:30+01:00", 2, 1),
        ("2027-03-27T23:59 Europe/Berlin", "2027-03-28T23:30+02:00", 1, 0),
        ("2027-03-27T23:59 Europe/Berlin", "2027-03-29T00:30+02:00", 2, 1),
        ("2027-04-03T23:59 Pacific/Auckland", "2027-04-04T23:30+12:00", 1, 0),
        ("2026-09-26T23:59 Pacific/Auckland", "2026-09-28T00:30+13:00", 2, 1),
        ("2026-10-31T23:59 America/New_York", "2026-11-01T23:30-05:00", 1, 0),
        ("2027-03-13T23:59 America/New_York", "2027-03-15T00:30-04:00", 2, 1),
        ("2027-04-03T23:59 Australia/Lord_Howe", "2027-04-04T23:45+10:30", 1, 0),
        # a clock that shows the due time twice, and not at all
        ("2026-10-25T02:30 Europe/Berlin", "2026-10-25T02:29+01:00", 0, 0),
        ("2027-03-28T02:30 Europe/Berlin", "2027-03-28T03:30+02:00", 0, 0),
        ("2027-03-28T02:30 Europe/Berlin", "2027-03-28T03:31+02:00", 1, 0),
        # leap day, turn of the year, places without summer time
        ("2028-02-28T23:59 Europe/Berlin", "2028-02-29T23:00+01:00", 1, 0),
        ("2028-02-28T23:59 Europe/Berlin", "2028-03-01T00:30+01:00", 2, 1),
        ("2026-12-31T23:59 Europe/Berlin", "2027-01-01T12:00+01:00", 1, 0),
        ("2026-10-24T23:59 Asia/Kolkata", "2026-10-25T23:59+05:30", 1, 0),
        ("2026-10-24T23:59 UTC", "2026-10-26T00:00Z", 2, 1),
        # an offset alone
        ("2026-10-24T23:59+02:00", "2026-10-25T23:30+01:00", 1, 0),
        ("2026-10-24T23:59+02:00", "2026-10-26T00:30+01:00", 2, 1),
        ("2027-03-27T23:59+01:00", "2027-03-28T23:30+02:00", 1, 0),
        ("2026-10-31T23:59-04:00", "2026-11-01T23:30-05:00", 1, 0),
        ("2027-04-03T23:59+13:00", "2027-04-04T23:30+12:00", 1, 0),
        ("2026-10-24T23:59+05:30", "2026-10-26T00:30+05:30", 2, 1),
        ("2026-11-25T23:59+01:00", "2026-11-26T23:59:01+01:00", 2, 1),
        ("2026-12-31T23:59-11:00", "2027-01-02T00:00-11:00", 2, 1),
    ],
)
def test_a_day_ends_when_the_clock_shows_the_due_time_again(
    due, handed_in, days, with_a_day_more
):
    time, due = datetime.fromisoformat(handed_in), parse_due(due)
    assert days_late(time, due) == days
    assert days_late(time, due, 1) == with_a_day_more


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "+02:00", "Z"])
def test_every_day_begins_one_second_after_the_one_before(zone):
    named = f" {zone}" if "/" in zone else zone
    due = parse_due(f"2026-10-20T12:00{named}")
    for day in range(40):
        last = latest_time(due, day)
        assert days_late(last, due) == day
        assert days_late(last + timedelta(seconds=1), due) == day + 1


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2026-11-25T23:59 Europe/Berlin", None),
        ("2026-11-25 23:59:00 Europe/Berlin", None),
        ("2026-11-25T23:59 [Europe/Berlin]", None),
        ("2026-11-25T23:59[Europe/Berlin]", None),
        ("2026-11-25T23:59", BERLIN),
        ("2026-11-25T22:59Z", BERLIN),
        ("2026-11-25T17:59-05:00", BERLIN),
        ("2026-11-25T23:59 Europe/Berlin", ZoneInfo("Pacific/Auckland")),
    ],
)
def test_a_zone_is_named_behind_the_time_or_for_the_course(text, zone):
    due = parse_due(text, zone)
    assert due == datetime.fromisoformat("2026-11-25T23:59+01:00")
    assert due.tzinfo == BERLIN


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("25.11.2026 23:59", "is no ISO 8601 time"),
        ("25.11.2026", "with a day and an hour"),
        ("2026-11-25", "with a day and an hour"),
        ("11/25/2026 11:59 PM", "is no ISO 8601 time"),
        ("2026-11-25T23:59", "does not say its time zone.*column zone"),
        ("2026-11-25T23:59 CET", "is no ISO 8601 time"),
        ("2026-11-25T23:59 Europe/Berln", "no time zone that is known"),
        ("2026-11-25T24:30 Europe/Berlin", "is no ISO 8601 time"),
        ("tomorrow", "is no ISO 8601 time"),
    ],
)
def test_any_other_due_time_is_refused_in_one_sentence(text, words):
    with pytest.raises(ValueError, match=words) as error:
        parse_due(text, what="roster.csv, due_01_pca")
    assert str(error.value).startswith("roster.csv, due_01_pca")
    assert "Europe/Berlin" in str(error.value)


def test_a_column_zone_holds_for_the_class_and_a_line_of_ones_own(tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(
        "id,due_01_pca,zone\n*,2026-10-24T23:59,Europe/Berlin\na,,\n"
        "b,,America/New_York\nc,2026-10-25T23:59,\n"
    )
    people = read_roster(path)
    rows = [
        Row(s, "01_pca", 20, 20, "graded", handed_in="2026-10-25T22:30:00+00:00")
        for s in "abc"
    ]
    found = {one.student.id: one for one in settle(rows, people)}
    assert {s: one.days_late for s, one in found.items()} == {"a": 1, "b": 1, "c": 0}
    assert found["a"].row.handed_in == "2026-10-25T23:30:00+01:00"
    assert found["b"].row.handed_in == "2026-10-25T18:30:00-04:00"
    assert people.zone() == BERLIN
