"""Times of hand-in: always with a zone, written as ISO 8601."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

__all__ = [
    "credible",
    "from_timestamp",
    "iso",
    "nbgrader_time",
    "parse_time",
    "plain_time",
]

AHEAD = timedelta(minutes=10)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
ZONED = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) +(\S+)")
DIGITS = re.compile(r"\D*(\d{4})\D?(\d\d)\D?(\d\d)\D?(\d\d)\D?(\d\d)\D?(\d\d)\D*")


def parse_time(text: str, what: str = "The time") -> datetime:
    """Read an ISO 8601 time that says its zone.

    Parameters
    ----------
    text : str
        Such as ``2026-11-25T23:59:00+01:00``; ``Z`` stands for UTC.
    what : str
        What the time is, for the message.

    Raises
    ------
    ValueError
        If it is no such time, or has no zone.

    Examples
    --------
    >>> parse_time("2026-11-25T23:59:00+01:00").isoformat()
    '2026-11-25T23:59:00+01:00'
    """
    example = "write it like 2026-11-25T23:59:00+01:00, the zone as hours from UTC"
    try:
        time = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{what}, {text!r}, is no ISO 8601 time: {example}.") from None
    if time.tzinfo is None:
        raise ValueError(f"{what}, {text!r}, does not say its time zone: {example}.")
    return time


def nbgrader_time(text: str) -> datetime:
    """Read the time in a ``timestamp.txt`` of nbgrader.

    Its forms are ISO 8601, and a local time followed by ``UTC``, an offset such as
    ``+0200``, or a zone such as ``Europe/Berlin``.

    Raises
    ------
    ValueError
        If it is none of them; abbreviations such as CEST name no zone for certain.
    """
    text = text.strip()
    match = ZONED.fullmatch(text)
    if not match:
        return parse_time(text, "The time in timestamp.txt")
    day, clock, zone = match.groups()
    if re.fullmatch(r"[+-]\d\d:?\d\d|Z", zone):
        return parse_time(f"{day}T{clock}{zone}", "The time in timestamp.txt")
    if zone != "UTC" and "/" not in zone:
        raise ValueError(f"{zone!r} is no time zone for certain")
    try:
        return datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(zone))
    except (OSError, ValueError, KeyError):
        raise ValueError(f"{text!r} is no time in a known zone") from None


def plain_time(text: str, zone: tzinfo | None) -> datetime | None:
    """Read a time from a name, such as ``2026-11-25-23-59-00``, if it is one.

    Parameters
    ----------
    text : str
        Year to second; a zone at its end, such as ``UTC``, is taken.
    zone : datetime.tzinfo or None
        Where its clock stands if it does not say; None for this machine's zone.
    """
    match = DIGITS.fullmatch(text.replace("UTC", ""))
    if not match:
        return None
    try:
        time = datetime(*(int(part) for part in match.groups()))  # type: ignore[arg-type]
        return localized(time, UTC if "UTC" in text else zone)
    except (ValueError, OverflowError, OSError):
        return None


def localized(time: datetime, zone: tzinfo | None) -> datetime:
    """Give a time without a zone its zone; None is the zone of this machine."""
    return time.replace(tzinfo=zone) if zone else time.astimezone()


def from_timestamp(seconds: float) -> datetime | None:
    """Return the time of a file system's seconds since 1970, None if it cannot be."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def credible(time: datetime | None, now: datetime) -> bool:
    """Tell whether a claimed time can be of a hand-in: not in the future, not 1980."""
    return time is not None and EARLIEST <= time <= now + AHEAD


def iso(time: datetime) -> str:
    """Write a time as ISO 8601 in UTC, to the second.

    Examples
    --------
    >>> iso(parse_time("2026-11-25T23:59:00+01:00"))
    '2026-11-25T22:59:00+00:00'
    """
    return time.astimezone(UTC).isoformat(timespec="seconds")
