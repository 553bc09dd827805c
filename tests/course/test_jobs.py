"""Several jobs at once: one that fails, or takes its process with it, costs itself."""

import os
import signal
import subprocess
import sys
import time

from cs5045ae.course.jobs import Done, Job, run_jobs
from tests.conftest import ROOT


def double(x):
    print("a word for the log")
    return 2 * x


def fail(x):
    raise ValueError(f"{x} is not right\nand more")


def die(x):
    os._exit(x)


def told(done: Done) -> str:
    return done.error or "fine"


def test_results_come_in_order_and_what_fails_costs_itself_only(tmp_path, capfd):
    work = [
        Job("dies", die, (3,)),
        Job("fails", fail, (4,)),
        *(Job(f"doubles {n}", double, (n,)) for n in range(4)),
    ]
    done = run_jobs(work, 2, tmp_path / "logs" / "log", told)
    assert [d.job.title for d in done] == [job.title for job in work]
    assert [d.value for d in done[2:]] == [0, 2, 4, 6]
    assert done[0].error.startswith("its process died")
    assert done[1].error == "ValueError: 4 is not right"
    shown = capfd.readouterr().out
    assert "fails: ValueError: 4 is not right, " in shown
    assert "a word" not in shown
    assert (tmp_path / "logs" / "log").read_text().count("a word for the log") == 4


def test_an_interrupt_ends_the_workers_too(tmp_path):
    code = (
        "import signal, time\n"
        "from pathlib import Path\n"
        "from cs5045ae.course.jobs import Job, run_jobs\n"
        "if __name__ == '__main__':\n"
        # A shell in the background starts its programs deaf to interrupts.
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    job = Job('sleeps', time.sleep, (600,))\n"
        "    print('ready', flush=True)\n"
        f"    run_jobs([job], 1, Path({str(tmp_path / 'log')!r}), str)\n"
    )
    script = tmp_path / "sleeps.py"
    script.write_text(code)
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(3)
        process.send_signal(signal.SIGINT)
        try:
            assert process.wait(timeout=60) != 0
        finally:
            process.kill()
