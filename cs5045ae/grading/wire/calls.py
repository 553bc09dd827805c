"""Call a student's function in his kernel as if it were here.

>>> from cs5045ae.grading.sandbox import SandboxedKernel
>>> with SandboxedKernel() as kernel:                       # doctest: +SKIP
...     kernel.run("def double(x): return 2 * x", seconds=10)
...     double = make_proxy(kernel, "double")
...     double(np.arange(3))
array([0, 2, 4])
"""

import builtins
import json
import types
import warnings
import weakref
from typing import Any, Protocol

import numpy as np

from cs5045ae.grading.wire.bounded import clean, load_json
from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.models import read_model, read_weights, write_weights
from cs5045ae.grading.wire.plain import Reader, type_name
from cs5045ae.grading.wire.table import (
    Unusable,
    array_node,
    encode,
    is_model,
    weights_of,
)

__all__ = ["Missing", "StudentError", "fetch", "make_proxy"]

ITEMS = 200_000
SECONDS = 60.0

PLAIN_ERRORS = (
    *("ArithmeticError", "AssertionError", "AttributeError", "EOFError"),
    *("FloatingPointError", "ImportError", "IndexError", "KeyError"),
    *("LookupError", "MemoryError", "ModuleNotFoundError", "NameError"),
    *("OverflowError", "RecursionError", "RuntimeError"),
    *("StopIteration", "TypeError", "UnboundLocalError", "ValueError"),
    "ZeroDivisionError",
)
"""Exceptions of Python's own that a student's exception can be here as well."""


class Kernel(Protocol):
    """What answers questions; see `cs5045ae.grading.sandbox.SandboxedKernel`."""

    def ask(self, question: dict[str, Any], seconds: float) -> bytes:
        """Return the answer of the agent inside, unread."""


class Missing(Exception):
    """The student's notebook does not define the name."""


class StudentError(Exception):
    """An exception of the student's function, told by his kernel.

    What is raised is of a class made for it: it has the student's exception's name,
    and the class of Python's own that it descends from, so that ``except ValueError``
    catches it.

    Attributes
    ----------
    student_line : str
        The line of the student's code, as `cs5045ae.checks.words.student_line` words
        it; empty if it is not known.
    stopped_cell : str
        Which cell should have made a name that is missing; empty if none is known.
    """

    student_line = ""
    stopped_cell = ""

    def __str__(self) -> str:
        return str(self.args[0]) if self.args else ""


def make_proxy(kernel: Kernel, name: str, seconds: float = SECONDS) -> Any:
    """Return a plain function that calls the student's function of that name.

    Arguments and results are of the closed table (`cs5045ae.grading.wire.table`).
    Arrays, lists, dicts and models that the student's function changed are changed
    here too. What it raises is raised here as `StudentError`, its NotImplementedError
    as such; what it prints is lost.

    Parameters
    ----------
    kernel : SandboxedKernel
        Where it lives.
    name : str
        The name in the student's notebook.
    seconds : float
        For each call; after them `TooSlow` is raised.
    """
    return _Student(kernel, seconds).function(name, name)


def fetch(kernel: Kernel, name: str, seconds: float = SECONDS) -> Any:
    """Return what the student's notebook holds under a name.

    A function comes back as `make_proxy` makes it.

    Raises
    ------
    Missing
        If the notebook does not define it.
    WireError
        If the value is not of the closed table.
    """
    student = _Student(kernel, seconds)
    told = student.ask({"do": "value", "name": name})
    if told.get("status") == "missing":
        raise Missing(name)
    return student.value(told)


_functions: "weakref.WeakKeyDictionary[Any, str]" = weakref.WeakKeyDictionary()
_models: dict[int, tuple[Any, Kernel, str]] = {}
"""References of what came from a kernel: it goes back as what it was."""


class _Student:
    """Asks a kernel and reads its answers."""

    def __init__(self, kernel: Kernel, seconds: float) -> None:
        self._kernel, self._seconds = kernel, seconds
        self._reader = Reader(self.function, self._model)

    def function(self, reference: str, name: str) -> Any:
        def call(*arguments: Any, **named: Any) -> Any:
            return self.call(reference, name, arguments, named)

        made = types.FunctionType(
            call.__code__, call.__globals__, name, None, call.__closure__
        )
        made.__qualname__ = name
        _functions[made] = reference
        return made

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        told = load_json(self._kernel.ask(question, self._seconds), ITEMS)
        if not isinstance(told, dict):
            raise WireError("it cannot be read")
        if told.get("status") == "unusable":
            raise WireError(clean(told.get("why"), 200))
        return told

    def value(self, told: dict[str, Any]) -> Any:
        if told.get("status") != "value" or "value" not in told:
            raise WireError("it cannot be read")
        return self._reader.read(told["value"])

    def call(
        self, reference: str, name: str, given: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        try:
            question = {
                "do": "call",
                "function": reference,
                "arguments": [encode(value, self._special) for value in given],
                "named": {
                    k: encode(value, self._special) for k, value in named.items()
                },
            }
        except Unusable as reason:
            raise WireError(f"an argument cannot be sent: {reason}") from None
        told = self.ask(question)
        status = told.get("status")
        if status == "missing":
            raise WireError(f"`{name}` is not defined any more")
        _warn(told.get("warnings"))
        after = told.get("after")
        for at, value in enumerate([*given, *named.values()]):
            if isinstance(after, dict) and str(at) in after:
                self._write_back(value, after[str(at)])
        if status == "raised":
            raise _error(told)
        return self.value(told)

    def _special(self, value: Any) -> Any:
        """Return the node of what came from this kernel, or of a model of ours."""
        if isinstance(value, types.FunctionType) and value in _functions:
            return {"function": [_functions[value], value.__name__]}
        if not is_model(value):
            return None
        weights = [array_node(weight) for weight in weights_of(value)]
        known, kernel, reference = _models.get(id(value), (None, None, ""))
        if known is not None and known() is value and kernel is self._kernel:
            return {"model": {"ref": reference, "weights": weights}}
        return {"model": {"config": json.loads(value.to_json()), "weights": weights}}

    def _model(self, content: dict[str, Any]) -> Any:
        made = read_model(content)
        reference = content.get("ref")
        if isinstance(reference, str):
            key = id(made)
            gone = weakref.ref(made, lambda _: _models.pop(key, None))
            _models[key] = (gone, self._kernel, clean(reference, 200))
        return made

    def _write_back(self, value: Any, node: Any) -> None:
        """Change an argument as the student's function changed its copy."""
        if is_model(value):
            weights = node.get("weights") if isinstance(node, dict) else None
            write_weights(value, read_weights(weights))
            return
        after = self._reader.read(node)
        if isinstance(value, np.ndarray) and isinstance(after, np.ndarray):
            try:
                if value.shape != after.shape:
                    value.resize(after.shape, refcheck=False)
                value[...] = after
            except (ValueError, TypeError):
                raise WireError("an argument cannot be changed like that") from None
        elif isinstance(value, list) and isinstance(after, list):
            value[:] = after
        elif isinstance(value, dict) and isinstance(after, dict):
            value.clear()
            value.update(after)


def _error(told: dict[str, Any]) -> Exception:
    name, message = type_name(told.get("type"), "Exception"), told.get("message")
    text = clean(message, 2000) if isinstance(message, str) else ""
    if name == "NotImplementedError":
        return NotImplementedError(text)
    bases = told.get("bases")
    known = [b for b in bases if b in PLAIN_ERRORS] if isinstance(bases, list) else []
    plain = [getattr(builtins, known[0])] if known else []
    error = type(name, (StudentError, *plain), {})(text)
    line = told.get("line")
    if isinstance(line, list) and len(line) == 2 and isinstance(line[0], int):
        code = " ".join(clean(line[1], 200).split())
        error.student_line = f", in your line {line[0]}: `{code}`"
    source = told.get("stopped_cell")
    error.stopped_cell = (
        " ".join(clean(source, 400).split()) if isinstance(source, str) else ""
    )
    return error


def _warn(told: Any) -> None:
    """Give here the warnings that the student's function gave there."""
    for pair in told[:8] if isinstance(told, list) else ():
        if isinstance(pair, list) and len(pair) == 2:
            name = type_name(pair[0], "UserWarning")
            kind = getattr(builtins, name, None)
            if not (isinstance(kind, type) and issubclass(kind, Warning)):
                kind = type(name, (UserWarning,), {})
            warnings.warn(clean(pair[1], 500), kind, stacklevel=3)
