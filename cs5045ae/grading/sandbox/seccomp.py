"""A filter of system calls that no exercise needs.

They reach memory that belongs to no process, so that neither the address space nor
the watchdog counts it, or parts of the system that had many holes. A call gives
``EPERM``, as if forbidden by rights. This narrows the way to the system's own faults;
it does not close it.
"""

import platform
import struct

__all__ = ["DENIED", "program"]

DENIED = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "io_uring_setup": (425, 425),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mq_open": (240, 180),
    "msgget": (68, 186),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "request_key": (249, 218),
    "semget": (64, 190),
    "setns": (308, 268),
    "shmget": (29, 194),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
    "vmsplice": (278, 75),
}
"""Numbers by call: on x86-64, and on 64-bit ARM."""

_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | 1  # 1 is EPERM
_X32 = 0x40000000  # the numbers of a second table of calls on x86-64


def program() -> bytes | None:
    """Return the filter in the form that bubblewrap reads, or None on other machines.

    A process that speaks another machine's calls (32-bit code on a 64-bit system) is
    ended, since the numbers would mean something else.
    """
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return None
    machine, column = known
    numbers = sorted(pair[column] for pair in DENIED.values())
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, machine), (_RETURN, 0, 0, _KILL)]
    lines += [(_LOAD, 0, 0, 0), (_AT_LEAST, len(numbers) + 1, 0, _X32)]
    for at, number in enumerate(numbers):
        lines.append((_EQUAL, len(numbers) - at, 0, number))
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)
