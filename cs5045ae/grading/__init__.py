"""Grade a class of strangers.

The student's kernel only answers questions; the judge knows the answers. From the
ground up:

- ``grading.sandbox``: a kernel behind a wall, with limits on all it can use up
- ``grading.wire``: the only reader of what comes out of it
- ``grading.doctor``: what of the wall holds on this machine
- ``grading.intake``: what was handed in, made into notebooks that can be graded
- ``grading.verdict``: what is said of a submission, kept whole
- ``grading.judge``: comes to a verdict; a step of ``nbgrader autograde`` as well
- ``grading.ledger``, ``grading.gradebook``: which verdicts are in nbgrader's gradebook
- ``grading.classroom``: many submissions at a time
- ``grading.pages``: what feedback and Formgrader show of a student's text
- ``grading.export``: grades as tables

Importing this module imports none of them.
"""
