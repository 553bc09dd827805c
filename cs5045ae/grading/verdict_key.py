"""The key of a verdict: what was judged, by what."""

import hashlib
from functools import cache
from pathlib import Path

import cs5045ae
from cs5045ae.grading.verdict import VERSION

__all__ = ["verdict_key"]

PARTS = (
    *("backend.py", "checks", "data", "file_kind.py", "grading", "keras_settings.py"),
    *("layers", "quiet.py", "reference", "stopped_cells.py"),
)
"""What of this package a verdict depends on."""


def verdict_key(submission: bytes, source: bytes, seed: int) -> str:
    """Return what a verdict depends on, as one short text.

    Parameters
    ----------
    submission, source : bytes
        The notebook that was handed in, and the solution with the test cells.
    seed : int
        Of the checks' fresh cases.
    """
    digest = hashlib.sha256(f"{VERSION} {cs5045ae.__version__} {seed}".encode())
    for data in (submission, source, _package()):
        digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


@cache
def _package() -> bytes:
    """Return a sum over the sources that a verdict depends on, read once a process."""
    folder, digest = Path(cs5045ae.__file__).parent, hashlib.sha256()
    for part in PARTS:
        top = folder / part
        for path in sorted(top.rglob("*.py")) if top.is_dir() else [top]:
            name = path.relative_to(folder).as_posix()
            data = path.read_bytes()
            digest.update(f"\n{name} {len(data)}\n".encode() + data)
    return digest.digest()
