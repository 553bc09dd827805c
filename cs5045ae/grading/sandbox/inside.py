"""Small files that exist only inside the sandbox."""

import inspect

from cs5045ae.grading.sandbox.packages import COURSE
from cs5045ae.grading.sandbox.view import HOME, PACKAGES
from cs5045ae.grading.wire import agent, table

__all__ = ["inner_files"]

CHECKS = '''"""Checks run when the exercise is graded, outside this kernel."""


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)

    def check(*made, **options):
        print("This is checked when the exercise is graded.")

    check.__name__ = name
    return check
'''
"""Stands for each module of the checks, which a student's first cell imports."""


def inner_files() -> dict[str, str]:
    """Return the files that exist only inside: by path, their text."""
    course = f"{PACKAGES}/cs5045ae"
    files = {
        "/etc/passwd": f"student:x:65534:65534::{HOME}:/bin/sh\n",
        "/etc/group": "student:x:65534:\n",
        f"{course}/grading/__init__.py": "",
        f"{course}/grading/wire/__init__.py": "",
        f"{course}/grading/wire/agent.py": inspect.getsource(agent),
        f"{course}/grading/wire/table.py": inspect.getsource(table),
    }
    for path in (COURSE / "checks").glob("*.py"):
        files[f"{course}/checks/{path.name}"] = CHECKS
    return files
