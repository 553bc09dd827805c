"""The stage of every interactive picture: artists stay, only their data changes.

Redrawing a whole figure takes 100 ms and more. Here all that never changes is drawn
once; an update sets the data of the few artists that move, draws those over the kept
background and sends one PNG, so that the picture follows a slider without lag.
"""

import base64
import html
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets
import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

import cs5045ae.figures  # noqa: F401 (the course's style)

__all__ = ["LivePicture"]

SHARPNESS = 1.5  # pixels of the PNG for one CSS pixel


class LivePicture(ipywidgets.VBox):
    """Controls above a picture that follows them.

    Where a kernel runs, this is a widget. Where none does (a rendered page), the
    picture stands as it was made, with its text.

    Parameters
    ----------
    fig : matplotlib.figure.Figure
        Drawn once, and closed for pyplot.
    moving : sequence of matplotlib artists
        All that `update` changes; each belongs to `fig`.
    update : callable
        ``update(**values)`` sets the artists' data for the controls' values and
        returns one sentence that says what is seen. It stands under the picture, is
        its alternative text, and is marked to be read aloud when it changes.
    controls : mapping from a name to an ipywidgets control
        The names are the keywords of `update`. Each control needs a description.

    Raises
    ------
    ValueError
        If a control has no description: nobody could tell what it does.
    """

    def __init__(
        self,
        fig: Figure,
        moving: Sequence[Artist],
        update: Callable[..., str],
        controls: Mapping[str, Any],
    ) -> None:
        for name, control in controls.items():
            if not getattr(control, "description", ""):
                raise ValueError(f"the control {name!r} needs a description")
            control.style.description_width = "initial"
            control.layout.width = "28em"  # room for a slider beside a long name
        self._fig, self._moving, self._update = fig, moving, update
        self._controls = controls
        self._draw_background()
        self._picture = ipywidgets.HTML()
        super().__init__([*controls.values(), self._picture])
        for control in controls.values():
            control.observe(self._follow, names="value")
        self._follow()

    def _draw_background(self) -> None:
        for artist in self._moving:
            artist.set_animated(True)
        plt.close(self._fig)
        self._width = round(100 * self._fig.get_size_inches()[0])
        self._fig.set_dpi(100 * SHARPNESS)
        self._canvas = FigureCanvasAgg(self._fig)
        self._canvas.draw()
        self._background = self._canvas.copy_from_bbox(self._fig.bbox)

    def _follow(self, _: object = None) -> None:
        values = {name: control.value for name, control in self._controls.items()}
        self.caption = self._update(**values)
        self._canvas.restore_region(self._background)
        for artist in self._moving:
            (artist.axes or self._fig).draw_artist(artist)
        buffer = io.BytesIO()
        pixels = Image.frombuffer(
            "RGBA", self._canvas.get_width_height(), self._canvas.buffer_rgba()
        )
        pixels.convert("RGB").save(buffer, format="png", compress_level=1)
        self.png = buffer.getvalue()
        data = base64.b64encode(self.png).decode("ascii")
        told = html.escape(self.caption)
        # Decoded at once, or the picture would blink at every step of a slider.
        self._picture.value = (
            f'<img alt="{told}" width="{self._width}" style="max-width: 100%" '
            f'decoding="sync" src="data:image/png;base64,{data}">'
            f'<p aria-live="polite">{told}</p>'
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["image/png"] = base64.b64encode(self.png).decode("ascii")
        data["text/plain"] = f"[picture: {self.caption}]"
        return data, {"image/png": {"alt": self.caption, "width": self._width}}
