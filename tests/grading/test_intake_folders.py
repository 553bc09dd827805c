"""Is a folder read without following one link, and without waiting on a pipe?"""

import os
import socket
import threading
import time

import pytest

from cs5045ae.course.place import CourseError
from cs5045ae.grading.intake.files import Limits, Refused
from cs5045ae.grading.intake.folders import read_folder


def write(path, text="x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


@pytest.fixture
def secret(tmp_path):
    return write(tmp_path / "outside" / "secret.ipynb", "secret")


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "source"
    write(folder / "anna" / "x.ipynb", "of anna")
    return folder


def paths(source, **limits):
    files, refused = read_folder(source, Limits(**limits))
    return [f.path for f in files], dict(refused)


def test_regular_files_are_read_and_hard_links_too(source):
    os.link(source / "anna" / "x.ipynb", source / "anna" / "y.ipynb")
    files, refused = read_folder(source)
    assert [(f.path, f.read(99)) for f in files] == [
        ("anna/x.ipynb", b"of anna"),
        ("anna/y.ipynb", b"of anna"),
    ]
    assert refused == []


def test_the_folder_itself_may_be_a_link_for_the_instructor_named_it(source, tmp_path):
    (tmp_path / "link").symlink_to(source)
    assert paths(tmp_path / "link")[0] == ["anna/x.ipynb"]


@pytest.mark.parametrize("target", ["file", "folder", "nowhere", "itself", "root"])
def test_links_below_are_refused(source, secret, target):
    link = source / "anna" / "link.ipynb"
    link.symlink_to(
        {
            "file": secret,
            "folder": secret.parent,
            "nowhere": "/no/such",
            "itself": link,
            "root": "/",
        }[target]
    )
    found, refused = paths(source)
    assert found == ["anna/x.ipynb"]
    assert "link" in refused["anna/link.ipynb"]


def test_pipes_and_sockets_are_refused_and_not_waited_for(source):
    os.mkfifo(source / "anna" / "pipe.ipynb")
    server = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(source / "anna")  # the path of a socket has to be short
    server.bind("socket.ipynb")
    os.chdir(here)
    found, refused = paths(source)
    server.close()
    assert found == ["anna/x.ipynb"]
    assert set(refused.values()) == {"it is not a regular file"}


@pytest.mark.parametrize("swap", ["file", "folder", "pipe"])
def test_a_file_that_is_exchanged_after_the_listing_is_not_read(source, secret, swap):
    (file,), _ = read_folder(source)
    os.remove(source / "anna" / "x.ipynb")
    if swap == "file":
        (source / "anna" / "x.ipynb").symlink_to(secret)
    elif swap == "pipe":
        os.mkfifo(source / "anna" / "x.ipynb")
    else:
        write(secret.parent / "x.ipynb", "secret")
        (source / "anna").rmdir()
        (source / "anna").symlink_to(secret.parent)
    with pytest.raises(Refused, match=r"link|regular"):
        file.read(99)


def test_a_race_for_the_name_never_yields_the_secret(source, secret):
    """Another process swaps file and link for a second: only the file is ever read."""
    name, spare = source / "anna" / "x.ipynb", source / "anna" / "spare"
    spare.symlink_to(secret)
    third = source / "third"
    stop = threading.Event()

    def swap():
        while not stop.is_set():
            for a, b in ((name, third), (spare, name), (third, spare)):
                os.rename(a, b)

    thread = threading.Thread(target=swap)
    thread.start()
    until, seen = time.monotonic() + 1.0, set()
    try:
        while time.monotonic() < until:
            for file in read_folder(source)[0]:
                try:
                    seen.add(file.read(99))
                except Refused:
                    seen.add(None)
    finally:
        stop.set()
        thread.join()
    assert b"of anna" in seen
    assert b"secret" not in seen


def test_a_file_that_grows_is_cut_off_and_said(source):
    (file,), _ = read_folder(source)
    write(source / "anna" / "x.ipynb", "y" * 1000)
    with pytest.raises(Refused, match="larger"):
        file.read(500)


def test_a_sparse_giant_is_refused_by_its_size_alone(source):
    with open(source / "anna" / "big.ipynb", "wb") as stream:
        stream.truncate(1 << 40)
    big = next(f for f in read_folder(source)[0] if "big" in f.path)
    with pytest.raises(Refused, match="larger than 50 MB"):
        big.read(50_000_000)


def test_too_many_entries_and_too_deep_folders(source):
    for number in range(30):
        (source / "anna" / str(number)).mkdir()
    with pytest.raises(CourseError, match="over 20 entries"):
        paths(source, entries=20)
    write(source / "a" / "b" / "c" / "d" / "x.ipynb")
    assert "deep" in paths(source, depth=3)[1]["a/b/c/d"]


def test_names_that_are_no_utf_8_are_read(source):
    raw = os.fsencode(source) + b"/anna/\xff\xfe.ipynb"
    with open(raw, "wb") as stream:
        stream.write(b"odd")
    files, _ = read_folder(source)
    odd = next(f for f in files if "\ufffd" in f.path)
    assert odd.read(9) == b"odd"
    odd.path.encode("utf-8")


@pytest.mark.usefixtures("ordinary")
def test_a_locked_file_says_so(source):
    (source / "anna" / "x.ipynb").chmod(0)
    (file,), _ = read_folder(source)
    with pytest.raises(Refused, match="may not be read"):
        file.read(9)
