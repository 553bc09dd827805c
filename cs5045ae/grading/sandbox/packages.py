"""Which packages a student's kernel sees: those the course promises, one by one."""

import importlib.metadata
import re
from functools import lru_cache
from pathlib import Path

__all__ = ["COURSE", "course_entries", "package_entries"]

PROMISED = (
    "ipykernel",
    "ipywidgets",
    "keras",
    "matplotlib",
    "mlxtend",
    "numpy",
    "pillow",
    "platformdirs",
    "filelock",
    "scikit-learn",
    "scipy",
    "tensorflow",
    "tqdm",
)
"""What an exercise may import; all that these require comes with them."""

COURSE = Path(__file__).parents[2]
"""The folder of this package."""

SHOWN = (
    "__init__.py",
    "backend.py",
    "data",
    "figures",
    "file_kind.py",
    "keras_settings.py",
    "layers",
    "quiet.py",
    "stopped_cells.py",
    "trained.py",
    "widgets",
)
"""What of this package a student's kernel sees. Nothing here may hold an answer."""


@lru_cache(maxsize=1)
def package_entries() -> tuple[Path, ...]:
    """List the files and folders of the promised packages and all they require.

    Only names that a package's own record lists are taken, so nothing else that is
    installed here, or that an editable install points at, comes along.

    Raises
    ------
    FileNotFoundError
        If a promised package is not installed.
    """
    from packaging.requirements import Requirement

    entries: dict[str, Path] = {}
    seen: set[str] = set()
    todo = list(PROMISED)
    while todo:
        name = todo.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in seen:
            continue
        seen.add(key)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            if name in PROMISED:
                raise FileNotFoundError(
                    f"The package {name} is not installed. Install the course's "
                    "dependencies again."
                ) from None
            continue
        for line in found.requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                todo.append(needed.name)
        lines = (found.read_text("RECORD") or "").splitlines()
        for top in {
            re.split('[/,"]', line.lstrip('"'), maxsplit=1)[0] for line in lines
        }:
            # A .pth file runs code when Python starts; nothing needs one here.
            if top not in ("", "..", "__pycache__") and not top.endswith(".pth"):
                entries.setdefault(top, Path(str(found.locate_file(top))))
    return tuple(entry for _, entry in sorted(entries.items()) if entry.exists())


def course_entries() -> tuple[Path, ...]:
    """List the parts of this package that a student's kernel sees."""
    return tuple(COURSE / name for name in SHOWN if (COURSE / name).exists())
