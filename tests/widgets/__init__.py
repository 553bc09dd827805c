"""What the tests of the widgets share."""

REDRAWN = 0.15
"""Seconds of processor time: an update takes well under 0.05 on a quiet machine, and a
whole figure drawn anew several times this. A busy machine must not fail the test."""
