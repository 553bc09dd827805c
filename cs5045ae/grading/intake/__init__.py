"""Take in what students hand in, before nbgrader sees any of it.

`collect` reads a folder or zip, rebuilds each submission from the exercise that was
given out, and keeps what came in. The guard in ``guard.py`` lets nbgrader grade nothing
else.
"""

from cs5045ae.grading.intake.collect import collect
from cs5045ae.grading.intake.received import Received
from cs5045ae.grading.intake.records import Record, read_record

__all__ = ["Received", "Record", "collect", "read_record"]
