"""Where nbgrader finds the course, and how it makes exercises of solutions.

Read by nbgrader's own commands and its Formgrader when they are started in this
folder, by JupyterLab's Validate button, and by ``cs5045ae exercises``. Trap: any other
file in ``solutions/NN_slug/`` would be copied into the exercise, so keep nothing else
there.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821 (nbgrader provides it)

c.CourseDirectory.course_id = "cs5045ae"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"

c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Write your code here, then run this cell '
    'again.")'
}
c.ClearSolutions.text_stub = "*Write your answer here.*"

c.Execute.timeout = 120  # seconds a cell: a training task may take its time
