"""Seeds: checked once, and turned into streams of bits."""

import operator

import numpy as np


def bit_generator(seed: int) -> np.random.PCG64:
    """Start the PCG64 stream of a seed.

    NumPy promises that the raw bits of a bit generator stay the same in all its
    versions, which it does not promise for the distributions drawn from them.

    Parameters
    ----------
    seed : int
        Zero or more.

    Returns
    -------
    numpy.random.PCG64
        Equal seeds give equal streams, on every machine.

    Raises
    ------
    ValueError
        If the seed is not an integer, or negative.
    """
    try:
        number = operator.index(seed)
    except TypeError:
        number = -1
    if number < 0 or isinstance(seed, bool):
        raise ValueError(f"seed must be an integer of 0 or more, not {seed!r}.")
    return np.random.PCG64(number)


def check_count(name: str, value: int, *, least: int = 1) -> int:
    """Return `value` as a Python int, or raise ValueError if below `least`."""
    try:
        number = operator.index(value)
    except TypeError:
        number = least - 1
    if number < least or isinstance(value, bool):
        raise ValueError(
            f"{name} must be an integer of {least} or more, not {value!r}."
        )
    return number
