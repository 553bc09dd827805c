"""Whether a part of a network is no more than a linear map."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from cs5045ae.checks.answer import Answer
from cs5045ae.checks.failure import CheckFailed
from cs5045ae.checks.models import run

__all__ = ["not_linear"]

SATURATED = 1e-5  # of a sigmoid: beyond that float32 no longer tells its input


def not_linear(
    answer: Answer, name: str, part: Sequence[Any], x: np.ndarray, squash: bool = False
) -> None:
    """Complain if a part is a linear map and an offset.

    Parameters
    ----------
    answer : Answer
        What the student's function returned.
    name : str
        What the part is called, such as "decoder".
    part : sequence of layers or models
        Applied one after the other; an empty one is not looked at.
    x : array of shape `(n, d)`
        Inputs, n even.
    squash : bool
        Look at what lies before the last sigmoid.
    """
    if part and _is_affine(part, x, squash):
        raise CheckFailed(
            f"{answer.subject} a model whose {name} is a linear map.",
            'Give each hidden layer an activation, such as "relu". Without it two '
            "dense layers do no more than one.",
        )


def _is_affine(layers: Sequence[Any], x: np.ndarray, squash: bool) -> bool:
    """Tell whether f(a) + f(b) = f(a + b) + f(0), before the last sigmoid if any."""
    a, b = x[0::2] / 2, x[1::2] / 2
    values = np.stack([run(layers, v) for v in (a, b, a + b, 0 * a)])
    if squash:
        inside = (np.abs(values - 0.5) < 0.5 - SATURATED).all(axis=0)
        if not inside.any():
            return False
        values = values[:, inside]
        values = np.log(values / (1 - values))
    gap = values[0] + values[1] - values[2] - values[3]
    return bool(np.abs(gap).max() < 1e-2 * max(1.0, np.abs(values[2]).max()))
