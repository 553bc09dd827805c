"""What a headline is: a figure we measure, beside what was published.

Each topic has its own in the module of its name. A headline takes the data and a seed
and returns one number. Networks train for a number
of epochs that suits the size of the data; no other setting differs.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cs5045ae.data import load_mnist

__all__ = ["HEADLINES", "Data", "Headline", "headline"]


@dataclass(frozen=True)
class Data:
    """MNIST as one of its two sizes has it, images as rows."""

    size: str
    x_train: NDArray[np.float32]
    y_train: NDArray[np.int64]
    x_test: NDArray[np.float32]
    y_test: NDArray[np.int64]

    @classmethod
    def load(cls, size: str) -> "Data":
        """Read the digits; ``"full"`` needs the full set on disk."""
        (x_train, y_train), (x_test, y_test) = load_mnist(size)
        return cls(
            size,
            x_train.reshape(len(x_train), -1),
            y_train,
            x_test.reshape(len(x_test), -1),
            y_test,
        )

    def epochs(self, small: int, full: int) -> int:
        """Choose by size: a pass over the full set is worth 15 over the small one."""
        return full if self.size == "full" else small


@dataclass(frozen=True)
class Headline:
    """A figure: its topic, what it measures, what was published, how to get it."""

    topic: str
    what: str
    published: str
    measure: Callable[[Data, int], float]
    random: bool = True


HEADLINES: list[Headline] = []


def headline(
    topic: str, what: str, published: str, *, random: bool = True
) -> Callable[[Callable[[Data, int], float]], Callable[[Data, int], float]]:
    """Add a function of the data and a seed to the headlines."""

    def add(measure: Callable[[Data, int], float]) -> Callable[[Data, int], float]:
        HEADLINES.append(Headline(topic, what, published, measure, random))
        return measure

    return add
