"""Which cell of a notebook stopped before it made a name that is missing later.

A cell that stops half way, such as one whose first line asks for a graphics card that
is not there, leaves every name below that line undefined. The errors then come from
other cells, which are right.
"""

import ast
from collections.abc import Mapping, Sequence
from typing import Any

__all__ = ["names_made", "stopped_cell"]

SHOWN = 60
OLD = 2000
"""So many cells are looked through, the last that ran."""


def names_made(source: str) -> set[str]:
    """Return the names that a cell makes at its top level if it runs to its end.

    Parameters
    ----------
    source : str
        A cell. Of one that cannot be parsed, such as one with a magic command, the
        lines that can be are read alone.

    Examples
    --------
    >>> sorted(names_made("import numpy as np\\nx, y = 1, 2\\ndef f(): z = 3"))
    ['f', 'np', 'x', 'y']
    """
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        lines = source.splitlines() if "\n" in source else []
        return {name for line in lines for name in names_made(line)}
    made: set[str] = set()
    for statement in body:
        made |= _made_by(statement)
    return made


def _made_by(statement: ast.stmt) -> set[str]:
    if isinstance(statement, ast.Import | ast.ImportFrom):
        return {a.asname or a.name.partition(".")[0] for a in statement.names}
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return {statement.name}
    made = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            made.add(node.id)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            made |= _made_by(node)
    return made


def stopped_cell(name: str, names: Mapping[str, Any]) -> str:
    """Say which cell that ran should have made a missing name.

    Parameters
    ----------
    name : str
        The name that is not defined.
    names : mapping
        All names of the notebook, with the sources of its cells in ``In``, as IPython
        keeps them.

    Returns
    -------
    str
        Two sentences; empty if no cell that ran makes the name.
    """
    cells = names.get("In", ())
    if not name or name in names or not isinstance(cells, Sequence):
        return ""
    for source in reversed(cells[-OLD:]):
        if isinstance(source, str) and name in source and name in names_made(source):
            first = next((line for line in source.splitlines() if line.strip()), "")
            first = " ".join(first.split())
            first = first if len(first) <= SHOWN else f"{first[: SHOWN - 4]} ..."
            return (
                f"`{name}` is made in the cell that begins with `{first}`, and that "
                "cell stopped before it got there. Run it again, read its own error, "
                "and mend it first."
            )
    return ""
