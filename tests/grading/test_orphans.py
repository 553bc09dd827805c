"""Processes whose parent was killed are found by who adopts them, and ended."""

import subprocess
import sys

CODE = """
import subprocess
from cs5045ae.grading.sandbox import orphans

if {adopts}:
    orphans.adopt_orphans()
kept = subprocess.Popen(["sleep", "60"])
with subprocess.Popen(
    ["sh", "-c", "sleep 61 & echo $!; exec sleep 62"], stdout=subprocess.PIPE
) as outer:
    inner = int(outer.stdout.readline())
    orphans.end_children(but=[kept.pid])
try:
    with open(f"/proc/{{inner}}/stat") as stream:
        print("inner", stream.read().split()[2])
except OSError:
    print("inner gone")
print("kept", kept.poll())
kept.kill()
try:
    import os
    os.kill(inner, 9)
except OSError:
    pass
"""


def said(adopts):
    done = subprocess.run(
        [sys.executable, "-c", CODE.format(adopts=adopts)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_grandchild_ends_with_its_parent_and_who_is_named_goes_on():
    assert said(True) == ["inner gone", "kept None"]


def test_without_adoption_it_would_go_on():
    assert said(False) == ["inner S", "kept None"]
