"""The pages on which people read what a student wrote.

Feedback and nbgrader's Formgrader are both made by nbconvert. ``nbgrader_config.py``
puts `preprocessor.CleanPage` and `filters` in its way, so that one place decides what a
student's text may become.
"""
