"""Keep a pool of processes at work, whatever becomes of one of them.

A process that is killed breaks a `ProcessPoolExecutor`, and with it all that it was
given. Then a new pool is made, and those it was busy with run again one at a time: who
breaks it alone is set aside.
"""

import contextlib
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from multiprocessing import get_context
from typing import Any

from cs5045ae.course.place import CourseError
from cs5045ae.grading.classroom.worker import end_with_parent

__all__ = ["Lost", "cluster", "processes", "run_all"]

TRIES = 3
LOST = ("KilledWorker", "FutureCancelledError")
"""Dask's names for what a broken pool is."""


class Lost(Exception):
    """The process that worked on it ended, again and again."""


def processes(jobs: int) -> Callable[[], Executor]:
    """Return what makes a pool of processes on this machine.

    They are spawned, not forked: a fork would copy the state of whoever calls.
    """
    return lambda: ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=end_with_parent
    )


def cluster(scheduler: str) -> tuple[Callable[[], Executor], int]:
    """Return what makes a pool of a Dask cluster, and how many work in it.

    Parameters
    ----------
    scheduler : str
        Its address. Every worker sees the course's folder under the same path, and
        runs one thread a process: ``dask worker --nthreads 1``.

    Raises
    ------
    CourseError
        If Dask is not installed, or nobody answers.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CourseError(
            "--scheduler needs Dask: pip install distributed, here and there."
        ) from None
    try:
        client = Client(scheduler, timeout="10s")
        width = sum(client.nthreads().values())
    except (OSError, ValueError) as error:
        raise CourseError(f"No Dask scheduler at {scheduler}: {error}") from None
    if not width:
        raise CourseError(f"The Dask scheduler at {scheduler} has no worker.")
    return client.get_executor, width


def run_all(
    make: Callable[[], Executor],
    jobs: int,
    task: Callable[[str], tuple[Any, ...]],
    students: Sequence[str],
) -> Iterator[tuple[str, Any]]:
    """Run a task for each student and yield what comes back as it comes.

    Parameters
    ----------
    make : callable
        Makes an executor.
    jobs : int
        How many it runs at once; as many again wait in it.
    task : callable
        Returns for a student what to submit: a function and its arguments.
    students : sequence of str
        Each at most once.

    Yields
    ------
    student : str
        Whose task ended.
    result : object
        What it returned, or the exception that it raised; `Lost` if its process was
        lost again and again.
    """
    waiting, alone, tries = deque(students), deque[str](), Counter[str]()
    running: dict[Future[Any], str] = {}
    executor = make()
    try:
        while waiting or alone or running:
            broken = False
            try:
                if alone and not running:
                    future = executor.submit(*task(alone[0]))
                    running[future] = alone.popleft()
                while waiting and not alone and len(running) < 2 * jobs:
                    future = executor.submit(*task(waiting[0]))
                    running[future] = waiting.popleft()
            except BrokenExecutor:
                broken = True
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                student = running.pop(future)
                result = _result(future)
                if not isinstance(result, Lost):
                    yield student, result
                    continue
                broken = True
                tries[student] += 1
                if tries[student] < TRIES:
                    alone.append(student)
                else:
                    yield student, result
            if broken and not running:
                with contextlib.suppress(Exception):
                    executor.shutdown(wait=False, cancel_futures=True)
                executor = make()
    finally:
        with contextlib.suppress(Exception):
            executor.shutdown(wait=not running, cancel_futures=True)


def _result(future: "Future[Any]") -> Any:
    try:
        return future.result()
    except (BrokenExecutor, CancelledError) as error:
        return Lost(str(error))
    except Exception as error:
        if type(error).__name__ in LOST:
            return Lost(str(error))
        return error
