"""The court's process: it hears one submission after the other.

Its caller writes a line of JSON for each and reads one back. It ends when the caller
closes its end or is gone, and every process it started ends with it.
"""

import json
import os
import queue
import sys
import threading
import time
from typing import Any

from cs5045ae.grading.judge.examination import Examiner, Fault
from cs5045ae.grading.judge.kernels import OneKernel
from cs5045ae.grading.judge.limits import Patience
from cs5045ae.grading.judge.plan import make_plan
from cs5045ae.grading.judge.session import Session
from cs5045ae.grading.sandbox.orphans import adopt_orphans, end_with_all

__all__ = ["hear", "main"]


def main() -> None:
    """Serve until the caller's end of standard input is closed."""
    adopt_orphans()
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    jobs: queue.Queue[str] = queue.Queue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    examiners: dict[bool, Examiner] = {}
    while True:
        job = json.loads(jobs.get())
        sandboxed = bool(job["sandboxed"])
        if sandboxed not in examiners:
            examiners[sandboxed] = Examiner(sandboxed)
        try:
            told = hear(job, examiners[sandboxed])
        except Fault as fault:
            told = {"fault": str(fault)}
        except Exception as error:
            told = {"fault": f"The judge stopped with {type(error).__name__}: {error}"}
        print(json.dumps(told), file=out, flush=True)


def hear(job: dict[str, Any], examiner: Examiner) -> dict[str, Any]:
    """Judge one submission.

    Parameters
    ----------
    job : dict
        ``submission`` and ``source``, notebooks as JSON; ``patience``, the fields of
        `Patience`; ``seed``, ``sandboxed`` and ``verbose``.
    examiner : Examiner
        Who runs the checks.

    Returns
    -------
    dict
        ``cells`` and ``answers`` as in `cs5045ae.grading.verdict.Verdict`,
        ``by_hand`` and ``seconds``.

    Raises
    ------
    Fault
        If it cannot be judged, by no fault of the student's.
    """
    began = time.monotonic()
    patience = Patience(**job["patience"])
    plan = make_plan(job["submission"], job["source"], patience)
    kernels = OneKernel(bool(job["sandboxed"]))
    session = Session(plan, kernels, examiner, patience)
    examiner.begin(job["seed"], patience.check, job["verbose"])
    try:
        session.judge()
    finally:
        kernels.stop()
        examiner.finish()
    return {
        "cells": session.cells,
        "answers": session.answers,
        "by_hand": plan.by_hand,
        "seconds": round(time.monotonic() - began, 3),
    }


def _listen(jobs: "queue.Queue[str]") -> None:
    """Pass on what the caller says, and end this process when he is gone."""
    for line in sys.stdin:
        jobs.put(line)
    end_with_all(0)
