"""The sockets of one kernel, read together."""

import select
import time
from collections.abc import Callable

from cs5045ae.grading.sandbox.process import PORTS
from cs5045ae.grading.wire import messages
from cs5045ae.grading.wire.errors import BrokenChannel, WireError
from cs5045ae.grading.wire.frames import Channel

__all__ = ["Link", "Take"]

Take = Callable[[str, str, bytes], None]
"""Takes what iopub carries: the kind of a message, what it answers, its content."""

KINDS = {"shell": "DEALER", "control": "DEALER", "iopub": "SUB"}
STRAY = 1_000
"""Most messages in a row that cannot be used; a kernel sends hardly any."""


class Link:
    """The three sockets that grading needs.

    Parameters
    ----------
    folder : int
        Descriptor of the folder that they lie in.
    most : int
        Most bytes of one message.
    until : float
        Time (`time.monotonic`) at which to stop waiting for them.

    Attributes
    ----------
    torn : bool
        An exception from outside, such as a signal's, came while a message was half
        sent or half read. The link is of no use then.

    Raises
    ------
    BrokenChannel
        Here and in each method, if the kernel's end is gone or breaks the protocol.
    """

    def __init__(self, folder: int, most: int, until: float) -> None:
        self.torn = False
        self._stray = 0
        self._channels: dict[str, Channel] = {}
        for name, kind in KINDS.items():
            self._channels[name] = Channel(
                folder, f"k-{PORTS[name]}", kind, most, until
            )

    def close(self) -> None:
        """Close our ends."""
        for channel in self._channels.values():
            channel.close()

    def send(self, name: str, parts: list[bytes], until: float) -> None:
        """Send a message on the socket called `name`, ``"shell"`` or ``"control"``."""
        self.torn = True
        self._channels[name].send(parts, until)
        self.torn = False

    def look(self, until: float, take: Take) -> list[tuple[str, bytes]]:
        """Read once what is there, or wait for something until a time.

        Returns
        -------
        list of (str, bytes)
            What came on the shell socket: the id that it answers, and the content.
        """
        replies: list[tuple[str, bytes]] = []
        wait = max(0.0, min(1.0, until - time.monotonic()))
        ready = select.select(self._channels.values(), [], [], wait)[0]
        self.torn = bool(ready)
        for channel in ready:
            for parts in channel.receive():
                try:
                    kind, parent, content = messages.parse(parts)
                except WireError:
                    self.stray()
                    continue
                if channel is self._channels["iopub"]:
                    take(kind, parent, content)
                elif channel is self._channels["shell"]:
                    replies.append((parent, content))
        self.torn = False
        return replies

    def stray(self) -> None:
        """Count a message that cannot be used."""
        self._stray += 1
        if self._stray > STRAY:
            raise BrokenChannel("The kernel sends what no kernel sends.")
