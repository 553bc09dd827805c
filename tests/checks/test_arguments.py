"""A training that does not heed its seed or its epochs is told from one that does."""

import numpy as np
import pytest

from cs5045ae.checks.arguments import look_at_arguments
from cs5045ae.checks.failure import CheckFailed

RATE = 0.01


def training(seed_of=lambda seed: seed, epochs_of=lambda epochs: epochs):
    """Return a training that starts at random and takes steps, as Adam would."""

    def trained(epochs, seed):
        rng = np.random.default_rng(seed_of(seed))
        kernel, bias = 0.3 * rng.normal(size=(12, 5)), np.zeros(5)
        for _ in range(2 * epochs_of(epochs)):
            kernel = kernel + RATE * rng.choice([-1, 1], size=kernel.shape)
        return f"train(epochs={epochs}, seed={seed})", [kernel, bias]

    return trained


@pytest.mark.parametrize("seed", range(10))
def test_seed_and_epochs_are_asked_for(seed):
    look_at_arguments(training(), seed, epochs=(1, 2))
    kept = np.random.default_rng(0).normal(size=(12, 5))

    def outside(epochs, seed):
        kept[:] += RATE * epochs
        return "train()", [kept.copy(), np.zeros(5)]

    for wrong, words in (
        (training(seed_of=lambda seed: 3), "starts from the same weights"),
        (outside, "make every layer inside the function"),
        (training(seed_of=lambda seed: None), "did not start from the same weights"),
        (training(epochs_of=lambda epochs: 7), "gives the same as for epochs=1"),
        (training(epochs_of=lambda epochs: (epochs + 1) // 2), "Use epochs as it is"),
    ):
        with pytest.raises(CheckFailed) as failure:
            look_at_arguments(wrong, seed, epochs=(1, 2))
        assert words in " ".join(str(failure.value).split())
