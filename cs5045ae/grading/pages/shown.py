"""What of a cell's outputs a page shows."""

import html
from typing import Any

from nbconvert.filters import strip_ansi

from cs5045ae.grading.pages.clean import without_commands
from cs5045ae.grading.pages.pictures import checked_picture, note
from cs5045ae.grading.pages.renderer import Job

__all__ = ["as_html", "readable", "shown_outputs"]

TEXT, OUTPUTS = 100_000, 200
"""Characters of one output, and outputs of one cell."""

PICTURES = ("image/png", "image/jpeg")
RENDERED = {"text/html": "html", "text/markdown": "markdown"}
COLOURS = 2_000
"""Changes of colour in one output, above which it is shown without colours."""


def shown_outputs(outputs: Any) -> list[dict[str, Any] | Job]:
    """Return a cell's outputs as a page may show them.

    A `Job` stands for an output whose HTML is yet to be made.

    Parameters
    ----------
    outputs : list of dict
        As they stand in a notebook.
    """
    found: list[dict[str, Any] | Job] = []
    if not isinstance(outputs, list):
        return found
    for output in outputs[:OUTPUTS]:
        kind = output.get("output_type") if isinstance(output, dict) else None
        if kind == "stream":
            found.append(_stream(output))
        elif kind == "error":
            found.append(_error(output))
        elif kind in ("display_data", "execute_result"):
            found.append(_data(output))
    if len(outputs) > OUTPUTS:
        left = len(outputs) - OUTPUTS
        found.append(as_html(f"<p>{note(f'{left:,} more outputs are not shown.')}</p>"))
    return found


def as_html(made: str) -> dict[str, Any]:
    """Return an output that is shown as HTML, which must be clean."""
    return {**_empty("display_data"), "data": {"text/html": made}, "metadata": {}}


def readable(text: Any) -> str:
    """Return text that can be written into a file, whatever was handed in."""
    if isinstance(text, list):
        text = "".join(line for line in text if isinstance(line, str))
    if not isinstance(text, str):
        return ""
    return text.encode("utf-8", "replace").decode("utf-8")


def _empty(kind: str) -> dict[str, Any]:
    return {"output_type": kind}


def _stream(output: dict[str, Any]) -> dict[str, Any]:
    name = "stderr" if output.get("name") == "stderr" else "stdout"
    text = _short(readable(output.get("text")))
    return {**_empty("stream"), "name": name, "text": text}


def _error(output: dict[str, Any]) -> dict[str, Any]:
    lines = output.get("traceback")
    text = "\n".join(map(readable, lines if isinstance(lines, list) else []))
    return {**_empty("error"), "ename": "", "evalue": "", "traceback": [_short(text)]}


def _data(output: dict[str, Any]) -> dict[str, Any] | Job:
    """Return the form of an output that nbconvert would show, if a page may show it."""
    data = output.get("data")
    data = data if isinstance(data, dict) else {}
    for kind, way in RENDERED.items():
        if kind in data:
            return Job(way, readable(data[kind]))
    if "text/latex" in data:
        text = html.escape(readable(data["text/latex"])[:TEXT], quote=False)
        return as_html(without_commands(text))
    reasons = []
    for kind in PICTURES:
        if kind in data:
            value = readable(data[kind]).strip()
            if not (reason := checked_picture(kind, value)):
                return _picture(kind, value, output.get("metadata"))
            reasons.append(reason)
    if reasons:
        return as_html(note(f"A picture is not shown: {reasons[0]}."))
    if "text/plain" in data:
        text = _short(readable(data["text/plain"]))
        return {**_empty("display_data"), "data": {"text/plain": text}, "metadata": {}}
    kinds = ", ".join(str(kind)[:60] for kind in list(data)[:3]) or "no kind"
    return as_html(note(f"An output is not shown: pages do not show {kinds}."))


def _picture(kind: str, value: str, metadata: Any) -> dict[str, Any]:
    told = metadata.get(kind) if isinstance(metadata, dict) else None
    told = told if isinstance(told, dict) else {}
    kept: dict[str, Any] = {}
    for name in ("width", "height"):
        if type(told.get(name)) in (int, float) and 0 < told[name] < 10_000:
            kept[name] = told[name]
    if isinstance(told.get("alt"), str):
        kept["alt"] = readable(told["alt"])[:TEXT]
    return {
        **_empty("display_data"),
        "data": {kind: value},
        "metadata": {kind: kept},
    }


def _short(text: str) -> str:
    """Return text of at most so many characters and colours."""
    if len(text) > TEXT:
        text = f"{text[:TEXT]}\n… the rest of this output is not shown."
    return strip_ansi(text) if text.count("\x1b[") > COLOURS else text
