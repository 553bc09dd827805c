"""Whether a student's function wrote into what it was given."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import numpy as np

from cs5045ae.checks.failure import CheckFailed

__all__ = ["copies", "look_unchanged"]


def copies(arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments, arrays and lists as copies that may be spoilt."""
    return {
        k: deepcopy(v) if isinstance(v, np.ndarray | list) else v
        for k, v in arguments.items()
    }


def look_unchanged(
    told: str, arguments: Mapping[str, Any], passed: Mapping[str, Any]
) -> None:
    """Look whether the copies are still what they were copied from.

    Parameters
    ----------
    told : str
        The call, such as ``"center(x=(7, 4))"``.
    arguments, passed : mapping from a name to a value
        What was copied, and the copies after the call.

    Raises
    ------
    CheckFailed
        If an array or a list, or an array in a list, has changed.
    """
    for key, before in arguments.items():
        if _same(before, passed[key]):
            continue
        flat = isinstance(before, list) and len(before) == len(passed[key])
        held = flat and any(isinstance(one, np.ndarray) for one in before)
        raise CheckFailed(
            f"{told} changed its argument {key}.",
            "Work on a copy: `pop`, `append` and `sort` change the caller's list."
            if isinstance(before, list) and not held
            else "Work on a copy: `+=`, `-=` and `x[...] =` write into the "
            "caller's array.",
        )


def _same(before: Any, after: Any) -> bool:
    if isinstance(before, list):
        return (
            isinstance(after, list)
            and len(before) == len(after)
            and all(map(_same, before, after))
        )
    if isinstance(before, np.ndarray):
        return isinstance(after, np.ndarray) and np.array_equal(
            before, after, equal_nan=before.dtype.kind == "f"
        )
    return before is after or bool(before == after)
