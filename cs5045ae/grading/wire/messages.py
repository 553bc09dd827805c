"""The messages of Jupyter's protocol: those we send, and what we take from theirs.

See https://jupyter-client.readthedocs.io/en/stable/messaging.html. A kernel's signature
is not looked at: the kernel knows the key, so it would prove nothing.
"""

import base64
import binascii
import hashlib
import hmac
import json
import secrets
from typing import Any

from cs5045ae.grading.wire.bounded import clean, load_json, printable
from cs5045ae.grading.wire.errors import WireError

__all__ = ["leaves", "output", "parse", "request"]

DELIMITER = b"<IDS|MSG>"
HEADER_BYTES = 10_000
PICTURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}


def request(kind: str, content: dict[str, Any], key: str) -> tuple[str, list[bytes]]:
    """Return the id and the parts of a message to the kernel."""
    number = secrets.token_hex(16)
    header = {
        "msg_id": number,
        "msg_type": kind,
        "session": "grading",
        "username": "grading",
        "version": "5.3",
        "date": "2000-01-01T00:00:00Z",
    }
    parts = [json.dumps(part).encode() for part in (header, {}, {}, content)]
    mark = hmac.new(key.encode(), digestmod=hashlib.sha256)
    for part in parts:
        mark.update(part)
    return number, [DELIMITER, mark.hexdigest().encode(), *parts]


def parse(parts: list[bytes]) -> tuple[str, str, bytes]:
    """Return the kind of a kernel's message, the id it answers, and its content.

    The content is not read yet.

    Raises
    ------
    WireError
        If it is no message.
    """
    try:
        at = parts.index(DELIMITER)
        header, parent, content = parts[at + 2], parts[at + 3], parts[at + 5]
    except (ValueError, IndexError):
        raise WireError("it is no message of a kernel") from None
    if len(header) > HEADER_BYTES or len(parent) > HEADER_BYTES:
        raise WireError("it is no message of a kernel")
    kind, number = (
        found.get(name) if isinstance(found := load_json(part, 100), dict) else None
        for part, name in ((header, "msg_type"), (parent, "msg_id"))
    )
    return str(kind), str(number), content


def leaves(content: dict[str, Any]) -> bool:
    """Say whether a reply announces the kernel's end: its cell called exit or quit."""
    payload = content.get("payload")
    return isinstance(payload, list) and any(
        isinstance(part, dict) and part.get("source") == "ask_exit" for part in payload
    )


def output(kind: str, raw: bytes) -> dict[str, Any] | None:
    """Return a message of a cell's output as nbformat writes it, or None for others.

    Text, text streams, errors and pictures are kept; a picture must begin like one.

    Raises
    ------
    WireError
        If it cannot be read.
    """
    if kind not in ("stream", "execute_result", "display_data", "error"):
        return None
    content, most = load_json(raw, 20_000), len(raw)
    if not isinstance(content, dict):
        raise WireError("an output cannot be read")
    if kind == "stream":
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        text = clean(content.get("text"), most)
        return {"output_type": "stream", "name": name, "text": text}
    if kind == "error":
        lines = content.get("traceback")
        return {
            "output_type": "error",
            "ename": printable(content.get("ename"), 200),
            "evalue": clean(content.get("evalue"), 5_000),
            "traceback": [
                clean(line, 20_000)
                for line in (lines if isinstance(lines, list) else [])[:100]
            ],
        }
    found = content.get("data")
    kept = {}
    for name, value in (found if isinstance(found, dict) else {}).items():
        if name == "text/plain" or (name in PICTURES and _is_picture(name, value)):
            kept[name] = clean(value, most)
    if not kept:
        return None
    made: dict[str, Any] = {"output_type": kind, "data": kept, "metadata": {}}
    return made | ({"execution_count": None} if kind == "execute_result" else {})


def _is_picture(name: str, value: Any) -> bool:
    if not isinstance(value, str):
        return False
    try:
        data = base64.b64decode(value.replace("\n", ""), validate=True)
    except (binascii.Error, ValueError):
        return False
    return data.startswith(PICTURES[name])
