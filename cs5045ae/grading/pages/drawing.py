"""Make HTML of one text or code cell, within limits of size.

This runs in a process of its own (`worker`), which may be stopped at any time.
"""

import html
from typing import Any

from mistune import HTMLRenderer
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from cs5045ae.grading.pages.clean import TAG, clean_html, deepest
from cs5045ae.grading.pages.pictures import show_pictures

__all__ = ["TooMuch", "draw", "plain"]

PLAIN = 20_000
"""Characters that are shown of a cell that is not."""

LINE = 1_000
"""Characters of a line of code that are shown: colouring takes the square of them."""

MADE, TAGS, DEPTH = 2_000_000, 40_000, 100
"""Characters, tags and levels of what one cell becomes, its pictures left out."""


class TooMuch(Exception):
    """A cell that is not rendered; the message says why in part of a sentence."""


class _Renderer(IPythonRenderer):
    """Leaves the address of an attachment as it is: one that is lost raises nothing."""

    def image(self, text: str, url: str, title: str | None = None) -> str:
        """Return the tag of a picture."""
        return HTMLRenderer.image(self, text, url, title)

    def block_mermaidjs(self, code: str) -> str:
        """Return a diagram as code: no page here draws it."""
        return HTMLRenderer.block_code(self, code)


def draw(kind: str, source: str, attachments: Any = None) -> str:
    """Return a cell as HTML in which nothing acts.

    Parameters
    ----------
    kind : {"markdown", "html", "code", "raw"}
        What the source is.
    source : str
        Of the cell, or of an output.
    attachments : dict, optional
        Pictures by their names, as they were handed in.

    Raises
    ------
    TooMuch
        If what it becomes is too large or nested too deeply.
    """
    if kind == "raw":
        return f"<pre>{html.escape(source, quote=False)}</pre>"
    if kind == "code":
        made = Highlight2HTML(pygments_lexer="ipython3")(_short_lines(source))
    elif kind == "markdown":
        renderer = _Renderer(escape=False)
        made = MarkdownWithMath(renderer=renderer).render(source)
    else:
        made = source
    if len(made) > MADE:
        raise TooMuch("it becomes too long")
    clean = clean_html(made)
    if sum(1 for _ in TAG.finditer(clean)) > TAGS:
        raise TooMuch("it has too many parts")
    if deepest(clean) > DEPTH:
        raise TooMuch("its parts are nested too deeply")
    return clean if kind == "code" else show_pictures(clean, attachments, made)


def plain(source: str, reason: str, most: int = PLAIN) -> str:
    """Return the beginning of a cell as plain text, with a line that says why.

    Parameters
    ----------
    source : str
        Of the cell.
    reason : str
        Why it is not rendered, in part of a sentence.
    most : int
        How many characters are shown.
    """
    rest = ""
    if len(source) > most:
        rest = f" Its first {most:,} of {len(source):,} characters are shown."
    told = f"This is shown as plain text: {reason}.{rest}"
    text = html.escape(source[:most], quote=False)
    return f"<p><em>[{html.escape(told)}]</em></p>\n<pre>{text}</pre>"


def _short_lines(code: str) -> str:
    if all(len(line) <= LINE for line in code.split("\n")):
        return code
    lines = code.split("\n")
    return "\n".join(x if len(x) <= LINE else f"{x[:LINE]} …" for x in lines)
