"""A folder for settings where the home folder can't be written to."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

__all__ = ["keep_settings_elsewhere", "unwritable_home"]

SETTINGS = {
    "JUPYTER_CONFIG_DIR": "jupyter-config",
    "JUPYTER_DATA_DIR": "jupyter-data",
    "JUPYTER_RUNTIME_DIR": "jupyter-runtime",
    "JUPYTERLAB_SETTINGS_DIR": "lab-settings",
    "JUPYTERLAB_WORKSPACES_DIR": "lab-workspaces",
    "IPYTHONDIR": "ipython",
    "MPLCONFIGDIR": "matplotlib",
}
"""Environment variables that name folders for settings, each below the home folder."""


def unwritable_home() -> Path | None:
    """Return the home folder if nothing can be written there, None if all is well."""
    try:
        home = Path.home()
    except RuntimeError:  # no variable HOME, and a user that the system doesn't know
        return Path("~")
    if not home.is_dir():
        try:
            home.mkdir(parents=True)
        except OSError:
            return home
    try:
        with tempfile.TemporaryFile(dir=home):
            return None
    except OSError:
        return home


def keep_settings_elsewhere() -> str:
    """Let Jupyter and matplotlib keep settings in a scratch folder, if they must.

    Variables that the user has set stay as they are.

    Returns
    -------
    str
        A sentence for the user; empty where the home folder can be written to.
    """
    home = unwritable_home()
    missing = [name for name in SETTINGS if not os.environ.get(name)]
    if home is None or not missing:
        return ""
    scratch = Path(tempfile.mkdtemp(prefix="cs5045ae-settings-"))
    atexit.register(shutil.rmtree, scratch, ignore_errors=True)
    for name in missing:
        os.environ[name] = str(scratch / SETTINGS[name])
    return (
        f"The home folder {home} can't be written to, so JupyterLab keeps its settings "
        f"in {scratch} this time. Set HOME to a folder of yours to keep them."
    )
