"""What runs inside the student's kernel to answer questions. It is not trusted.

Its source is shown inside under its own name. Of this package it imports the table, and
two modules that import nothing of it themselves. A student can change all of them while
they run; what comes out is read by `cs5045ae.grading.wire.plain`, which does not rely
on them.
"""

import builtins
import functools
import json
import linecache
import traceback
import types
import warnings
from typing import Any

from cs5045ae.grading.wire.table import (
    Unusable,
    array_node,
    decode,
    encode,
    is_model,
    weights_of,
)
from cs5045ae.keras_settings import default_settings
from cs5045ae.stopped_cells import stopped_cell

__all__ = ["MIME", "Reply", "answer"]

MIME = "application/x-cs5045ae"
FUNCTIONS = (
    types.FunctionType,
    types.BuiltinFunctionType,
    types.MethodType,
    functools.partial,
)
kept: list[Any] = []
"""Functions and models that were given out; they come back by their number."""


class Reply:
    """Text that the kernel sends under a type of its own, without quoting it."""

    def __init__(self, told: dict[str, Any]) -> None:
        self.text = json.dumps(told)

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {MIME: self.text}


def answer(text: str, names: dict[str, Any]) -> Reply:
    """Answer one request; `names` are those of the student's notebook."""
    request = json.loads(text)
    try:
        if request["do"] == "value":
            if request["name"] not in names:
                return Reply({"status": "missing"})
            value = encode(names[request["name"]], _own)
            return Reply({"status": "value", "value": value})
        return Reply(_call(request, names))
    except Unusable as reason:
        return Reply({"status": "unusable", "why": str(reason)})
    except Exception as error:
        why = f"reading it stopped with {type(error).__name__}"
        return Reply({"status": "unusable", "why": why})


def _call(request: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    def find(reference: str) -> Any:
        if reference.startswith("#"):
            return kept[int(reference[1:])]
        return names[reference]

    try:
        function = find(request["function"])
    except (LookupError, ValueError):
        return {"status": "missing"}
    given = [decode(node, find) for node in request["arguments"]]
    named = {key: decode(node, find) for key, node in request["named"].items()}
    everything = [*given, *named.values()]
    before = [_mark(value) for value in everything]
    told: dict[str, Any]
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            with default_settings():  # as the checks have it where the student works
                value = function(*given, **named)
        except BaseException as error:
            told = _told(error, names)
        else:
            told = {"status": "value", "value": encode(value, _own)}
    told["after"] = {
        str(at): _state(value)
        for at, value in enumerate(everything)
        if _mark(value) != before[at]
    }
    told["warnings"] = [[w.category.__name__, str(w.message)[:500]] for w in caught[:8]]
    return told


def _told(error: BaseException, names: dict[str, Any]) -> dict[str, Any]:
    """Return what is said of an exception: its type, message and the line."""
    bases = [base.__name__ for base in type(error).__mro__ if base in _BUILTIN]
    try:
        message = str(error)[:2000]
    except Exception:
        message = ""
    line = None
    for frame in traceback.extract_tb(error.__traceback__):
        if "/packages/" not in frame.filename:
            code = linecache.getline(frame.filename, frame.lineno or 0).strip()
            line = [frame.lineno, code[:300]] if code else None
    return {
        "status": "raised",
        "type": type(error).__name__,
        "bases": bases,
        "message": message,
        "line": line,
        "stopped_cell": _stopped_cell(error, names),
    }


def _stopped_cell(error: BaseException, names: dict[str, Any]) -> str:
    """Say which cell should have made a name that is missing."""
    try:
        missing = error.name if isinstance(error, NameError) else None
        return stopped_cell(missing, names) if missing else ""
    except Exception:
        return ""


_BUILTIN = {
    value
    for value in vars(builtins).values()
    if isinstance(value, type) and issubclass(value, BaseException)
}


def _state(value: Any) -> Any:
    """Return what of an argument may have changed: of a model, the weights."""
    if is_model(value):
        return {"weights": [array_node(weight) for weight in weights_of(value)]}
    return encode(value, _own)


def _mark(value: Any) -> Any:
    """Return what tells whether an argument has changed."""
    if type(value).__name__ == "ndarray":
        return value.shape, value.tobytes()
    return json.dumps(_state(value))


def _own(value: Any) -> Any:
    """Return the node of a function or a model, and keep it; None for all else."""
    if isinstance(value, FUNCTIONS):
        name = getattr(value, "__name__", type(value).__name__)
        return {"function": [_keep(value), name]}
    if not is_model(value):
        return None
    try:
        config = json.loads(value.to_json())
        nodes = [array_node(weight) for weight in weights_of(value)]
    except Exception:
        return None
    config.pop("compile_config", None)
    return {"model": {"ref": _keep(value), "config": config, "weights": nodes}}


def _keep(value: Any) -> str:
    for at, known in enumerate(kept):
        if known is value:
            return f"#{at}"
    kept.append(value)
    return f"#{len(kept) - 1}"
