"""Measure how fast a class is graded: our command against stock ``nbgrader autograde``.

python -m benchmarks.grading                          as in benchmarks/README.md
python -m benchmarks.grading --numpy 4 --keras 2 --sizes 4 8      a small try
python -m benchmarks.grading --write                  also renew benchmarks/README.md

Both grade the same submissions, one after the other on the same machine: right answers
in full, so that stock nbgrader, which has no wall, may run them. Each submission is a
little different, so nothing is graded once for all. Use a machine that does nothing
else; the ratio is what counts, not the seconds.
"""

import argparse
import csv
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
import psutil
from nbgrader.api import Gradebook

from cs5045ae.course.place import Course, find_course, prepare_environment

NUMPY, KERAS = "01_pca", "02_basic"
PAGE = Path(__file__).with_name("README.md")
BEGIN, END = "<!-- grading: made -->", "<!-- grading: end -->"
STOCK = """
c = get_config()
c.CourseDirectory.course_id = "cs5045ae"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
c.Execute.timeout = 120
"""


@dataclass(frozen=True)
class Run:
    """What a command took."""

    seconds: float
    megabytes: float


class Memory(threading.Thread):
    """The most memory that a process and all below it held at one time.

    It is the proportional set size: what several processes share counts once.
    """

    def __init__(self, process: psutil.Process, pause: float = 1.0) -> None:
        super().__init__(daemon=True)
        self.process, self.pause, self.most = process, pause, 0
        self.over = threading.Event()

    def run(self) -> None:
        """Look from time to time until it is over."""
        while not self.over.wait(self.pause):
            held = 0
            try:
                everyone = [self.process, *self.process.children(recursive=True)]
            except psutil.NoSuchProcess:
                return
            for one in everyone:
                try:
                    held += one.memory_full_info().pss
                except psutil.Error:
                    continue
            self.most = max(self.most, held)


def run(folder: Path, *words: str) -> Run:
    """Run a Python module's command in a folder, and measure it."""
    began = time.perf_counter()
    process = psutil.Popen(
        [sys.executable, "-m", *words],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    memory = Memory(process)
    memory.start()
    said, _ = process.communicate()
    seconds = time.perf_counter() - began
    memory.over.set()
    if process.returncode:
        raise SystemExit(f"{' '.join(words)} failed:\n{said[-3000:]}")
    return Run(seconds, memory.most / 2**20)


def make_class(root: Path, course: Course, topic: str, count: int) -> None:
    """Make a course folder in which a class has handed in right answers."""
    for path in (course.solution(topic), course.exercise(topic)):
        target = root / path.relative_to(course.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (root / "lectures").mkdir(exist_ok=True)
    shutil.copy(course.root / "nbgrader_config.py", root)
    for number in range(count):
        made = nbformat.read(course.solution(topic), as_version=4)
        for cell in made.cells:
            if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get(
                "locked"
            ):
                cell.source += f"\n# number {number}"
        folder = root / "class" / f"student-{number:03}"
        folder.mkdir(parents=True)
        nbformat.write(made, folder / f"{topic}.ipynb")
    run(root, "cs5045ae", "collect", "class", topic)


def points_of_ours(root: Path, topic: str) -> dict[str, float]:
    path = root / "grades" / f"{topic}-graded.csv"
    with path.open(newline="", encoding="utf-8-sig") as stream:
        return {row["student"]: float(row["points"]) for row in csv.DictReader(stream)}


def points_of_stock(root: Path, topic: str) -> dict[str, float]:
    with Gradebook(f"sqlite:///{root}/gradebook.db", "cs5045ae") as gradebook:
        found = gradebook.assignment_submissions(topic)
        return {one.student.id: one.score for one in found}


def against_stock(scratch: Path, topic: str, count: int, jobs: int) -> tuple[Run, Run]:
    """Grade the same class by our command and by stock nbgrader."""
    ours, stock = scratch / f"ours-{topic}", scratch / f"stock-{topic}"
    make_class(ours, find_course(), topic, count)
    for name in ("submitted", "solutions"):
        shutil.copytree(ours / name, stock / name)
    (stock / "nbgrader_config.py").write_text(STOCK, encoding="utf-8")
    run(stock, "nbgrader", "generate_assignment", topic)
    # The order of the two changes nothing: no process of one serves the other.
    by_us = run(ours, "cs5045ae", "grade", topic, "--jobs", str(jobs))
    by_stock = run(stock, "nbgrader", "autograde", topic)
    mine, theirs = points_of_ours(ours, topic), points_of_stock(stock, topic)
    if mine != theirs:
        raise SystemExit(f"{topic}: {mine} points are not stock nbgrader's {theirs}.")
    return by_us, by_stock


def ratio_table(scratch: Path, counts: dict[str, int], jobs: int) -> list[str]:
    said = [
        f"| submissions | ours, {jobs} jobs, walled | stock nbgrader | ratio |",
        "| --- | --- | --- | --- |",
    ]
    mine, theirs = 0.0, 0.0
    for topic, count in counts.items():
        if not count:
            continue
        by_us, by_stock = against_stock(scratch, topic, count, jobs)
        mine, theirs = mine + by_us.seconds, theirs + by_stock.seconds
        said.append(_row(f"{count} of {topic}", by_us.seconds, by_stock.seconds))
        print(said[-1], flush=True)
    said.append(_row("all", mine, theirs))
    return said


def _row(name: str, mine: float, theirs: float) -> str:
    return f"| {name} | {mine:.0f} s | {theirs:.0f} s | {theirs / mine:.2f} |"


def growth_table(scratch: Path, sizes: list[int], jobs: int) -> list[str]:
    said = [
        f"| submissions of {NUMPY} | seconds a submission | most memory, MB |",
        "| --- | --- | --- |",
    ]
    for size in sizes:
        root = scratch / f"growth-{size}"
        make_class(root, find_course(), NUMPY, size)
        took = run(root, "cs5045ae", "grade", NUMPY, "--jobs", str(jobs))
        each = took.seconds / size
        said.append(f"| {size} | {each:.2f} | {took.megabytes:.0f} |")
        print(said[-1], flush=True)
        shutil.rmtree(root)
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--numpy", type=int, default=40, help=f"submissions of {NUMPY}")
    parser.add_argument("--keras", type=int, default=40, help=f"submissions of {KERAS}")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10, 30, 100, 300])
    parser.add_argument("--write", action="store_true", help=f"renew {PAGE.name}")
    chosen = parser.parse_args()
    prepare_environment()
    counts = {NUMPY: chosen.numpy, KERAS: chosen.keras}
    load = os.getloadavg()[0]
    head = (
        f"Python {platform.python_version()}, {os.cpu_count()} cores; load before the "
        f"run {load:.1f}."
    )
    with tempfile.TemporaryDirectory(prefix="cs5045ae-benchmark-") as name:
        scratch = Path(name)
        ratios = ratio_table(
            scratch, {t: n for t, n in counts.items() if n}, chosen.jobs
        )
        growth = growth_table(scratch, chosen.sizes, chosen.jobs)
    table = "\n".join([head, "", *ratios, "", *growth])
    print(f"\n{table}")
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        before, after = page.split(BEGIN)[0], page.split(END)[1]
        PAGE.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
