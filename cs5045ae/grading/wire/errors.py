"""What can go wrong with an answer."""

from cs5045ae.checks.failure import CheckFailed

__all__ = ["BrokenChannel", "WireError"]


class WireError(CheckFailed):
    """A student's kernel gave no usable answer; a failed check, told in one sentence.

    Parameters
    ----------
    reason : str
        What is wrong with the answer.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"There was no usable answer: {reason}.",
            "Return None, numbers, text, numpy arrays, or a tuple, list or dict of "
            "these, or a model of Keras' own layers.",
        )
        self.reason = reason


class BrokenChannel(Exception):
    """A socket of the kernel is closed, or carries what no kernel sends."""
