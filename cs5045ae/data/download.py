"""Downloads, by Keras, into a scratch folder of the course's own cache."""

import contextlib
import io
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from cs5045ae.data.cache import cache_folder
from cs5045ae.data.errors import DownloadError

_STALL_SECONDS = 30.0


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Make a folder inside the cache that vanishes at the end.

    Keras deletes a file whose checksum it does not expect, and writes to a file's
    final name from the start. In here it can harm nothing, and a finished file can
    be moved into the cache in one step.

    Yields
    ------
    pathlib.Path
        An empty folder.

    Raises
    ------
    DownloadError
        If the cache folder can't be written.
    """
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        scratch = tempfile.TemporaryDirectory(prefix="download-", dir=folder)
    except OSError as error:
        raise DownloadError(
            f"Can't write to the cache folder {folder} ({error.strerror or error}). "
            "Set CS5045AE_CACHE to a folder that you may write to."
        ) from error
    with scratch as name:
        yield Path(name)


def download(url: str, folder: Path, *, sha256: str | None, progress: bool) -> Path:
    """Download one file.

    Parameters
    ----------
    url : str
        Its address; the last part of it becomes the file's name.
    folder : pathlib.Path
        Where to put it.
    sha256 : str or None
        Its checksum, in hexadecimal digits; None if the caller checks the content.
    progress : bool
        Whether to show a bar.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    DownloadError
        If the address can't be reached, the file has another checksum, or the disk
        is full.
    """
    from cs5045ae.backend import keras

    quiet = contextlib.nullcontext() if progress else _silence()
    try:
        with quiet, _patience(_STALL_SECONDS):
            path = keras.utils.get_file(
                origin=url,
                file_hash=sha256,
                cache_dir=os.fspath(folder),
                cache_subdir=".",
            )
    # Where an address can't be reached, Keras raises a plain Exception that repeats
    # the address; the reason alone is in the error before it.
    except Exception as error:
        reason = error.__context__ if type(error) is Exception else error
        raise DownloadError(f"The download of {url} failed: {reason}.") from error
    return Path(path)


def _silence() -> contextlib.AbstractContextManager[object]:
    return contextlib.redirect_stdout(io.StringIO())


@contextlib.contextmanager
def _patience(seconds: float) -> Iterator[None]:
    """Give up on a connection that stays silent: Keras itself would wait for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(seconds)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)
