"""Whether a training heeds its seed, its epochs and what else it is given."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from cs5045ae.checks.failure import CheckFailed

__all__ = ["look_at_arguments"]

Trained = Callable[..., tuple[str, Sequence[np.ndarray]]]

SAME = 1e-4
"""Adam moves a weight by its learning rate in its first step; rounding, by less."""

ALIKE = 0.5
"""The correlation of kernels from which on they have had the same start: after a step
or two it is above 0.9, and near 0 where the first weights were drawn anew."""


def look_at_arguments(trained: Trained, seed: int, **pairs: tuple[Any, Any]) -> None:
    """Train for a few steps, with one argument changed at a time.

    Parameters
    ----------
    trained : callable
        Trains with the arguments given by name, ``seed`` among them; returns the call
        in words, and the weights of what was trained.
    seed : int
        Of all trainings but one.
    **pairs : tuple of two values
        For each other argument, its value in all trainings but one, and in that one.

    Raises
    ------
    CheckFailed
        If an argument has no effect, or the start is not that of the seed.
    """
    plain = {name: pair[0] for name, pair in pairs.items()}
    told, weights = trained(**plain, seed=seed)
    for name, (usual, other) in pairs.items():
        told, moved = trained(**plain | {name: other}, seed=seed)
        if all(np.abs(a - b).max() < SAME for a, b in zip(weights, moved, strict=True)):
            raise CheckFailed(
                f"{told} gives the same as for {name}={usual}.",
                f"Use {name} as it is given in the arguments.",
            )
        if not _alike(weights, moved):
            raise CheckFailed(
                f"{told} and the same with {name}={usual} did not start from the same "
                "weights.",
                "`keras.utils.set_random_seed(seed)` comes first, before any layer is "
                "made: that is when its first weights are drawn.",
            )
    told, elsewhere = trained(**plain, seed=seed + 1)
    if _alike(weights, elsewhere):
        raise CheckFailed(
            f"{told} starts from the same weights as with seed={seed}.",
            "Pass the seed on: `keras.utils.set_random_seed(seed)`, no number of your "
            "own; and make every layer inside the function.",
        )


def _alike(weights: Sequence[np.ndarray], others: Sequence[np.ndarray]) -> bool:
    """Compare kernels: biases begin with 0 from any seed."""
    kernels = [(a, b) for a, b in zip(weights, others, strict=True) if a.ndim > 1]
    a, b = (np.concatenate([np.ravel(pair[i]) for pair in kernels]) for i in (0, 1))
    return float(np.corrcoef(a, b)[0, 1]) > ALIKE
