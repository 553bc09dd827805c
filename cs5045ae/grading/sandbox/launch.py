"""The first lines that run inside: limits of the process, then the kernel.

Its source is read as text and given to the interpreter inside, before any line of a
student's; importing it here starts nothing.
"""


def start(connection: str, address_space: int, file_bytes: int, life: int) -> None:
    """Turn this process into a kernel that can never raise its limits again.

    `life` is the end of a pipe whose other end only our starter holds. Bubblewrap ends
    with him too, but not if he ends before it has asked the system for that.
    """
    import os
    import resource
    import sys
    import threading

    os.nice(10)
    os.closerange(3, life)
    os.closerange(life + 1, 1024)
    os.set_inheritable(life, False)
    threading.Thread(
        target=lambda: os._exit(len(os.read(life, 1))), daemon=True
    ).start()
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 1)
    os.dup2(null, 2)
    os.close(null)
    for kind, most in (
        (resource.RLIMIT_AS, address_space),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 1024),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
    ):
        resource.setrlimit(kind, (most, most))
    sys.argv = ["kernel", "-f", connection, "--HistoryManager.enabled=False"]
    from ipykernel.kernelapp import launch_new_instance

    launch_new_instance()
