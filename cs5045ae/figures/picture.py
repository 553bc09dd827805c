"""A finished figure together with the text that stands in for it."""

import base64
import html
import io
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure

plt.style.use(Path(__file__).with_name("course.mplstyle"))


COLUMN = 800
"""CSS pixels that a notebook column is wide; no figure is shown wider."""


class Undrawable(ValueError):
    """Arrays that make no figure; a notebook shows this sentence and no frames."""

    def _render_traceback_(self) -> list[str]:
        return [f"Nothing is drawn: {self}."]


class Picture:
    """A finished figure: its PNG, its width in CSS pixels and its alternative text."""

    def __init__(self, png: bytes, alt: str, width: int) -> None:
        self.png, self.alt, self.width = png, alt, width

    def __repr__(self) -> str:
        return f"[picture: {self.alt}]"

    def img(self) -> str:
        """Return the picture as one HTML ``<img>`` that needs no other file."""
        data = base64.b64encode(self.png).decode("ascii")
        return (
            f'<img alt="{html.escape(self.alt)}" width="{self.width}" '
            'style="max-width: 100%" '
            f'src="data:image/png;base64,{data}">'
        )

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, Any]]:
        # JupyterLab shows the HTML, since its PNG renderer drops the alternative text;
        # whatever keeps PNG only (graded notebooks do) finds the text as metadata.
        bundle = {
            "image/png": base64.b64encode(self.png).decode("ascii"),
            "text/html": self.img(),
            "text/plain": repr(self),
        }
        return bundle, {"image/png": {"alt": self.alt, "width": self.width}}


def describe(fig: Figure, alt: str) -> Picture:
    """Close a matplotlib figure and return it as a `Picture` with its text.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Any figure of your own.
    alt : str
        One or two sentences: what is drawn, and what a reader should see in it.

    Raises
    ------
    ValueError
        If `alt` is empty.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> fig, ax = plt.subplots()
    >>> _ = ax.plot([0, 1], [0, 1])
    >>> describe(fig, "A straight line from (0, 0) to (1, 1).")
    [picture: A straight line from (0, 0) to (1, 1).]
    """
    if not alt.strip():
        raise ValueError("a figure needs an alternative text: say what it shows")
    buffer = io.BytesIO()
    fig.savefig(buffer, format="png")
    plt.close(fig)
    width = round(100 * fig.get_size_inches()[0])
    return Picture(buffer.getvalue(), alt, min(width, COLUMN))
