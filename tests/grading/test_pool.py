"""Processes that are killed, whenever that is: nothing is lost, and all end."""

import os
import signal
import subprocess
import sys

import pytest

from cs5045ae.grading.classroom.pool import Lost, processes, run_all

ROUNDS = 15
STRUCK_AT_BIRTH = f"""
import threading, time
import psutil
from cs5045ae.grading.classroom.pool import processes, run_all

def strike():
    while True:
        for child in psutil.Process().children():
            if "spawn_main" in " ".join(child.cmdline()):
                return child.kill()
        time.sleep(0.001)

if __name__ == "__main__":
    for _ in range({ROUNDS}):
        striker = threading.Thread(target=strike, daemon=True)
        striker.start()
        print(sorted(run_all(processes(2), lambda who: (str.upper, who), "ab")))
        striker.join()
"""

INTERRUPTED = """
import os, signal, threading, time
from cs5045ae.grading.classroom.pool import processes, run_all

def strike():
    time.sleep(3)
    os.kill(os.getpid(), signal.SIGINT)

if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    threading.Thread(target=strike, daemon=True).start()
    list(run_all(processes(2), lambda who: (time.sleep, 900), "abc"))
"""


def fall(who):
    """End this process as `kill -9` would, for one of the class."""
    if who == "fatal":
        os.kill(os.getpid(), signal.SIGKILL)
    if who == "wrong":
        raise ValueError(who)
    return who


def run(folder, text):
    """Run a program of its own, which has to end."""
    script = folder / "program.py"
    script.write_text(text)
    return subprocess.run(
        [sys.executable, script], capture_output=True, text=True, timeout=120
    )


def test_a_process_killed_while_the_next_is_started_holds_nothing_up(tmp_path):
    done = run(tmp_path, STRUCK_AT_BIRTH)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["[('a', 'A'), ('b', 'B')]"] * ROUNDS


def test_ctrl_c_waits_for_nobody(tmp_path):
    done = run(tmp_path, INTERRUPTED)
    assert done.returncode != 0
    assert done.stderr.rstrip().endswith("KeyboardInterrupt")


@pytest.mark.parametrize("jobs", [1, 3])
def test_who_kills_each_process_costs_nobody_else(jobs):
    students = ["one", "fatal", "two", "wrong", "three", "four"]
    found = dict(run_all(processes(jobs), lambda who: (fall, who), students))
    assert isinstance(found.pop("fatal"), Lost)
    assert isinstance(found.pop("wrong"), ValueError)
    assert found == {who: who for who in ("one", "two", "three", "four")}
