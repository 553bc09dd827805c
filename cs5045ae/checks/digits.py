"""The digits that checks of trained networks draw, small enough to train on at once."""

import numpy as np

__all__ = ["small_digits"]


def small_digits(rng: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw digits for training; take all test digits; 14 x 14 pixels each.

    Parameters
    ----------
    rng : numpy.random.Generator
        Chooses the digits.
    count : int
        How many to draw.

    Returns
    -------
    x : array of shape `(count, 196)`
    x_test : array of shape `(1000, 196)`
        Each pixel is the mean of 2 x 2 pixels of MNIST.
    """
    from cs5045ae.data import load_mnist

    (x, _), (x_test, _) = load_mnist("small")
    drawn, unseen = (
        part.reshape(-1, 14, 2, 14, 2).mean(axis=(2, 4)).reshape(-1, 196)
        for part in (x[rng.permutation(len(x))[:count]], x_test)
    )
    return drawn, unseen
