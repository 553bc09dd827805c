"""Is a zip looked through before it is unpacked, and counted while it is?"""

import contextlib
import io
import os
import stat
import struct
import time
import tracemalloc
import zipfile
from datetime import UTC, datetime, timedelta, timezone

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import Limits, Refused
from cs5045ae.grading.intake.zips import read_zip

SMALL = Limits(entries=100, file_bytes=3_000_000, directory_bytes=100_000)


def make(path, entries, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def with_name(path, name):
    """Write a zip with one entry whose name Python would have tidied."""
    place = "X" * len(name.encode())
    make(path, [(place, "data")])
    path.write_bytes(path.read_bytes().replace(place.encode(), name.encode()))
    return path


def only_refusal(path, limits=SMALL):
    files, refused = read_zip(path, limits=limits)
    assert files == []
    ((_, reason),) = refused
    return reason


def test_good_files_are_read_whole_and_in_order(tmp_path):
    path = make(
        tmp_path / "a.zip", [("b/x.ipynb", "1"), ("a/é.ipynb", "2"), ("b/", "")]
    )
    files, refused = read_zip(path)
    assert [(f.path, f.read(10)) for f in files] == [
        ("b/x.ipynb", b"1"),
        ("a/é.ipynb", b"2"),
    ]
    assert refused == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../up.ipynb", "leads out"),
        ("a/../../up.ipynb", "leads out"),
        ("a/..", "leads out"),
        ("/etc/passwd", "absolute"),
        ("//server/share", "absolute"),
        ("\\\\server\\share", "absolute"),
        ("C:\\windows\\x.ipynb", "absolute"),
        ("c:x.ipynb", "absolute"),
        ("..\\up.ipynb", "leads out"),
        ("a\\..\\..\\up.ipynb", "leads out"),
        ("a\0b.ipynb", "NUL"),
        ("a.ipynb\0.txt", "NUL"),
        ("./", "leads out"),
        ("/".join("d" * 30), "too deep"),
    ],
)
def test_names_that_lead_elsewhere_are_refused(tmp_path, name, reason):
    path = with_name(tmp_path / "a.zip", name)
    if name == "./":  # a folder, so it is no file at all
        assert read_zip(path) == ([], [])
    else:
        assert reason in only_refusal(path)


def test_backslashes_part_folders_as_old_windows_programs_write_them(tmp_path):
    files, _ = read_zip(with_name(tmp_path / "a.zip", "anna\\x.ipynb"))
    assert files[0].path == "anna/x.ipynb"


@pytest.mark.parametrize(
    "kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFSOCK]
)
@pytest.mark.parametrize("name", ["anna/x.ipynb", "anna/"])
def test_links_and_devices_are_refused(tmp_path, kind, name):
    entry = zipfile.ZipInfo(name)
    entry.external_attr = (kind | 0o777) << 16
    reason = only_refusal(make(tmp_path / "a.zip", [(entry, "/etc/passwd")]))
    assert ("link" if kind == stat.S_IFLNK else "regular") in reason


def test_a_password_is_refused(tmp_path):
    path = make(tmp_path / "a.zip", [("a.ipynb", "x" * 50)])
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    path.write_bytes(data)
    assert "password" in only_refusal(path)


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_unusual_packing_is_refused(tmp_path, method):
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("a.ipynb", "x")
    assert "packed in a way" in only_refusal(tmp_path / "a.zip")


def test_a_bomb_is_refused_by_its_ratio_and_one_students_alone(tmp_path):
    path = make(
        tmp_path / "a.zip", [("bomb.ipynb", bytes(2_900_000)), ("ok.ipynb", "{}")]
    )
    files, refused = read_zip(path, limits=SMALL)
    assert [f.path for f in files] == ["ok.ipynb"]
    assert "200 times" in refused[0][1]


def test_a_large_file_is_refused_by_its_size(tmp_path):
    path = make(tmp_path / "a.zip", [("a.ipynb", os.urandom(3_100_000))])
    assert "larger than 3 MB" in only_refusal(path)


def test_a_bomb_that_lies_about_its_size_is_stopped_while_unpacking(tmp_path):
    path = make(tmp_path / "a.zip", [("a.ipynb", bytes(200_000_000))])
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(mark) + offset
        data[at : at + 4] = struct.pack("<L", 900_000)
    path.write_bytes(data)
    files, refused = read_zip(path, limits=SMALL)
    assert refused == []
    tracemalloc.start()
    with pytest.raises(Refused, match=r"damaged|larger"):
        files[0].read(3_000_000)
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


def test_reading_stops_at_the_cap(tmp_path):
    files, _ = read_zip(make(tmp_path / "a.zip", [("a", os.urandom(900_000))]))
    assert len(files[0].read(900_000)) == 900_000
    with pytest.raises(Refused, match="larger"):
        files[0].read(899_999)
    with pytest.raises(Refused, match="larger"):  # even if the said size were believed
        files[0].reader(899_999)


def test_too_many_entries_stop_all_before_they_are_listed(tmp_path):
    path = make(tmp_path / "a.zip", [(f"{n}.ipynb", "") for n in range(101)])
    with pytest.raises(CourseError, match="101 entries"):
        read_zip(path, limits=SMALL)


def test_entries_that_the_end_does_not_count_are_counted(tmp_path):
    path = make(tmp_path / "a.zip", [(f"{n}.ipynb", "") for n in range(101)])
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x05\x06")
    data[at + 8 : at + 12] = struct.pack("<HH", 5, 5)
    path.write_bytes(data)
    with pytest.raises(CourseError, match="over 100 entries"):
        read_zip(path, limits=SMALL)


def test_zip64_is_read_and_its_count_believed_only_as_a_warning(tmp_path):
    path = make(tmp_path / "a.zip", [("a.ipynb", "{}")])
    data = path.read_bytes()
    at = data.rfind(b"PK\x05\x06")
    *_, count, table, start, _ = struct.unpack("<4s4H2LH", data[at : at + 22])
    for said, fails in ((count, False), (10**9, True)):
        record = struct.pack(
            "<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, said, said, table, start
        )
        locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
        end = struct.pack(
            "<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0
        )
        path.write_bytes(data[:at] + record + locator + end)
        if fails:
            with pytest.raises(CourseError, match="entries"):
                read_zip(path, limits=SMALL)
        else:
            assert [f.read(9) for f in read_zip(path, limits=SMALL)[0]] == [b"{}"]


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"PK\x05\x06", b"{}" * 99, os.urandom(5000)]
)
def test_what_is_no_zip_is_said_to_be_none(tmp_path, data):
    path = tmp_path / "class.zip"
    path.write_bytes(data)
    with pytest.raises(CourseError, match=r"class\.zip is no zip"):
        read_zip(path)


def test_a_zip_cut_short_or_damaged_anywhere_never_ends_in_a_traceback(tmp_path):
    whole = make(tmp_path / "a.zip", [(f"{n}/x.ipynb", "x" * 99) for n in range(3)])
    data = whole.read_bytes()
    path = tmp_path / "b.zip"
    for at in range(0, len(data), 3):
        for bent in (data[:at], data[:at] + b"\xff" + data[at + 1 :]):
            path.write_bytes(bent)
            with contextlib.suppress(CourseError, Refused):
                files, _ = read_zip(path)
                for file in files:
                    file.read(1000)


def test_a_damaged_file_says_so(tmp_path):
    path = make(tmp_path / "a.zip", [("a.ipynb", os.urandom(300))])
    data = bytearray(path.read_bytes())
    data[60] ^= 0xFF
    path.write_bytes(data)
    files, _ = read_zip(path)
    with pytest.raises(Refused, match="damaged"):
        files[0].read(1000)


def test_zips_inside_are_not_opened(tmp_path):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.ipynb", "x")
    files, _ = read_zip(make(tmp_path / "a.zip", [("anna/all.zip", inner.getvalue())]))
    assert [f.path for f in files] == ["anna/all.zip"]


def test_times_are_local_unless_the_zip_says_utc(tmp_path):
    entry = zipfile.ZipInfo("a", (2026, 11, 25, 12, 0, 0))
    exact = zipfile.ZipInfo("b", (2026, 11, 25, 12, 0, 0))
    exact.extra = struct.pack("<HHBl", 0x5455, 5, 1, 1_795_000_000)
    nonsense = zipfile.ZipInfo("c", (2026, 11, 25, 12, 0, 0))
    path = make(tmp_path / "a.zip", [(entry, ""), (exact, ""), (nonsense, "")])
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 14 : at + 16] = b"\0\0"  # day 0 of month 0
    path.write_bytes(data)
    zone = timezone(timedelta(hours=8))
    files, _ = read_zip(path, zone)
    assert [f.claimed for f in files] == [
        datetime(2026, 11, 25, 12, tzinfo=zone),
        datetime.fromtimestamp(1_795_000_000, UTC),
        None,
    ]
    assert [f.zone_known for f in files] == [False, True, False]
    (first, *_), _ = read_zip(path)
    local = time.mktime((2026, 11, 25, 12, 0, 0, 0, 0, -1))
    assert first.claimed.timestamp() == local
