"""The judge: runs a submission's cells behind the wall, and the checks before it.

`judge_submission` is all that others need. It works in three processes: the caller's,
which knows the files; the *court* (`judge.court`), which starts the student's kernel
behind the wall and puts each cell to it; and the *examiner* (`judge.examiner`), which
runs the checks and reads what the kernel answers, itself without a network and without
a folder to write to.
"""

from cs5045ae.grading.judge.limits import Patience
from cs5045ae.grading.judge.submission import judge_submission

__all__ = ["Patience", "judge_submission"]
