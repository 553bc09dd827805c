"""Run several jobs at once, each in its own process, and show which are running."""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

__all__ = ["Done", "Job", "run_jobs"]


@dataclass(frozen=True)
class Job:
    """A module-level function and its arguments, under a title for the reader."""

    title: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True)
class Done:
    """A job that ended: with a value, or with an error in one line."""

    job: Job
    value: Any
    error: str
    seconds: float


def run_jobs(
    jobs: Sequence[Job], at_once: int, log: Path, outcome: Callable[[Done], str]
) -> list[Done]:
    """Run the jobs, and return the result of each, in the order given.

    A job that raises does not stop the others. On a terminal a progress bar names the
    running jobs; everywhere one line is printed for each job that ends.

    Parameters
    ----------
    jobs : sequence of Job
        Their functions and arguments must be picklable.
    at_once : int
        How many may run at the same time.
    log : pathlib.Path
        File for the output of the jobs and their child processes; emptied first.
    outcome : callable
        Text to print for a job that ended.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    waiting, free = list(jobs), [_worker(log) for _ in range(at_once)]
    running: dict[Future[Any], tuple[Job, float, ProcessPoolExecutor]] = {}
    done: dict[int, Done] = {}
    bar = tqdm(total=len(jobs), unit="job", disable=None, leave=False, file=sys.stderr)
    with bar:
        try:
            while waiting or running:
                while waiting and free:
                    job, worker = waiting.pop(0), free.pop()
                    future = worker.submit(job.function, *job.arguments)
                    running[future] = job, time.perf_counter(), worker
                bar.set_description(
                    ", ".join(job.title for job, *_ in running.values())
                )
                for future in wait(running, return_when=FIRST_COMPLETED).done:
                    job, started, worker = running.pop(future)
                    if isinstance(future.exception(), BrokenProcessPool):
                        worker.shutdown()
                        worker = _worker(log)
                    free.append(worker)
                    ended = _end(job, future, time.perf_counter() - started)
                    done[id(job)] = ended
                    line = f"  {job.title}: {outcome(ended)}, {ended.seconds:.1f} s"
                    tqdm.write(line, file=sys.stdout)
                    sys.stdout.flush()
                    bar.update()
        finally:
            for _, _, worker in running.values():  # only when interrupted
                worker.shutdown(wait=False, cancel_futures=True)
            if running:
                for process in multiprocessing.active_children():
                    process.terminate()
            for worker in free:
                worker.shutdown()
    return [done[id(job)] for job in jobs]


def _worker(log: Path) -> ProcessPoolExecutor:
    """Return one process: a pool of several loses all its jobs when one dies."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        1, mp_context=spawn, initializer=_divert, initargs=(log,)
    )


def _divert(log: Path) -> None:
    """Send all output of a worker to the log, also from C++ libraries and kernels."""
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)


def _end(job: Job, future: Future[Any], seconds: float) -> Done:
    error = future.exception()
    if error is None:
        return Done(job, future.result(), "", seconds)
    if isinstance(error, BrokenProcessPool):
        return Done(
            job, None, "its process died, perhaps because memory ran out", seconds
        )
    first = (str(error).strip() or "no message").splitlines()[0]
    return Done(job, None, f"{type(error).__name__}: {first}", seconds)
