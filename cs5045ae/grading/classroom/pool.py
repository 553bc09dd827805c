"""Keep processes at work, whatever becomes of one of them.

Each is a pool of its own, for a process that is killed takes its whole pool with it. So
only the submission that it was busy with is lost, and is tried again in a new one.
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
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from typing import Any

from cs5045ae.course.place import CourseError
from cs5045ae.grading.classroom.worker import end_with_parent

__all__ = ["Lost", "Workers", "cluster", "processes", "run_all"]

TRIES = 3
LOST = ("KilledWorker", "FutureCancelledError")
"""Dask's names for what a broken pool is."""


class Lost(Exception):
    """The process that worked on it ended, again and again."""


@dataclass(frozen=True)
class Workers:
    """Who works.

    Parameters
    ----------
    make : callable
        Makes a pool.
    pools : int
        How many there are.
    each : int
        How many tasks each is given at a time.
    """

    make: Callable[[], Executor]
    pools: int
    each: int


def processes(jobs: int) -> Workers:
    """Return processes of this machine.

    They are spawned, not forked: a fork would copy the state of whoever calls.
    """

    def make() -> Executor:
        return ProcessPoolExecutor(
            1, mp_context=get_context("spawn"), initializer=end_with_parent
        )

    return Workers(make, jobs, 1)


def cluster(scheduler: str) -> Workers:
    """Return those of a Dask cluster, with as many tasks waiting as are at work.

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
    return Workers(client.get_executor, 1, 2 * width)


def run_all(
    workers: Workers, task: Callable[[str], tuple[Any, ...]], students: Sequence[str]
) -> Iterator[tuple[str, Any]]:
    """Run a task for each student and yield what comes back as it comes.

    Parameters
    ----------
    workers : Workers
        Who runs them.
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
    waiting, tries = deque(students), Counter[str]()
    pools = [workers.make() for _ in range(workers.pools)]
    free = deque(list(range(workers.pools)) * workers.each)
    running: dict[Future[Any], tuple[str, int]] = {}
    try:
        while waiting or running:
            while waiting and free:
                student, number = waiting.popleft(), free.popleft()
                try:
                    future = pools[number].submit(*task(student))
                except BrokenExecutor:  # its process was lost
                    pools[number] = workers.make()
                    future = pools[number].submit(*task(student))
                running[future] = student, number
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                student, number = running.pop(future)
                free.append(number)
                result = _result(future)
                tries[student] += 1
                if isinstance(result, Lost) and tries[student] < TRIES:
                    waiting.append(student)
                else:
                    yield student, result
    finally:
        for pool in pools:
            with contextlib.suppress(Exception):
                pool.shutdown(wait=not running, cancel_futures=True)
        if running:  # interrupted: what is half judged is judged again another time
            for process in active_children():
                process.terminate()


def _result(future: "Future[Any]") -> Any:
    try:
        return future.result()
    except (BrokenExecutor, CancelledError) as error:
        return Lost(str(error))
    except Exception as error:
        if type(error).__name__ in LOST:
            return Lost(str(error))
        return error
