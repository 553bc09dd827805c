"""Grading past one machine: a Dask cluster judges, a PostgreSQL holds the gradebook."""

import csv
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest
from distributed import Client, LocalCluster
from nbgrader.api import Gradebook

from tests.grading.attack_class import (
    TOPIC,
    Exercise,
    command,
    graded_rows,
    hand_in,
    make_course,
    verdict_of,
)

pytestmark = pytest.mark.slow
WRONG = "def center(x):\n    return x, x.mean(axis=0)"
CLASS = {f"s{n}": {"center": WRONG} if n % 2 else {} for n in range(4)}
POINTS = {name: 2.0 if answers else 4.0 for name, answers in CLASS.items()}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A class that was collected."""
    root = make_course(tmp_path_factory.mktemp("cluster") / "course")
    exercise = Exercise(root)
    for student, answers in CLASS.items():
        hand_in(root / "class" / student, exercise.worked(**answers))
    done = command(root, "collect", "class", TOPIC)
    assert done.returncode == 0, done.stderr
    return root


def copy_of(course, folder):
    return Path(shutil.copytree(course, folder / "course"))


def points(course):
    rows = graded_rows(course)
    assert {row["status"] for row in rows.values()} == {"graded"}
    assert {row["sandboxed"] for row in rows.values()} == {"yes"}
    return {name: float(row["points"]) for name, row in rows.items()}


def scores(url):
    with Gradebook(url) as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(TOPIC)}


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture(scope="module")
def postgres():
    """The address of a database on a server of its own, run by an ordinary user."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not versions:
        if os.environ.get("CI"):
            pytest.fail("this test needs PostgreSQL: apt install postgresql")
        pytest.skip("no PostgreSQL here")
    who = {"user": "nobody", "group": pwd.getpwnam("nobody").pw_gid}
    who = who if os.geteuid() == 0 else {}  # it refuses to run as root
    folder, port = Path(tempfile.mkdtemp(prefix="cs5045ae-postgres-")), free_port()
    (folder / "password").write_text("a secret")
    if who:
        for path in (folder, folder / "password"):
            shutil.chown(path, "nobody", who["group"])
    made = subprocess.run(
        [
            *(versions[-1] / "initdb", "-D", folder / "data", "-U", "teacher"),
            *("--no-sync", "-A", "scram-sha-256", "--pwfile", folder / "password"),
        ],
        **who,
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    log = (folder / "log").open("w")
    server = subprocess.Popen(
        [
            *(versions[-1] / "postgres", "-D", folder / "data", "-k", folder),
            *("-h", "127.0.0.1", "-p", str(port), "-c", "fsync=off"),
        ],
        **who,
        cwd=folder,
        stdout=log,
        stderr=log,
    )
    address = f"postgresql://teacher:a%20secret@127.0.0.1:{port}"
    try:
        until = time.monotonic() + 60
        while True:
            try:
                with psycopg.connect(f"{address}/postgres", autocommit=True) as made:
                    made.execute("CREATE DATABASE grades")
                break
            except psycopg.OperationalError:
                assert time.monotonic() < until, (folder / "log").read_text()
                time.sleep(0.2)
        yield f"{address}/grades"
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()
        shutil.rmtree(folder)


def test_the_gradebook_may_lie_in_postgresql(course, postgres, tmp_path):
    root = copy_of(course, tmp_path)
    done = command(root, "grade", TOPIC, "--db", postgres)
    assert done.returncode == 0, done.stderr
    assert points(root) == POINTS
    url = postgres.replace("postgresql", "postgresql+psycopg")
    assert scores(url) == POINTS
    assert not (root / "gradebook.db").exists()
    with Gradebook(url) as gradebook:
        grade = gradebook.find_grade("two-autoencoders", TOPIC, TOPIC, "s0")
        grade.manual_score, grade.needs_manual_grade = 7.0, False
        gradebook.db.commit()
    again = command(root, "grade", TOPIC, "--db", postgres)
    assert again.returncode == 0, again.stderr
    assert "Nothing is left to judge." in again.stdout
    exported = command(root, "export", TOPIC, CS5045AE_DB=postgres)
    assert exported.returncode == 0, exported.stderr
    with (root / "grades" / f"{TOPIC}.csv").open(encoding="utf-8-sig") as stream:
        exported_points = {
            row["student"]: row["points"] for row in csv.DictReader(stream)
        }
    assert exported_points == {"s0": "11", "s1": "2", "s2": "4", "s3": "2"}
    for text in (done.stdout, done.stderr, again.stdout, exported.stdout):
        assert "secret" not in text


@pytest.fixture(scope="module")
def cluster():
    """A scheduler and two workers, each a process with one thread."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


def test_a_cluster_judges_and_the_gradebook_is_filled_here(course, cluster, tmp_path):
    root = copy_of(course, tmp_path)
    done = command(root, "grade", TOPIC, "--scheduler", cluster.scheduler_address)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert points(root) == POINTS
    assert scores(f"sqlite:///{root}/gradebook.db") == POINTS
    assert {verdict_of(root, name)["points"] for name in CLASS} == {2, 4}
    with Client(cluster) as client:
        courts = client.run(_courts)
    assert sorted(courts.values()) == [1, 1]  # both have judged


def _courts():
    from cs5045ae.grading.judge import caller

    return len(caller._warm)


@pytest.mark.parametrize(
    ("option", "address", "sentence"),
    [
        ("--scheduler", "tcp://127.0.0.1:{port}", "No Dask scheduler at tcp://127.0"),
        ("--scheduler", "nonsense://here", "No Dask scheduler at nonsense://here"),
        ("--db", "postgresql://me:hidden@127.0.0.1:{port}/x", "No database answers at"),
        ("--db", "mysql+nodriver://me@127.0.0.1/x", "no address of a database"),
        ("--db", "nonsense", "no address of a database"),
    ],
)
def test_who_cannot_be_reached_is_named_in_a_sentence(
    course, option, address, sentence
):
    done = command(
        course, "grade", TOPIC, option, address.format(port=free_port()), "--jobs", "1"
    )
    assert done.returncode == 1, done.stdout
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "hidden" not in done.stderr
    assert not (course / "autograded").exists()


@pytest.mark.parametrize(
    ("missing", "words", "sentence"),
    [
        ("distributed", ("--scheduler", "tcp://127.0.0.1:1"), "needs Dask"),
        ("psycopg", ("--db", "postgresql://me@127.0.0.1/x"), "driver for postgresql"),
    ],
)
def test_without_the_extra_it_says_what_to_install(course, missing, words, sentence):
    hidden = course.parent / f"without {missing}" / "sitecustomize.py"
    hidden.parent.mkdir()
    hidden.write_text(
        "import sys\n"
        "class Hide:\n"
        "    def find_spec(name, path=None, target=None):\n"
        f"        if name == {missing!r}:\n"
        "            raise ModuleNotFoundError(name, name=name)\n"
        "sys.meta_path.insert(0, Hide)\n"
    )
    done = command(course, "grade", TOPIC, *words, PYTHONPATH=str(hidden.parent))
    assert done.returncode == 1, done.stdout
    assert sentence in done.stderr
    assert "pip install" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_process_that_grades_is_light():
    code = (
        "import sys, cs5045ae.grading.classroom.worker\n"
        "heavy = {'nbgrader', 'nbformat', 'jsonschema', 'keras', 'sqlalchemy'}\n"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
