"""What a student's kernel sees, as options of bubblewrap.

Everything is read-only but a working folder, ``/tmp`` and ``/dev/shm``, each in memory
and of a size; the sockets lie in a folder in memory too, so that nothing on the host's
disk can be written. The host's paths are not used inside: the interpreter is in
``/opt/python``, the packages in ``/opt/packages``, data in ``/opt/data``.
"""

import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from cs5045ae.grading.sandbox.limits import Limits
from cs5045ae.grading.sandbox.packages import COURSE, course_entries, package_entries

__all__ = [
    "ETC",
    "HOME",
    "LIBRARIES",
    "PACKAGES",
    "PYTHON",
    "SYSTEM",
    "WALL",
    "WRITABLE",
    "environment",
    "mounts",
]

WALL = (
    "--unshare-user",
    "--uid",
    "65534",
    "--gid",
    "65534",
    "--cap-drop",
    "ALL",
    "--disable-userns",
    "--unshare-all",
    "--new-session",
    "--clearenv",
    "--die-with-parent",
)
"""Needed all together: as root, ``--unshare-all`` alone keeps every capability."""

HOME = "/home/student"
PACKAGES = "/opt/packages"
WRITABLE = (HOME, "/tmp", "/dev/shm")
SOCKET_BYTES = 1 << 16

_PREFIX = Path(sys.base_prefix).resolve()
_VERSION = f"python{sys.version_info.major}.{sys.version_info.minor}"
_OWN = Path("/usr") != _PREFIX
PYTHON = f"{'/opt/python' if _OWN else '/usr'}/bin/{_VERSION}"
"""The interpreter, as it is called inside."""

SYSTEM = ("/usr/bin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/share")
ETC = ("fonts", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives")

LIBRARIES = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
"""For a kernel or an examiner. Several students are graded at a time: more threads than
one each would only wait."""


def environment() -> dict[str, str]:
    """Return the whole environment of a student's kernel."""
    values = {
        "PATH": f"{Path(PYTHON).parent}:/usr/bin:/bin",
        "HOME": HOME,
        "USER": "student",
        "TZ": "UTC",
        "PYTHONPATH": PACKAGES,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        **LIBRARIES,
        "CS5045AE_CACHE": "/opt/data/cache",
    }
    if _OWN and list((_PREFIX / "lib").glob("libpython*.so*")):
        values["LD_LIBRARY_PATH"] = "/opt/python/lib"
    if os.environ.get("CS5045AE_DATA"):
        values["CS5045AE_DATA"] = "/opt/data/own"
    if "CS5045AE_SIZE" in os.environ:
        values["CS5045AE_SIZE"] = os.environ["CS5045AE_SIZE"]
    return values


def mounts(limits: Limits, sockets: str, files: Mapping[str, int]) -> list[str]:
    """Return the options that make the view.

    Parameters
    ----------
    limits : Limits
        For the sizes.
    sockets : str
        Folder of the sockets inside; a name nobody can guess.
    files : mapping from str to int
        Descriptors to read a file's content from, by path inside.
    """
    from cs5045ae.data.cache import cache_folder

    options: list[str] = []

    def show(path: Path, inside: str) -> None:
        options.extend(("--ro-bind", str(path), inside))

    for folder in SYSTEM:
        if Path(folder).is_dir():
            show(Path(folder), folder)
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        if Path("/", name).is_symlink():
            options += ("--symlink", os.readlink(f"/{name}"), f"/{name}")
        elif Path("/", name).is_dir():
            show(Path("/", name), f"/{name}")
    options += ("--proc", "/proc", "--dev", "/dev")
    for name in ETC:
        if Path("/etc", name).exists():
            show(Path("/etc", name), f"/etc/{name}")
    if _OWN:
        binary = _PREFIX / "bin" / _VERSION
        show(binary.resolve(), PYTHON)
        show(_PREFIX / "lib", "/opt/python/lib")
    for entry in package_entries():
        show(entry, f"{PACKAGES}/{entry.name}")
    for entry in course_entries():
        show(entry, f"{PACKAGES}/cs5045ae/{entry.name}")
    hidden = [folder.resolve() for folder in _hidden()]
    data = {"cache": cache_folder(), "own": Path(os.environ.get("CS5045AE_DATA", ""))}
    for inside, source in data.items():
        source = source.expanduser().resolve()
        if source.is_dir() and source not in hidden:
            show(source, f"/opt/data/{inside}")
    for folder in _inside(hidden, options):
        options += ("--size", "4096", "--tmpfs", folder, "--remount-ro", folder)
    for folder in WRITABLE:
        options += ("--size", str(limits.disk), "--tmpfs", folder)
    options += ("--size", str(SOCKET_BYTES), "--tmpfs", sockets)
    for path, descriptor in files.items():
        writable = path.startswith(sockets)
        options += ("--file" if writable else "--ro-bind-data", str(descriptor), path)
    for folder in ("/proc", "/dev", "/"):  # else the root itself has no size
        options += ("--remount-ro", folder)
    return [*options, "--chdir", HOME]


def _hidden() -> Iterator[Path]:
    """Name what must not be seen even where it lies inside something that is shown."""
    paths = sysconfig.get_paths()
    yield from (Path(paths["purelib"]), Path(paths["platlib"]))
    for name in ("site-packages", "dist-packages"):
        yield _PREFIX / "lib" / _VERSION / name
        yield _PREFIX / "lib" / "python3" / name
    yield Path("/usr/lib/python3/dist-packages")
    yield Path.home()
    yield Path.cwd()
    if (COURSE.parent / "pyproject.toml").exists():
        yield COURSE.parent
    for name in ("checks", "reference", "grading", "course"):
        yield COURSE / name


def _inside(hidden: Iterable[Path], options: list[str]) -> Iterator[str]:
    """Name, as seen inside, each hidden folder that lies in something shown."""
    shown = [
        (Path(options[at + 1]).resolve(), Path(options[at + 2]))
        for at, option in enumerate(options)
        if option == "--ro-bind"
    ]
    done: set[str] = set()
    for folder in hidden:
        for source, inside in shown:
            if folder.is_dir() and folder != source and folder.is_relative_to(source):
                name = str(inside / folder.relative_to(source))
                if name not in done:
                    done.add(name)
                    yield name
