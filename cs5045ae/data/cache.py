"""The per-user cache: a convenience that may be absent, full or damaged."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from cs5045ae.data.errors import DataError
from cs5045ae.data.npz import write_npz

_LOCK_SECONDS = 60.0


def cache_folder() -> Path:
    """Name the folder for downloads and parsed data (it may not exist yet).

    Returns
    -------
    pathlib.Path
        `CS5045AE_CACHE` where that environment variable is set, else the cache
        folder that the operating system gives each user.
    """
    chosen = os.environ.get("CS5045AE_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_cache_path

    return user_cache_path("cs5045ae")


def read_or_build(
    name: str,
    read: Callable[[Path], dict[str, NDArray[Any]]],
    build: Callable[[], Mapping[str, NDArray[Any]]],
) -> Mapping[str, NDArray[Any]]:
    """Take arrays from the cache, or build them and keep them there.

    Where the cache can't be written (no permission, disk full) the arrays are built
    and returned all the same. A damaged cache file is built anew.

    Parameters
    ----------
    name : str
        File name in the cache, ending in `.npz`; it must change with the content.
    read : callable
        Reads and checks such a file; raises DataError if it is not sound.
    build : callable
        Makes the arrays from their source.

    Returns
    -------
    mapping
        Array by name.
    """
    path = cache_folder() / name
    with suppress(DataError):
        return read(path)
    with _locked(path):
        # Another process may have filled the cache while this one waited.
        with suppress(DataError):
            return read(path)
        arrays = build()
        with suppress(OSError):
            write_npz(path, arrays)
        return arrays


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold a lock beside `path`, where the folder allows one."""
    from filelock import FileLock

    lock = FileLock(f"{path}.lock")
    # Without the lock two processes do the same work twice, and nothing worse:
    # files are replaced whole. (A lock that can't be had in time is an OSError too.)
    with suppress(OSError, NotImplementedError):
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=_LOCK_SECONDS)
    try:
        yield
    finally:
        lock.release()
