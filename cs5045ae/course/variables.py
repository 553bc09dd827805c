"""What a lecture has computed, as plain numbers that tests can look at."""

import json
import math
from collections.abc import Mapping
from typing import Any

__all__ = ["MIME", "plain", "publish"]

MIME = "application/vnd.cs5045ae.variables+json"
LIMIT = 1000
"""Numbers, or characters of text, that are kept of one variable at most."""


def publish() -> None:
    """Send the plain variables of the notebook this runs in to who executes it."""
    from IPython import get_ipython
    from IPython.display import publish_display_data

    shell = get_ipython()  # type: ignore[no-untyped-call]
    hidden = shell.user_ns_hidden
    mine = {name: v for name, v in shell.user_ns.items() if name not in hidden}
    publish_display_data({MIME: json.dumps(plain(mine)), "text/plain": "variables"})


def plain(namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return those variables that are numbers, text, or small lists of them.

    Parameters
    ----------
    namespace : mapping from name to value
        Names that begin with an underscore are left out, and so is every value that
        is something else or holds more than `LIMIT` numbers.

    Returns
    -------
    dict
        Of what JSON can hold. Arrays are lists, NaN and infinity are text.
    """
    kept = {}
    for name, value in namespace.items():
        if name.startswith("_"):
            continue
        try:
            kept[name] = _plain(value, [LIMIT])
        except TypeError:
            continue
    return kept


def _plain(value: Any, left: list[int]) -> Any:
    """Convert one value, counting down what it may still hold."""
    import numpy as np

    if isinstance(value, np.ndarray):
        if value.dtype.kind not in "biufU":
            raise TypeError
        if value.size > left[0]:
            raise TypeError
        value = value.tolist()
    elif isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Mapping):
        if not all(isinstance(key, str | int) for key in value):
            raise TypeError
        return {str(key): _plain(item, left) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, left) for item in value]
    left[0] -= len(value) if isinstance(value, str) else 1
    if left[0] < 0:
        raise TypeError
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError
