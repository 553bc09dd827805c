"""Keep standard error silent for a while.

Libraries written in C++ log to file descriptor 2, past Python's ``sys.stderr``, and in
a notebook ``sys.stderr`` goes another way than the descriptor. In both, lines that
mean nothing look like errors, and nbgrader gives no points to a right answer whose
test cell has any text on standard error.
"""

import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Iterator

__all__ = ["quiet_stderr"]


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Hold back all that is written to standard error; show it on an exception."""
    if sys.stderr is not None:
        sys.stderr.flush()
    kept = os.dup(2)
    with tempfile.TemporaryFile() as below:
        os.dup2(below.fileno(), 2)
        above, failed = io.StringIO(), True
        try:
            with contextlib.redirect_stderr(above):
                yield
            failed = False
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            if failed:
                below.seek(0)
                os.write(2, below.read())
                print(above.getvalue(), end="", file=sys.stderr)
