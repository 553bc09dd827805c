"""Show the pictures that came with a notebook; name those that are not shown.

A page loads nothing from the network: whoever put the address there would learn who
reads it and when.
"""

import base64
import binascii
import html
import io
import re
from typing import Any
from urllib.parse import unquote

from PIL import Image

__all__ = ["checked_picture", "note", "show_pictures"]

KINDS = {
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
}
CHARACTERS = 6_000_000
"""Of a picture in base64: 4.5 MB."""

PIXELS = 40_000_000
PICTURE = re.compile(r'<img((?: [\w-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([\w-]+)="([^"]*)"')
DATA = re.compile(r"data:([\w.+/-]+);base64,(.*)", re.DOTALL | re.IGNORECASE)
REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
LOADS = re.compile(
    r"(?:url\(|(?:src|srcset|poster|background|data|href)\s{0,9}=)\s{0,9}[\"']?"
    r"((?:https?:)?//[^\s\"'()<>]{1,2000})",
    re.IGNORECASE,
)
"""An address that a browser may load by itself."""

NAMED, ADDRESSES = 200, 10
KEPT = ("alt", "title", "width", "height")


def show_pictures(clean: str, attachments: Any, original: str = "") -> str:
    """Return clean HTML with its pictures in it, or a note in the place of each.

    Parameters
    ----------
    clean : str
        As `clean.clean_html` returns it.
    attachments : dict
        Of the cell, as they were handed in: a picture's name and its forms.
    original : str
        The HTML before it was cleaned, where addresses stand that went with their
        element.
    """
    shown = PICTURE.sub(lambda found: _picture(found[1], attachments), clean)
    gone: list[str] = []
    for found in LOADS.finditer(original):
        address = html.unescape(found[1])
        if html.escape(address[:NAMED], quote=False) not in shown:
            gone.append(address)
    lost = dict.fromkeys(gone)
    notes = [f"<p>{_remote(address)}</p>" for address in list(lost)[:ADDRESSES]]
    return shown + "".join(notes)


def checked_picture(kind: str, value: Any) -> str:
    """Return why a picture cannot be shown, in part of a sentence; nothing if it can.

    Parameters
    ----------
    kind : str
        Its MIME type.
    value : object
        Base64 text, if it is what it should be.
    """
    if kind not in KINDS:
        return f"pages do not show the kind {kind[:40]}"
    if not isinstance(value, str):
        return "its data cannot be read"
    if len(value) > CHARACTERS:
        return f"it is too large ({len(value) * 3 / 4e6:.1f} MB)"
    try:
        data = base64.b64decode("".join(value.split()), validate=True)
        with Image.open(io.BytesIO(data), formats=[KINDS[kind]]) as picture:
            width, height = picture.size
    except (binascii.Error, OSError, ValueError, SyntaxError):
        return "its data cannot be read"
    except Image.DecompressionBombError:
        return "it has too many pixels"
    if width * height > PIXELS:
        return f"it has too many pixels ({width} x {height})"
    return ""


def note(sentence: str) -> str:
    """Return a sentence as HTML that stands in the place of what is not shown."""
    return f"<em>[{html.escape(sentence, quote=False)}]</em>"


def _picture(written: str, attachments: Any) -> str:
    """Return a picture as it is shown, given the attributes of its tag."""
    given = {k: html.unescape(v) for k, v in ATTRIBUTE.findall(written)}
    source = given.pop("src", "").strip()
    if REMOTE.match(source):
        return _remote(source)
    if source.lower().startswith("attachment:"):
        name = source.partition(":")[2]
        kind, value = _attached(name, attachments)
        called = f'"{unquote(name)[:NAMED]}"'
        if not kind:
            return note(
                f"The picture {called} is not shown: it is not in the notebook, or "
                "it was too large or of another kind than PNG and JPEG."
            )
    elif data := DATA.fullmatch(source):
        kind, value = data[1].lower(), "".join(data[2].split())
        called = f'"{given["alt"][:NAMED]}"' if given.get("alt") else "in the text"
    else:
        name = source[:NAMED] or given.get("alt", "")[:NAMED] or "without an address"
        return note(f"A picture is not shown, for it is not in the notebook: {name}")
    if reason := checked_picture(kind, value):
        return note(f"The picture {called} is not shown: {reason}.")
    rest = "".join(f' {k}="{html.escape(given[k])}"' for k in KEPT if k in given)
    return f'<img src="data:{kind};base64,{value}"{rest}>'


def _attached(name: str, attachments: Any) -> tuple[str, Any]:
    """Return the kind and the data of an attachment; no kind if it is not there."""
    if not isinstance(attachments, dict):
        return "", None
    forms = attachments.get(name, attachments.get(unquote(name)))
    if not isinstance(forms, dict) or not forms:
        return "", None
    kind = next((kind for kind in KINDS if kind in forms), str(next(iter(forms))))
    value = forms.get(kind)
    if isinstance(value, list) and all(isinstance(line, str) for line in value):
        value = "".join(value)
    return kind, "".join(value.split()) if isinstance(value, str) else value


def _remote(address: str) -> str:
    shown = address if len(address) <= NAMED else address[:NAMED] + "…"
    return note(f"A picture from the network is not loaded: {shown}")
