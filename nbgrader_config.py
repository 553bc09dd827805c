"""Where nbgrader finds the course, how it makes exercises, and who grades strangers.

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

# Only what `cs5045ae collect` has put in place is graded.
c.Autograde.sanitize_preprocessors = [
    "cs5045ae.grading.intake.guard.IntakeGuard",
    "nbgrader.preprocessors.ClearOutput",
    "nbgrader.preprocessors.DeduplicateIds",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "nbgrader.preprocessors.OverwriteCells",
    "nbgrader.preprocessors.CheckCellMetadata",
]
# The judge takes the place of Execute: students' code runs behind a wall, and the
# checks outside of it.
c.Autograde.autograde_preprocessors = [
    "cs5045ae.grading.judge.preprocessor.Judge",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "cs5045ae.grading.judge.preprocessor.KeepAbsent",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# What a student wrote is cleaned before it stands on a page of feedback or Formgrader.
c.HTMLExporter.preprocessors = ["cs5045ae.grading.pages.preprocessor.CleanPage"]
c.HTMLExporter.filters = {
    "markdown2html": "cs5045ae.grading.pages.filters.markdown2html",
    "strip_files_prefix": "cs5045ae.grading.pages.filters.as_it_is",
    "highlight_code": "cs5045ae.grading.pages.filters.highlight_code",
}

c.Execute.timeout = 120  # seconds a cell in Validate: a training takes its time
