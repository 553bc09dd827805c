"""Files that computers leave behind: nobody has handed them in."""

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["is_system", "of_computers", "system_part"]

FOLDERS = {
    *("__macosx", "@eadir", "@synoeastream", "@tmp", "@recycle", "#recycle"),
    *("#snapshot", "$recycle.bin", "recycler", "recycled", "lost+found", "cvs"),
    *("system volume information", "__pycache__", "node_modules", "venv"),
    *("site-packages", "network trash folder", "temporary items"),
}
FILES = re.compile(
    r"thumbs\.db(:encryptable)?|ehthumbs(_vista)?\.db|iconcache\.db|desktop\.ini"
    r"|icon\r?|autorun\.inf|~\$.*|.*~|~.*\.tmp|#.*#|.*\.(pyc|pyo|swp|swo|swx)"
    r"|.*\.(crdownload|part|partial|download|opdownload|filepart|icloud)"
    r"|.* \(conflicted copy\)\.tmp|found\.\d{3}|.*:zone\.identifier",
    re.IGNORECASE | re.DOTALL,
)


def system_part(path: str) -> int:
    """Return which part of a path is no student's: its position, -1 if none is.

    Examples
    --------
    >>> system_part("anna/.git/HEAD"), system_part("anna/01_pca.ipynb")
    (1, -1)
    """
    parts = path.split("/")
    return next((n for n, part in enumerate(parts) if is_system(part)), -1)


def is_system(name: str) -> bool:
    """Tell whether a file or folder was left by a computer, not by a person.

    All that is hidden on Unix is: ``.DS_Store``, ``._name``, ``.git``, ``.Trash-1000``,
    ``.ipynb_checkpoints``.
    """
    if name.startswith("."):
        return name.strip(".") != ""  # "." and ".." lead elsewhere: refused as paths
    return name.casefold() in FOLDERS or FILES.fullmatch(name) is not None


def of_computers(paths: Sequence[str]) -> str:
    """Return one line about such files, empty if there are none.

    Examples
    --------
    >>> of_computers(["__MACOSX/a", "__MACOSX/b", ".DS_Store"])
    '3 files of computers were left out: 2 __MACOSX, 1 .DS_Store.'
    """
    if not paths:
        return ""
    kinds: Counter[str] = Counter()
    for path in paths:
        part = path.split("/")[max(0, system_part(path))]
        kinds["._*" if part.startswith("._") else part] += 1
    named = [f"{count} {_shown(kind)}" for kind, count in kinds.most_common(6)]
    more = ", ..." if len(kinds) > 6 else ""
    plural = "s of computers were" if len(paths) > 1 else " of a computer was"
    return f"{len(paths)} file{plural} left out: {', '.join(named)}{more}."


def _shown(name: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in name[:40])
