"""The staff's view of a failed check: what was given, returned and expected."""

from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.grading.judge.remote import RemoteKernel
from cs5045ae.grading.wire.bounded import load_json
from cs5045ae.grading.wire.errors import WireError
from cs5045ae.grading.wire.plain import Opaque, Reader

__all__ = ["StaffView"]

ITEMS = 200_000
MOST = 2_000


class StaffView:
    """Remembers what a check compared last.

    Parameters
    ----------
    kernel : RemoteKernel
        Whose last call is told.
    """

    def __init__(self, kernel: RemoteKernel) -> None:
        self._kernel = kernel
        self._expected: list[Any] = []
        self._original = Answer.close
        view = self

        def close(answer: Answer, want: Any, **options: Any) -> np.ndarray:
            try:
                return view._original(answer, want, **options)
            except CheckFailed:
                view._expected = [want]
                raise

        Answer.close = close  # type: ignore[method-assign, assignment]

    def close(self) -> str:
        """Stop looking, and return what there is to tell."""
        Answer.close = self._original  # type: ignore[method-assign]
        lines = []
        if self._kernel.last is not None:
            question, answer = self._kernel.last
            name = question["function"]
            given = [*question["arguments"], *question["named"].values()]
            lines.append(f"call: {name}")
            lines += [f"given: {_shown(node)}" for node in given]
            lines.append(f"returned: {_answered(answer)}")
        lines += [f"expected: {_text(want)}" for want in self._expected]
        return "\n".join(lines)


def _answered(raw: bytes) -> str:
    try:
        told = load_json(raw, ITEMS)
    except WireError as error:
        return error.reason
    if not isinstance(told, dict):
        return "nothing that can be read"
    if told.get("status") == "raised":
        return f"raised {told.get('type')}: {told.get('message')}"[:MOST]
    return _shown(told.get("value"))


def _shown(node: Any) -> str:
    reader = Reader(
        lambda _, name: Opaque.of(f"function {name}"), lambda _: Opaque.of("model")
    )
    try:
        return _text(reader.read(node))
    except WireError as error:
        return f"nothing that can be used: {error.reason}"


def _text(value: Any) -> str:
    if isinstance(value, np.ndarray):
        text = np.array2string(value, threshold=40, edgeitems=3, precision=6)
        return f"{value.dtype} {value.shape}\n{text}"[:MOST]
    return repr(value)[:MOST]
