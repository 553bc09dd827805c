"""In a notebook, say of a missing name which cell should have made it."""

import sys
import textwrap
from types import TracebackType
from typing import Any

from cs5045ae.stopped_cells import stopped_cell

__all__ = ["explain_missing_names"]

WIDTH = 84


def explain_missing_names() -> None:
    """Have IPython add to a NameError the cell that stopped before it made the name.

    Outside IPython, and for names that no cell makes, nothing changes.
    """
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None and NameError not in shell.custom_exceptions:
        shell.set_custom_exc((*shell.custom_exceptions, NameError), _show)


def _show(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    name = error.name if isinstance(error, NameError) else None
    if name and (source := stopped_cell(name, shell.user_ns)):
        lines = [f"{kind.__name__}: {error}", "", *textwrap.wrap(source, WIDTH)]
    else:
        lines = shell.InteractiveTB.structured_traceback(
            kind, error, traceback, tb_offset=tb_offset
        )
    shell._showtraceback(kind, error, lines)
    return lines
