"""Is a file known by its bytes, whatever it is called?"""

import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile

import numpy as np
import pytest

from cs5045ae.file_kind import FileKind, file_kind

NOTEBOOK = json.dumps(
    {"cells": [{"cell_type": "code", "source": "x = 'ä'"}], "nbformat": 4}, indent=1
).encode()
PAGE = b"<!DOCTYPE html>\n<html><head><title>Sign in</title></head></html>"
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n"


def zipped(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


def tarred():
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("x"))
    return buffer.getvalue()


def array():
    buffer = io.BytesIO()
    np.save(buffer, np.arange(3))
    return buffer.getvalue()


CASES = {
    FileKind.EMPTY: [b"", b"\n \r\n", bytes(500)],
    FileKind.LFS_POINTER: [POINTER, POINTER.replace(b"\n", b"\r\n"), b"\n" + POINTER],
    FileKind.ANNEX_POINTER: [b"/annex/objects/MD5E-s1--0.npz\n"],
    FileKind.WEB_PAGE: [
        PAGE,
        b"\xef\xbb\xbf\n <html lang='en'>",
        b"<?xml version='1.0'?>\n<html xmlns='x'>",
        b"<!-- saved -->\n<HTML><BODY>",
        PAGE.decode().encode("utf-16"),
        b"<script>location='/login'</script>",
    ],
    FileKind.CONFLICT: [
        b"<<<<<<< HEAD\n" + NOTEBOOK,
        NOTEBOOK.replace(b'   "source"', b'<<<<<<< HEAD\n   "source"', 1),
        NOTEBOOK.replace(b"\n}", b"\n=======\n>>>>>>> 4f1c2ab\n}"),
        (b"<<<<<<< Updated upstream\n" + NOTEBOOK).replace(b"\n", b"\r\n"),
    ],
    FileKind.GZIP: [gzip.compress(NOTEBOOK), gzip.compress(b"")],
    FileKind.ZIP: [zipped("a/x.ipynb"), zipped("x.npy"), zipped()],
    FileKind.RAR: [b"Rar!\x1a\x07\x01\0" + bytes(9), b"Rar!\x1a\x07\0" + bytes(9)],
    FileKind.SEVEN_ZIP: [b"7z\xbc\xaf\x27\x1c\0\x04"],
    FileKind.TAR: [tarred()],
    FileKind.BZIP2: [bz2.compress(NOTEBOOK)],
    FileKind.XZ: [lzma.compress(NOTEBOOK)],
    FileKind.PDF: [b"%PDF-1.7\n%\xe2\xe3"],
    FileKind.OFFICE: [
        zipped("[Content_Types].xml", "word/document.xml"),
        zipped("xl/workbook.xml"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9),
    ],
    FileKind.IMAGE: [
        b"\x89PNG\r\n\x1a\n" + bytes(9),
        b"\xff\xd8\xff\xe0JFIF",
        b"RIFF\0\0\0\0WEBPVP8 ",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\0\0\0\x18ftypheic",
    ],
    FileKind.NUMPY: [array()],
    FileKind.HDF5: [b"\x89HDF\r\n\x1a\n" + bytes(9)],
    FileKind.MAC_FORK: [bytes([0, 5, 0x16, 7]) + bytes(80)],
    FileKind.NOTEBOOK: [
        NOTEBOOK,
        NOTEBOOK.decode().encode("utf-16"),
        NOTEBOOK.decode().encode("utf-16-le"),
        NOTEBOOK.replace(b"\n", b"\r\n"),
        NOTEBOOK.replace(b"\n", b"\r"),
        b'{"worksheets": [{"cells": []}], "nbformat": 3}',
        json.dumps({"cells": [{"cell_type": "code"}]}).encode(),
    ],
    FileKind.JSON: [b'{"error": "not found"}', b"[1, 2]", b"[]"],
    FileKind.XML: [b"<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>"],
    FileKind.PYTHON: [
        b"import numpy as np\nx = 3\n",
        b"# a comment\n\ndef f(x):\n    return x\n",
        b"#!/usr/bin/env python3\nprint(1)",
        b"from a.b import c",
    ],
    FileKind.TEXT: [
        b"Dear teacher,\nplease find my answers attached.",
        "Größe".encode("cp1252"),
        "日本語のテキスト".encode(),
        "from here on".encode("utf-16"),
    ],
    FileKind.BINARY: [bytes(range(256)), b"\0\0\x08\x03\0\0\xea\x60" * 9],
}


@pytest.mark.parametrize(
    ("kind", "data"),
    [(kind, data) for kind, several in CASES.items() for data in several],
)
def test_a_file_is_known_by_its_bytes(kind, data):
    assert file_kind(data) is kind


def test_every_kind_reads_in_a_sentence():
    assert all(f"it is {kind}"[6:].strip() for kind in FileKind)
    assert str(FileKind.RAR) == "a RAR archive"


def test_the_beginning_is_enough_even_where_it_cuts_a_sign():
    text = ("é" * 5000).encode()
    for length in range(100, 110):
        assert file_kind(text[:length]) is FileKind.TEXT


def test_an_archive_is_told_from_a_document():
    assert FileKind.RAR.is_archive
    assert not FileKind.OFFICE.is_archive


def test_it_imports_nothing_heavy():
    code = "import sys, cs5045ae.file_kind; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
