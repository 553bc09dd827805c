"""What had to be mended in a submission, told in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, field

__all__ = ["Mended"]

NAMED = 8


@dataclass
class Mended:
    """Names of cells by what was wrong with them."""

    edited: list[str] = field(default_factory=list)
    flagged: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    retyped: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    unmarked: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """Say it, one sentence for each kind."""
        kinds = {
            "The course's own text was put back in": self.edited,
            "Marks of nbgrader were restored in": self.flagged,
            "Missing cells were put back:": self.missing,
            "The cell type was restored in": self.retyped,
            "More than one copy was found of": self.doubled,
            "Without nbgrader's marks, by order and text, were found": self.unmarked,
        }
        return [f"{say} {_listed(names)}." for say, names in kinds.items() if names]


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return f"{shown} and {more} more" if more > 0 else shown
