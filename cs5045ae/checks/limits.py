"""How long a check may take: one table, the same wherever a check runs."""

import contextlib
import signal
import threading
from collections.abc import Iterator

__all__ = ["LIMITS", "SECONDS", "TooSlow", "time_limit"]

SECONDS = 10.0
"""Seconds for a check that has no line of its own below.

A check takes well under five; the rest is for a machine that is busy with a class.
"""

LIMITS = {
    "check_train_autoencoder": 60.0,
    "check_train_cae": 60.0,
    "check_train_cae_lam": 90.0,
    "check_train_conv_autoencoder": 90.0,
    "check_train_denoiser": 60.0,
    "check_train_next_layer": 60.0,
    "check_train_sparse": 60.0,
    "check_train_sparse_rho": 60.0,
    "check_train_vae": 60.0,
    "check_train_vae_beta": 60.0,
}
"""Seconds for the checks that train a network."""


class TooSlow(BaseException):
    """The time is up; no ``except Exception`` of the code under test stops it."""


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` in the block when it runs longer than `seconds`.

    Works in the main thread of a POSIX system, which is where notebook cells run;
    elsewhere the block runs without a limit.
    """
    usable = hasattr(signal, "SIGALRM") and (
        threading.current_thread() is threading.main_thread()
    )
    if not usable:
        yield
        return

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    # Again every second: a bare `except:` in a loop may swallow the first one.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
