"""Results of long trainings, made once for each user and kept.

A lecture shows how its networks are trained and trains the short ones in front of the
reader. Sweeps and the networks behind a widget take minutes; they come from here, with
the training function in the lecture for everyone to read, change and run again.
"""

import hashlib
import inspect
import textwrap
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from cs5045ae.data.cache import read_or_build
from cs5045ae.data.npz import read_npz

__all__ = ["trained"]

ROOMS = ("reference", "layers")


def trained(
    make: Callable[..., Mapping[str, Any]], /, **settings: Any
) -> dict[str, np.ndarray]:
    """Return what ``make(**settings)`` returns, from the cache if it was made before.

    The result is kept under a key of the function's own source, the settings (arrays
    by their content), the course's reference implementations and layers, and the
    version of Keras: change any of them and it is made anew. Other functions that
    `make` calls, such as those of a cell above, are not part of the key.

    Parameters
    ----------
    make : callable
        Trains, and returns a mapping from names to arrays or numbers: errors, codes,
        weights.
    **settings
        Its keyword arguments: arrays, numbers, text, or lists of them.

    Returns
    -------
    dict
        Array by name; numbers come back as 0-d arrays.

    Examples
    --------
    >>> def squares(upto):
    ...     return {"square": np.arange(upto) ** 2}
    >>> trained(squares, upto=4)["square"]  # doctest: +SKIP
    squares: made in 0 s, kept for next time
    array([0, 1, 4, 9])
    """
    made: list[float] = []

    def build() -> dict[str, np.ndarray]:
        start = time.perf_counter()
        arrays = {name: np.asarray(value) for name, value in make(**settings).items()}
        made.append(time.perf_counter() - start)
        return {
            **arrays,
            "_names": np.array(sorted(arrays), dtype=str),
            "_seconds": np.array(made[0]),
        }

    def read(path: Path) -> dict[str, np.ndarray]:
        names = read_npz(path, ("_names",))["_names"]
        return read_npz(path, (*names.tolist(), "_names", "_seconds"))

    name = f"trained/{make.__name__}-{_key(make, settings)}.npz"
    arrays = read_or_build(name, read, build)
    if made:
        print(f"{make.__name__}: made in {made[0]:.0f} s, kept for next time")
    else:
        seconds = float(arrays["_seconds"])
        print(f"{make.__name__}: from the cache (it took {seconds:.0f} s to make)")
    return {key: value for key, value in arrays.items() if not key.startswith("_")}


def _key(make: Callable[..., Any], settings: Mapping[str, Any]) -> str:
    from importlib.metadata import version

    digest = hashlib.sha256(textwrap.dedent(inspect.getsource(make)).encode())
    digest.update(version("keras").encode())
    digest.update(_course())
    for name, value in sorted(settings.items()):
        digest.update(f"{name}=".encode())
        if isinstance(value, np.ndarray):
            digest.update(f"{value.dtype}{value.shape}".encode())
            digest.update(np.ascontiguousarray(value).tobytes())
        else:
            digest.update(repr(value).encode())
    return digest.hexdigest()[:16]


@cache
def _course() -> bytes:
    """Return a digest of the code that trainings of the course call."""
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((Path(__file__).parent / room).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()
