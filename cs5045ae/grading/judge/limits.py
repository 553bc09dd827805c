"""How long judging may take: of one cell, and of a whole submission."""

from dataclasses import dataclass

__all__ = ["Patience"]


@dataclass(frozen=True)
class Patience:
    """Seconds that a submission may take.

    Parameters
    ----------
    submission : float
        For everything; what is left untried then gets no points.
    cell : float
        For one of the student's own cells; a cell of a task whose check may take
        longer gets as long as that.
    check : float or None
        For each check, in place of the table in `cs5045ae.checks.limits`.
    """

    submission: float = 120.0
    cell: float = 30.0
    check: float | None = None
