"""Grades as tables for Moodle, Canvas and people.

Takes plain rows and ``roster.csv``; score, status and reason are three things.
"""

from cs5045ae.grading.export.due import parse_due
from cs5045ae.grading.export.gather import gather
from cs5045ae.grading.export.roster import Roster, read_roster
from cs5045ae.grading.export.rows import Row
from cs5045ae.grading.export.write import export, export_topics

__all__ = [
    "Roster",
    "Row",
    "export",
    "export_topics",
    "gather",
    "parse_due",
    "read_roster",
]
