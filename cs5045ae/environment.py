"""Look at this computer, line by line: what is here, and what to do if it is not."""

import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version

from packaging.requirements import Requirement

__all__ = ["check_environment"]

Line = tuple[str, str]


def check_environment() -> bool:
    """Print one line for each thing the course needs or can use.

    A line begins with OK, with a dash for what the course does without, or with FIX
    for what must be mended, and then says how.

    Returns
    -------
    bool
        True if nothing must be mended.
    """
    lines = [line for probe in PROBES for line in _lines(probe)]
    for state, text in lines:
        print(f"{state:<4}{text}")
    good = all(state != "FIX" for state, _ in lines)
    print(
        "\nReady." if good else "\nMend the lines that begin with FIX, then run again."
    )
    return good


def _lines(probe: Callable[[], list[Line]]) -> list[Line]:
    """Return what a probe finds; a probe that fails is itself a line."""
    try:
        return probe()
    except Exception as error:  # whatever this computer is like, the rest is printed
        name = probe.__name__.strip("_").replace("_", " ")
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        return [("FIX", f"{name}: {first}")]


def _python() -> list[Line]:
    return [("OK", f"Python {platform.python_version()} at {sys.executable}")]


def _packages() -> list[Line]:
    from importlib.metadata import requires

    lines = []
    # `make` would not look again: for it, the environment is newer than its list.
    again = (
        f"run `{sys.executable} -m pip install -c constraints.txt -e .` in the "
        "course's folder"
    )
    for requirement in requires("cs5045ae") or []:
        wanted = Requirement(requirement)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(wanted.name)
        except PackageNotFoundError:
            lines.append(("FIX", f"{wanted.name} is missing: {again}"))
            continue
        if found not in wanted.specifier:
            text = f"{wanted.name} {found} is not {wanted.specifier}: {again}"
            lines.append(("FIX", text))
    if lines:
        return lines
    names = ("tensorflow", "keras", "numpy", "jupyterlab", "nbgrader")
    return [("OK", ", ".join(f"{name} {version(name)}" for name in names))]


def _cores() -> list[Line]:
    text = f"{os.cpu_count()} processor cores (two are enough, none needs a GPU)"
    return [("OK", text)]


def _home() -> list[Line]:
    from cs5045ae.home import unwritable_home

    if home := unwritable_home():
        return [
            (
                "-",
                f"the home folder {home} can't be written to: JupyterLab keeps its "
                "settings in a folder that goes with the session. Set HOME to a folder "
                "of yours to keep them",
            )
        ]
    return []


def _kept_trainings() -> list[Line]:
    from cs5045ae.data.cache import cache_folder

    folder = cache_folder()
    there = next(
        p for p in (folder.absolute(), *folder.absolute().parents) if p.exists()
    )
    free = shutil.disk_usage(there).free / 2**20
    if not os.access(there, os.W_OK):
        text = (
            f"{there} is not writable: every training will be made anew. Set "
            "CS5045AE_CACHE to a folder of yours to keep them"
        )
        return [("-", text)]
    if free < 200:
        return [("-", f"{free:.0f} MB free at {there}: trainings may not be kept")]
    return [("OK", f"trainings are kept in {folder}")]


def _small_mnist() -> list[Line]:
    from cs5045ae.data import load_mnist

    (x_train, _), (x_test, _) = load_mnist("small")
    return [("OK", f"MNIST, {len(x_train):,} + {len(x_test):,} digits")]


def _data_folder() -> list[Line]:
    from cs5045ae.data.image_set import data_folder

    folder = data_folder()
    return [("OK", f"CS5045AE_DATA names {folder}")] if folder else []


def _full_mnist() -> list[Line]:
    from cs5045ae.data import load_mnist

    return _full_set("full MNIST", lambda: load_mnist("full"))


def _fashion_mnist() -> list[Line]:
    from cs5045ae.data import load_fashion_mnist

    return _full_set("Fashion-MNIST", load_fashion_mnist)


def _full_set(name: str, load: Callable[[], object]) -> list[Line]:
    """Load a full set; one that is there but unsound ends in the loader's sentence."""
    from cs5045ae.data import DataNotFound
    from cs5045ae.data.image_set import data_folder

    try:
        named = data_folder() is not None
    except DataNotFound:
        return []  # said by the line on the data folder
    try:
        load()
    except DataNotFound as error:
        if named:
            return [("-", str(error))]
        return [("-", f"{name} is not here, and no lesson needs it")]
    return [("OK", f"{name}, 60,000 + 10,000 images")]


def _sandbox() -> list[Line]:
    if shutil.which("bwrap"):
        return [("OK", "bubblewrap, for instructors who grade a class")]
    text = "bubblewrap is not here; only instructors who grade a class need it"
    return [("-", text)]


PROBES = [
    *(_python, _packages, _cores, _home, _kept_trainings),
    *(_small_mnist, _data_folder, _full_mnist, _fashion_mnist, _sandbox),
]
