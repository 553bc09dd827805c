"""What a student's kernel may use up, and what is said when it uses more."""

from dataclasses import dataclass

__all__ = ["KernelLost", "Limits"]

MB = 1 << 20


@dataclass(frozen=True)
class Limits:
    """Limits of one sandboxed kernel.

    Parameters
    ----------
    address_space : int
        Bytes of address space a process (``RLIMIT_AS``). TensorFlow alone takes 3.0 GB
        of it; beyond the limit Python raises MemoryError.
    memory : int
        Bytes in use by all processes together; beyond it the kernel is ended.
    disk : int
        Bytes in each writable folder (the working folder, ``/tmp``, ``/dev/shm``).
    files : int
        Files in each of them; beyond it the kernel is ended.
    tasks : int
        Processes and threads together; beyond it starting one fails, or, where the
        system gives no control group, the kernel is ended.
    start_seconds : float
        How long the kernel may take to become ready.
    grace_seconds : float
        How long it may take to obey an interrupt.
    output_bytes, output_messages : int
        What is kept of one run's output; the rest is counted and dropped.
    answer_bytes : int
        Bytes of one reply. Twenty million weights take 107 MB.
    """

    address_space: int = 4096 * MB
    memory: int = 3072 * MB
    disk: int = 256 * MB
    files: int = 20_000
    tasks: int = 256
    start_seconds: float = 60.0
    grace_seconds: float = 2.0
    output_bytes: int = 8 * MB
    output_messages: int = 2_000
    answer_bytes: int = 128 * MB


class KernelLost(BaseException):
    """The student's kernel is gone; whoever called must start a new one.

    Not an `Exception`, so that a check that words what the student's function raised
    does not mistake it for one.

    Parameters
    ----------
    why : str
        One of ``"time"``, ``"memory"``, ``"files"``, ``"tasks"``,
        ``"ended"`` (it ended its own process), ``"answer"`` (it sent what no kernel
        sends), ``"start"`` (it never became ready) and ``"host"`` (the machine is short
        of memory); the last two are no fault of the student's.
    told : str, optional
        A sentence for the student, where the usual one is not enough.
    """

    def __init__(self, why: str, told: str = "") -> None:
        self.why, self.told = why, told or TOLD[why]
        super().__init__(self.told)


TOLD = {
    "time": "Your code did not stop when its time was over, and did not obey an "
    "interrupt.",
    "ended": "The Python process ended in your code: by exit, by os._exit, or by a "
    "crash in a library.",
    "answer": "Your code sent messages that no kernel sends, and was stopped.",
    "start": "The kernel did not become ready.",
    "host": "The grading machine ran out of memory.",
}
