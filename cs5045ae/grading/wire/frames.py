"""Read and write the messages of a kernel's sockets, counting each byte.

This is the part of ZMTP 3.0 (https://rfc.zeromq.org/spec/23/, the protocol beneath
Jupyter's sockets) that a client without encryption needs. A library's reader would take
in a message of any number of parts before its user sees the first; here the limit
comes before the reading, and the end of the kernel is seen at once.
"""

import socket
import time

from cs5045ae.grading.wire.errors import BrokenChannel

__all__ = ["Channel"]

MORE, LONG, COMMAND = 1, 2, 4
PARTS = 64
CHUNK = 1 << 18


class Channel:
    """One socket of a kernel, as its client.

    Parameters
    ----------
    folder : int
        Descriptor of the folder that the socket lies in. Its content is the kernel's;
        so a channel is opened before any line of a student's runs, and never again.
    name : str
        The socket's name.
    kind : str
        ``"DEALER"`` to ask and be answered, ``"SUB"`` to listen to everything.
    most : int
        Most bytes of one message.
    until : float
        Time (`time.monotonic`) at which to stop waiting for the kernel.

    Raises
    ------
    BrokenChannel
        If the kernel's end is gone, or breaks the protocol or the limit.
    """

    def __init__(
        self, folder: int, name: str, kind: str, most: int, until: float
    ) -> None:
        self.most = most
        self._buffer = bytearray()
        self._parts: list[bytes] = []
        self._size = 0
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self._connect(f"/proc/self/fd/{folder}/{name}", until)
            self._shake_hands(kind.encode(), until)
        except (OSError, BrokenChannel):
            self.close()
            raise BrokenChannel(f"The kernel's socket {name} is silent.") from None
        if kind == "SUB":
            self.send([b"\x01"], until)  # subscribes to all

    def _connect(self, path: str, until: float) -> None:
        self._socket.settimeout(5.0)
        while True:
            try:
                return self._socket.connect(path)
            except ConnectionRefusedError:  # it is made a moment before it listens
                if time.monotonic() > until:
                    raise
                time.sleep(0.005)

    def _shake_hands(self, kind: bytes, until: float) -> None:
        """Exchange greetings, then what kind of socket each end is."""
        null = b"NULL".ljust(20, b"\0")
        self._socket.sendall(b"\xff" + bytes(8) + b"\x7f\x03\x00" + null + bytes(32))
        ready = b"\x05READY\x0bSocket-Type" + len(kind).to_bytes(4, "big") + kind
        greeting = self._exactly(64, until)
        if greeting[0] != 0xFF or greeting[10] < 3:
            raise BrokenChannel("It speaks another protocol.")
        self._socket.sendall(bytes([COMMAND, len(ready)]) + ready)
        flags, size = self._exactly(2, until)
        if not flags & COMMAND:
            raise BrokenChannel("It speaks another protocol.")
        self._exactly(size, until)

    def _exactly(self, size: int, until: float) -> bytes:
        data = b""
        while len(data) < size:
            self._socket.settimeout(max(0.01, until - time.monotonic()))
            data += (more := self._socket.recv(size - len(data)))
            if not more:
                raise BrokenChannel("It is closed.")
        return data

    def fileno(self) -> int:
        """Return the descriptor, for `select`."""
        return self._socket.fileno()

    def close(self) -> None:
        """Close this end."""
        self._socket.close()

    def send(self, parts: list[bytes], until: float) -> None:
        """Send one message; the kernel must take it before the time `until`."""
        data = bytearray()
        for at, part in enumerate(parts):
            more = MORE if at < len(parts) - 1 else 0
            if len(part) < 256:
                data += bytes([more, len(part)])
            else:
                data += bytes([more | LONG]) + len(part).to_bytes(8, "big")
            data += part
        self._socket.settimeout(max(0.01, until - time.monotonic()))
        try:
            self._socket.sendall(data)
        except TimeoutError:
            raise
        except OSError:
            raise BrokenChannel("The kernel's end of a socket is closed.") from None

    def receive(self) -> list[list[bytes]]:
        """Read once what is there; return the messages that are complete by it.

        Call it when `select` says that there is something. The size of a message is
        counted before it is kept.
        """
        self._socket.settimeout(5.0)
        try:
            data = self._socket.recv(CHUNK)
        except OSError:
            data = b""
        if not data:
            raise BrokenChannel("The kernel's end of a socket is closed.")
        self._buffer += data
        at, complete = 0, []
        while (frame := self._frame(at)) is not None:
            flags, start, at = frame
            if flags & COMMAND:
                continue
            self._parts.append(bytes(self._buffer[start:at]))
            self._size += at - start
            if len(self._parts) > PARTS:
                raise BrokenChannel("A message of the kernel has too many parts.")
            if not flags & MORE:
                complete.append(self._parts)
                self._parts, self._size = [], 0
        del self._buffer[:at]
        return complete

    def _frame(self, at: int) -> tuple[int, int, int] | None:
        """Return flags, start and end of the frame at an offset, if it is complete."""
        left = len(self._buffer) - at
        if left < 2:
            return None
        flags = self._buffer[at]
        start = at + (9 if flags & LONG else 2)
        if left < start - at:
            return None
        size = int.from_bytes(self._buffer[at + 1 : start], "big")
        if self._size + size > self.most:
            raise BrokenChannel(f"A message of the kernel exceeds {self.most:,} bytes.")
        return (flags, start, start + size) if left >= start - at + size else None
