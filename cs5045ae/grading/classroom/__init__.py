"""Grade a class: many submissions at a time, one student's fault never another's.

From the ground up: ``worker`` is what runs in each process, ``pool`` keeps the
processes going, ``report`` says what came of it, ``run`` is one grading of a topic and
``again`` a regrading.
"""

from cs5045ae.grading.classroom.again import regrade_topic, staff_view
from cs5045ae.grading.classroom.run import Plan, grade_topic

__all__ = ["Plan", "grade_topic", "regrade_topic", "staff_view"]
