"""What the command line does: exercises, lectures, the sample class, report and lab.

Everything here works on a `Course`, a folder with ``lectures/``, ``solutions/``,
``exercises/`` and ``nbgrader_config.py``.
"""

from cs5045ae.course.place import Course, CourseError, find_course

__all__ = ["Course", "CourseError", "find_course"]
