"""The reader of a kernel's sockets, against the library that kernels use."""

import contextlib
import os
import select
import socket
import threading
import time

import pytest
import zmq

from cs5045ae.grading.wire.errors import BrokenChannel
from cs5045ae.grading.wire.frames import Channel


@pytest.fixture
def folder(tmp_path):
    descriptor = os.open(tmp_path, os.O_PATH | os.O_DIRECTORY)
    yield tmp_path, descriptor
    os.close(descriptor)


@pytest.fixture
def bound(folder):
    """Give a socket of the library, and a function that connects to it."""
    context = zmq.Context()
    made = []

    def bind(kind, name="k-1"):
        made.append(context.socket(kind))
        made[-1].bind(f"ipc://{folder[0]}/{name}")
        return made[-1]

    yield bind
    for end in made:
        end.close(linger=0)
    context.term()


def open_channel(folder, kind, most=1 << 20):
    return Channel(folder[1], "k-1", kind, most, time.monotonic() + 5)


def read(channel, count):
    got = []
    until = time.monotonic() + 5
    while len(got) < count and time.monotonic() < until:
        if select.select([channel], [], [], 0.2)[0]:
            got += channel.receive()
    return got


MESSAGES = [
    [b"one"],
    [b"", b"two", b""],
    [b"x" * 255, b"y" * 256],
    [bytes(range(256)) * 2000],
]


def test_requests_and_replies_arrive_as_they_were_sent(folder, bound):
    router = bound(zmq.ROUTER)
    channel = open_channel(folder, "DEALER")
    for parts in MESSAGES:
        channel.send(parts, time.monotonic() + 5)
        name, *got = router.recv_multipart()
        assert got == parts
        router.send_multipart([name, *parts])
    assert read(channel, len(MESSAGES)) == MESSAGES
    channel.close()


def test_a_listener_hears_what_is_published(folder, bound):
    publisher = bound(zmq.XPUB)
    channel = open_channel(folder, "SUB")
    assert publisher.recv() == b"\x01"
    for parts in MESSAGES:
        publisher.send_multipart(parts)
    assert read(channel, len(MESSAGES)) == MESSAGES
    channel.close()


def test_a_message_beyond_the_limit_is_refused_before_it_is_read(folder, bound):
    router = bound(zmq.ROUTER)
    channel = open_channel(folder, "DEALER", most=1000)
    channel.send([b"hello"], time.monotonic() + 5)
    name, _ = router.recv_multipart()
    router.send_multipart([name, b"x" * 400, b"y" * 400, b"z" * 400])
    with pytest.raises(BrokenChannel, match="exceeds 1,000 bytes"):
        read(channel, 1)
    channel.close()


def test_a_message_of_many_parts_is_refused(folder, bound):
    router = bound(zmq.ROUTER)
    channel = open_channel(folder, "DEALER")
    channel.send([b"hello"], time.monotonic() + 5)
    name, _ = router.recv_multipart()
    router.send_multipart([name, *[b""] * 1000])
    with pytest.raises(BrokenChannel, match="too many parts"):
        read(channel, 1)
    channel.close()


GREETING = b"\xff" + bytes(8) + b"\x7f\x03\x01" + b"NULL".ljust(52, b"\0")
READY = b"\x04\x06\x05READY"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "is silent"),
        (b"HTTP/1.1 200 OK\r\n" * 10, "is silent"),
        (GREETING[:40], "is silent"),
        (GREETING + b"\x00\x05hello", "is silent"),
        (GREETING + READY + b"\x02" + b"\xff" * 8, "exceeds"),
        (GREETING + READY + b"\x02" + b"\x7f" * 8, "exceeds"),
        (GREETING + READY + b"\x01\x00" * 100, "too many parts"),
        (GREETING + READY + b"\x00", "closed"),
    ],
)
def test_bytes_of_another_protocol_end_as_a_broken_channel(folder, sent, told):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder[0] / "k-1"))
        listener.listen()

        def serve():
            end, _ = listener.accept()
            # The reader hangs up once it has seen enough, maybe while this side sends.
            with end, contextlib.suppress(ConnectionError):
                end.sendall(sent)
                end.shutdown(socket.SHUT_WR)
                while end.recv(1000):
                    pass

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(BrokenChannel, match=told):
            talk(folder)
        thread.join()


def talk(folder):
    with contextlib.closing(open_channel(folder, "DEALER", most=1000)) as channel:
        for _ in range(3):
            channel.receive()


def test_a_socket_that_is_not_there_is_silent(folder):
    with pytest.raises(BrokenChannel, match="is silent"):
        open_channel(folder, "DEALER")
