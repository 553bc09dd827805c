"""Turn notebooks into web pages that need no network and no kernel."""

import base64
import copy
import html
import json
import shutil
from collections.abc import Collection
from importlib.resources import files
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from nbconvert import HTMLExporter
from nbformat import NotebookNode

from cs5045ae.course.templates import template

__all__ = ["localise", "place_mathjax", "render"]

WIDGET = "application/vnd.jupyter.widget-view+json"
NOTE = "This picture follows its controls when the notebook runs in JupyterLab."
MATHJAX = "MathJax.js?config=TeX-AMS-MML_HTMLorMML-full"
MATHJAX_PARTS = ("MathJax.js", "LICENSE", "config", "extensions", "jax")
MATHJAX_LEFT_OUT = ("a11y", "mhchem3")


def render(notebook: NotebookNode, title: str) -> str:
    """Return an executed notebook as one page of HTML.

    Where an output is a widget, the picture that stands in for it is shown.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With its outputs; not changed.
    title : str
        Of the browser's window.
    """
    exporter = HTMLExporter(
        template_name="lab", exclude_input_prompt=True, exclude_output_prompt=True
    )
    page, _ = exporter.from_notebook_node(
        _without_widgets(copy.deepcopy(notebook)), {"metadata": {"name": title}}
    )
    return page


def localise(
    page: str,
    title: str,
    style: str,
    links: dict[str, str],
    lectures: Collection[str],
) -> str:
    """Make a page of nbconvert or nbgrader one of ours.

    Its scripts, which would be loaded from the network, go; MathJax from the report's
    own folder, our style and a line of links come.

    Parameters
    ----------
    page : str
        HTML.
    title : str
        Of the browser's window.
    style : str
        CSS, added last.
    links : mapping from an address to its text
        The first is the way up. The page stands one folder below the report's.
    lectures : collection of str
        The names that have a page here. A link to such a notebook leads to its page;
        one to any other file becomes plain text.

    Returns
    -------
    str
        HTML.

    Raises
    ------
    ValueError
        If the page has no head or no body.
    """
    soup = BeautifulSoup(page, "html.parser")
    for script in soup.find_all("script"):
        script.decompose()
    for link in soup.find_all("a", href=True):
        _lead(link, lectures)
    if soup.html is not None:
        soup.html["lang"] = "en"
    head, body = soup.head, soup.body
    if head is None or body is None:
        raise ValueError("a page needs a head and a body")
    if head.title is not None:
        head.title.string = title
    if head.find("meta", attrs={"name": "viewport"}) is None:
        viewport = {"name": "viewport", "content": "width=device-width"}
        head.append(soup.new_tag("meta", attrs=viewport))
    own = (
        f"<style>{style}</style>"
        '<script src="../mathjax/settings.js"></script>'
        f'<script async src="../mathjax/{MATHJAX}"></script>'
    )
    head.append(BeautifulSoup(own, "html.parser"))
    items = "".join(
        f'<li><a href="{html.escape(address)}">{html.escape(text)}</a></li>'
        for address, text in links.items()
    )
    way = f'<nav class="way" aria-label="Course"><ul>{items}</ul></nav>'
    body.insert(0, BeautifulSoup(way, "html.parser"))
    return str(soup)


def _lead(link: Tag, lectures: Collection[str]) -> None:
    """Send a link between the course's files to where it leads in the report."""
    to = urlsplit(str(link["href"]))
    path = PurePosixPath(to.path)
    if to.scheme or to.netloc or not to.path:
        return
    if path.parent.name in ("", "lectures") and path.stem in lectures:
        fragment = f"#{to.fragment}" if to.fragment else ""
        link["href"] = f"../lectures/{path.stem}.html{fragment}"
    else:
        link.unwrap()


def place_mathjax(report: Path) -> None:
    """Copy what the pages need of MathJax, which comes with a package, beside them.

    A browser may refuse a font from another folder to a page that was opened from the
    disk, so the fonts go into a script.
    """
    source = Path(str(files("jupyter_server_mathjax") / "static"))
    target = report / "mathjax"
    left_out = shutil.ignore_patterns(*MATHJAX_LEFT_OUT)
    for name in MATHJAX_PARTS:
        if (source / name).is_dir():
            shutil.copytree(
                source / name, target / name, ignore=left_out, dirs_exist_ok=True
            )
        else:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(source / name, target / name)
    fonts = {
        path.stem: "data:font/woff;base64,"
        + base64.b64encode(path.read_bytes()).decode("ascii")
        for path in sorted((source / "fonts").rglob("*.woff"))
    }
    settings = f"window.MathFonts = {json.dumps(fonts)};\n{template('mathjax.js')}"
    (target / "settings.js").write_text(settings, encoding="utf-8")


def _without_widgets(notebook: NotebookNode) -> NotebookNode:
    """Put a picture with its text where a widget would need a kernel, else nothing."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            widget = data.pop(WIDGET, None)
            if widget is not None and "image/png" not in data:
                data.clear()  # a progress bar, say: without a kernel it shows nothing
                continue
            told = output.get("metadata", {}).get("image/png", {})
            if "image/png" in data and "text/html" not in data and "alt" in told:
                width = f' width="{told["width"]}"' if "width" in told else ""
                data["text/html"] = (
                    f'<img alt="{html.escape(told["alt"])}"{width} '
                    f'src="data:image/png;base64,{data["image/png"].strip()}">'
                )
            if widget is not None:
                data["text/html"] += f'<p class="note">{NOTE}</p>'
    return notebook
