"""Due times and days late, by the clock on the wall where the course is.

With a zone that is named, such as ``Europe/Berlin``, a day ends when that zone's clock
shows the due time again, so that it has 23 or 25 hours when the clocks change. An
offset alone, such as ``+02:00``, names no zone: its days have 24 hours, and 25 where
a zone that has this offset on the due day sets its clocks back in between.
"""

import math
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

__all__ = ["days_late", "latest_time", "named_zone", "parse_due"]

DAY = timedelta(days=1)
CHANGING = """
    Europe/London Europe/Berlin Europe/Helsinki Europe/Chisinau Atlantic/Azores
    America/St_Johns America/Halifax America/New_York America/Chicago America/Denver
    America/Los_Angeles America/Anchorage America/Adak America/Havana America/Nuuk
    America/Santiago Pacific/Easter Asia/Jerusalem Asia/Beirut Africa/Cairo
    Africa/Casablanca Australia/Sydney Australia/Adelaide Australia/Lord_Howe
    Pacific/Auckland Pacific/Chatham Pacific/Norfolk
"""
NAMED = re.compile(r"(.*\d\S*?)\s*[\[( ]\s*(UTC|[A-Za-z]\w*(?:/[\w+-]+)+)[\])]?")
FORM = "write it like 2026-11-25T23:59 Europe/Berlin or 2026-11-25T23:59+01:00"


def named_zone(name: str, what: str) -> ZoneInfo:
    """Return a zone by its name.

    Parameters
    ----------
    name : str
        Such as ``Europe/Berlin``.
    what : str
        Where the name stands, for the message.

    Raises
    ------
    ValueError
        If there is no zone of that name; abbreviations such as CET are none for
        certain.
    """
    example = "write its name, such as Europe/Berlin or America/New_York"
    if "/" in name or name == "UTC":
        try:
            return ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            pass
    raise ValueError(f"{what}: {name!r} is no time zone that is known: {example}.")


def parse_due(
    text: str, zone: ZoneInfo | None = None, what: str = "The due time"
) -> datetime:
    """Read when something is due.

    Parameters
    ----------
    text : str
        ISO 8601 with an offset, or without one if a zone is named behind it or in
        `zone`.
    zone : zoneinfo.ZoneInfo or None
        Of the course, if `text` names none.
    what : str
        What the time is, for messages.

    Returns
    -------
    datetime.datetime
        With the named zone if there is one, else with the offset.

    Raises
    ------
    ValueError
        If it is no such time, or does not say where.

    Examples
    --------
    >>> parse_due("2026-11-25T23:59 Europe/Berlin").isoformat()
    '2026-11-25T23:59:00+01:00'
    >>> parse_due("2026-11-25T23:59", ZoneInfo("Europe/Berlin")).isoformat()
    '2026-11-25T23:59:00+01:00'
    """
    text = text.strip()
    match = NAMED.fullmatch(text)
    clock = match[1] if match else text
    where = named_zone(match[2], what) if match else zone
    if not re.search(r"\d[T ]\d", clock):
        # A day alone would end as it begins, at midnight.
        problem = "is no ISO 8601 time with a day and an hour"
        raise ValueError(f"{what}, {text!r}, {problem}: {FORM}.")
    try:
        time = datetime.fromisoformat(clock)
    except ValueError:
        raise ValueError(f"{what}, {text!r}, is no ISO 8601 time: {FORM}.") from None
    if time.tzinfo:
        return time.astimezone(where) if where else time
    if where is None:
        raise ValueError(
            f"{what}, {text!r}, does not say its time zone: {FORM}, or name the zone "
            "in a column zone."
        )
    return time.replace(tzinfo=where)


def latest_time(due: datetime, days: float) -> datetime:
    """Return the last moment that is not later than some days after the due time.

    Parameters
    ----------
    due : datetime.datetime
        With a named zone or an offset.
    days : float
        Days after it.

    Examples
    --------
    >>> latest_time(parse_due("2026-10-24T23:59 Europe/Berlin"), 1).isoformat()
    '2026-10-25T22:59:00+00:00'
    >>> latest_time(parse_due("2026-10-24T23:59+02:00"), 1).isoformat()
    '2026-10-25T22:59:00+00:00'
    >>> latest_time(parse_due("2026-11-24T23:59+01:00"), 1).isoformat()
    '2026-11-25T22:59:00+00:00'
    """
    if isinstance(due.tzinfo, ZoneInfo):
        return _on_the_wall(due.replace(tzinfo=None) + days * DAY, due.tzinfo)
    moment = due.astimezone(UTC)
    return moment + days * DAY + _hour_more(moment, due.replace(tzinfo=None), days)


def days_late(time: datetime, due: datetime, more: float = 0.0) -> int:
    """Count the days begun after the due time and an extension.

    Parameters
    ----------
    time, due : datetime.datetime
        Of the hand-in, and when it was due.
    more : float
        Days of extension.

    Examples
    --------
    >>> due = parse_due("2026-10-24T23:59 Europe/Berlin")
    >>> days_late(parse_due("2026-10-25T23:30 Europe/Berlin"), due)
    1
    """
    days = max(0, math.floor((time - due) / DAY - more) - 1)
    while time > latest_time(due, more + days):
        days += 1
    return days


def _on_the_wall(clock: datetime, zone: ZoneInfo) -> datetime:
    """Return when a zone's clock shows a time, the later if it does so twice."""
    return max(clock.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))


def _hour_more(moment: datetime, clock: datetime, days: float) -> timedelta:
    """Return how far the clocks of a zone with the due time's offset are set back."""
    offset = clock - moment.replace(tzinfo=None)
    plain, later = moment + days * DAY, clock + days * DAY
    ends = [
        _on_the_wall(later, zone)
        for zone in _changing_zones()
        if moment.astimezone(zone).utcoffset() == offset
    ]
    return max([plain, *ends]) - plain


@lru_cache(maxsize=1)
def _changing_zones() -> list[ZoneInfo]:
    return [ZoneInfo(name) for name in CHANGING.split()]
