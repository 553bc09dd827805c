"""What the test cells of the exercises call: one check for each graded property.

A check is given what the student made, only calls it, and compares with the
reference. It never reads the student's source, names or globals, and all that passes
between the two is plain data: None, numbers, text, lists, tuples, dicts, arrays, and
Keras models.
"""

from cs5045ae.checks.failure import CheckFailed

__all__ = ["CheckFailed"]
