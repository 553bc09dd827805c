"""Messages between the court and its examiner: a header in JSON, and bytes unread."""

import json
import select
import socket
import struct
import time
from typing import Any

__all__ = ["Gone", "Late", "Pipe"]

SIZES = struct.Struct(">IQ")
HEADER, PAYLOAD = 64 << 20, 1 << 30
CHUNK = 1 << 20


class Gone(Exception):
    """The other end is closed, or sends what it never would."""


class Late(Exception):
    """Nothing came in time."""


class Pipe:
    """One end of a connection.

    Parameters
    ----------
    end : socket.socket
        A stream.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._buffer = bytearray()

    def close(self) -> None:
        """Close this end."""
        self._end.close()

    def send(self, header: dict[str, Any], payload: bytes = b"") -> None:
        """Send a message, whole.

        Raises
        ------
        Gone
            If nobody reads it.
        """
        text = json.dumps(header).encode()
        try:
            self._end.sendall(SIZES.pack(len(text), len(payload)) + text)
            self._end.sendall(payload)
        except OSError:
            raise Gone from None

    def receive(self, until: float | None = None) -> tuple[dict[str, Any], bytes]:
        """Return the header and the payload of the next message.

        Parameters
        ----------
        until : float, optional
            Time (`time.monotonic`) at which to stop waiting; never by default. What has
            come of a message by then is kept.

        Raises
        ------
        Gone, Late
            If there is none.
        """
        self._fill(SIZES.size, until)
        header, payload = SIZES.unpack(self._buffer[: SIZES.size])
        if header > HEADER or payload > PAYLOAD:
            raise Gone
        self._fill(SIZES.size + header + payload, until)
        text = bytes(self._buffer[SIZES.size : SIZES.size + header])
        data = bytes(self._buffer[SIZES.size + header : SIZES.size + header + payload])
        del self._buffer[: SIZES.size + header + payload]
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            raise Gone from None
        if not isinstance(said, dict):
            raise Gone
        return said, data

    def _fill(self, size: int, until: float | None) -> None:
        while len(self._buffer) < size:
            wait = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self._end], [], [], wait)[0]:
                raise Late
            try:
                more = self._end.recv(CHUNK)
            except OSError:
                more = b""
            if not more:
                raise Gone
            self._buffer += more
