"""Look at this computer, line by line: what is here, and what to do if it is not."""

import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import Requirement

__all__ = ["check_environment"]


def check_environment() -> bool:
    """Print one line for each thing the course needs or can use.

    A line begins with OK, with a dash for what the course does without, or with FIX
    for what must be mended, and then says how.

    Returns
    -------
    bool
        True if nothing must be mended.
    """
    lines = [_python(), *_packages(), _cores(), _room(), *_data(), _sandbox()]
    for state, text in lines:
        print(f"{state:<4}{text}")
    good = all(state != "FIX" for state, _ in lines)
    print(
        "\nReady." if good else "\nMend the lines that begin with FIX, then run again."
    )
    return good


Line = tuple[str, str]


def _python() -> Line:
    return "OK", f"Python {platform.python_version()} at {sys.executable}"


def _packages() -> list[Line]:
    from importlib.metadata import requires

    lines = []
    # `make` would not look again: for it, the environment is newer than its list.
    again = (
        f"run `{sys.executable} -m pip install -c constraints.txt -e .` in the "
        "course's folder"
    )
    for text in requires("cs5045ae") or []:
        wanted = Requirement(text)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            lines.append(("FIX", f"{wanted.name} is missing: {again}"))
            continue
        if found not in wanted.specifier:
            told = f"{wanted.name} {found} is not {wanted.specifier}: {again}"
            lines.append(("FIX", told))
    if lines:
        return lines
    names = ("tensorflow", "keras", "numpy", "jupyterlab", "nbgrader")
    return [("OK", ", ".join(f"{name} {version(name)}" for name in names))]


def _cores() -> Line:
    return "OK", f"{os.cpu_count()} processor cores (two are enough, none needs a GPU)"


def _room() -> Line:
    from cs5045ae.data.cache import cache_folder

    folder = cache_folder()
    there = next(p for p in (folder, *folder.parents) if p.exists())
    free = shutil.disk_usage(there).free / 2**20
    if not os.access(there, os.W_OK):
        return "-", f"{there} is not writable: every training will be made anew"
    if free < 200:
        return "-", f"{free:.0f} MB free at {there}: trainings may not be kept"
    return "OK", f"trainings are kept in {folder}"


def _data() -> list[Line]:
    from cs5045ae.data import load_fashion_mnist, load_mnist

    (x_train, _), (x_test, _) = load_mnist("small")
    lines = [("OK", f"MNIST, {len(x_train):,} + {len(x_test):,} digits")]
    for name, load, args in (
        ("full MNIST", load_mnist, ("full",)),
        ("Fashion-MNIST", load_fashion_mnist, ()),
    ):
        try:
            load(*args)
        except OSError:
            lines.append(("-", f"{name} is not here, and no lesson needs it"))
        else:
            lines.append(("OK", f"{name}, 60,000 + 10,000 images"))
    return lines


def _sandbox() -> Line:
    if shutil.which("bwrap"):
        return "OK", "bubblewrap, for instructors who grade a class"
    return "-", "bubblewrap is not here; only instructors who grade a class need it"
