"""Is a time without a sure zone never taken for one?"""

from datetime import UTC, datetime, timedelta

import pytest
from nbgrader.utils import parse_utc

from cs5045ae.grading.intake.times import (
    credible,
    iso,
    nbgrader_time,
    parse_time,
    plain_time,
)

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-25T12:00:00Z", "2026-11-25 13:00+01:00", "2026-11-25T17:30:00+0530"],
)
def test_iso_8601_with_a_zone_is_read(text):
    assert parse_time(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        *("2026-11-25", "2026-11-25T12:00", "2026-11-25 12:00 CEST", "25.11.2026"),
        *("", "now", "2026-13-01T00:00Z", "2026-11-25T25:00Z"),
    ],
)
def test_any_other_time_is_refused_with_an_example(text):
    with pytest.raises(
        ValueError, match=r"Due.*write it like 2026-11-25T23:59:00\+01:00"
    ):
        parse_time(text, "Due")


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25 12:00:00 UTC",
        "2026-11-25 12:00:00.000000 UTC\n",
        "2026-11-25 13:00:00 Europe/Berlin",
        "2026-11-25 14:00:00 +0200",
        "2026-11-25T12:00:00+00:00",
    ],
)
def test_the_times_of_nbgrader_are_read(text):
    assert nbgrader_time(text) == NOON


@pytest.mark.parametrize(
    "text",
    [
        *("", "2026-11-25 12:00:00 CEST", "2026-11-25 12:00:00 IST", "x" * 9),
        *("2026-11-25 12:00:00", "2026-11-25 12:00:00 No/Where"),
        "2026-11-25 12:00:00 ../../etc/passwd",
    ],
)
def test_unsure_zones_are_refused(text):
    with pytest.raises(ValueError, match=r"zone|ISO"):
        nbgrader_time(text)


def test_what_we_write_nbgrader_reads_as_the_same_moment():
    for hours in (-11, 0, 5.5, 14):
        time = parse_time("2026-03-29T02:30:00Z") + timedelta(hours=hours)
        assert parse_utc(iso(time)).replace(tzinfo=UTC) == time


def test_times_in_names_and_those_that_cannot_be():
    assert plain_time("2026-11-25-12-00-00", UTC) == NOON
    assert plain_time("2026-11-25 12:00:00 UTC", None) == NOON
    assert plain_time("2026-99-25-12-00-00", UTC) is None
    assert plain_time("", UTC) is None
    assert credible(NOON, NOON)
    for time in (None, NOON + timedelta(hours=1), datetime(1980, 1, 1, tzinfo=UTC)):
        assert not credible(time, NOON)
