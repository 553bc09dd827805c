"""What submissions get: good, wrong, half done, broken and hostile ones."""

import contextlib
import dataclasses
import hashlib
import json
import re
import secrets
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cs5045ae
from cs5045ae.course.place import CourseError
from cs5045ae.grading.judge import caller, judge_submission
from cs5045ae.grading.verdict import (
    EMPTY,
    GRADED,
    IN_PART,
    NOT_GRADED,
    UNREADABLE,
    read_verdict,
    verdict_folder,
)
from tests.grading.intake_course import _marks, cell
from tests.grading.judge_course import (
    ANSWERS,
    FULL,
    NAME,
    PATIENCE,
    STUBS,
    TOPIC,
    hand_in,
    judged,
    make_course,
    notebook,
    outputs,
    own,
    points,
    shown,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return make_course(tmp_path_factory.mktemp("course"))


def without(*names):
    """Return full points but for some test cells."""
    return {name: 0 if name in names else most for name, most in FULL.items()}


def test_a_right_submission_gets_all_points(course):
    verdict = judged(course, "perfect", words="Because.")
    assert points(verdict) == FULL
    assert (verdict.status, verdict.reason) == (GRADED, "")
    assert (verdict.points, verdict.max_points, verdict.by_hand) == (9, 10, 2)
    assert verdict.sandboxed
    assert outputs(verdict, "test-center").startswith("Passed: every column")
    assert read_verdict(verdict_folder(course), TOPIC, "perfect") == verdict


def test_a_wrong_answer_costs_its_own_task(course):
    source = "def center(x):\n    return x - x.mean(), x.mean()"
    verdict = judged(course, "wrong", center=source)
    assert points(verdict) == without("test-center")
    assert "Task 1 is not right yet." in outputs(verdict, "test-center")
    assert verdict.cells[0].reason
    assert "\n" not in verdict.cells[0].reason
    assert not verdict.cells[0].staff


def test_an_untouched_exercise_is_told_from_wrong_answers(course):
    verdict = judged(course, "empty", **STUBS)
    assert (verdict.status, verdict.points) == (EMPTY, 0)
    assert "center is not written yet" in outputs(verdict, "test-center")


def test_a_broken_answer_is_named(course):
    verdict = judged(course, "broken", double="def double(x:\n    return 2 * x")
    assert points(verdict) == without("test-double", "test-parts")
    (cell,) = [c for c in verdict.cells if c.grade_id == "test-double"]
    assert cell.reason.startswith("SyntaxError in the answer: ")
    assert "`double` is not defined" in cell.reason
    assert "write it in the marked cell" in outputs(verdict, "test-double")


def test_what_cannot_be_read_is_no_silent_nought(course):
    verdict = judged(course, "unreadable", made=b"hello")
    assert (verdict.status, verdict.points) == (UNREADABLE, None)
    assert "not JSON" in verdict.reason


def test_points_of_the_test_cells_own(course):
    verdict = judged(course, "half", double="def double(x):\n    return 2")
    assert points(verdict) == FULL | {"test-double": 0, "test-parts": 1.5}
    assert "AssertionError: two and two" in outputs(verdict, "test-double")
    (cell,) = [c for c in verdict.cells if c.grade_id == "test-parts"]
    assert cell.outputs[-1]["data"] == {"text/plain": "1.5"}


LIES = {
    "prints": "print('4.0')\nfrom IPython.display import display\n4.0",
    "names": "def check_center(*made): pass\nimport builtins, sys\n"
    "builtins.abs = lambda x: 0\nsys.modules['cs5045ae.checks.pca'] = None",
    "numpy": "np.allclose = np.array_equal = lambda *a, **k: True\n"
    "np.testing.assert_allclose = lambda *a, **k: None\nnp.abs = lambda x: x * 0",
    "events": "shell = get_ipython()\n"
    "shell.events.register('pre_run_cell', lambda info: print('4.0'))\n"
    "shell.input_transformers_cleanup.append(lambda lines: ['pass'])\n"
    "shell.display_formatter.format = lambda *a, **k: ({'text/plain': '4.0'}, {})",
    "agent": "import cs5045ae.grading.wire.agent as agent\n"
    "agent.answer = lambda *a: agent.Reply("
    "{'status': 'value', 'value': {'opaque': 'bool'}})",
    "replies": "shell = get_ipython()\nsession = shell.kernel.session\n"
    "send = session.send\n"
    "def forge(stream, kind, content=None, **more):\n"
    "    if isinstance(content, dict) and 'status' in content:\n"
    "        content = {'status': 'ok', 'user_expressions': {'answer': {'data': {"
    '\'application/x-cs5045ae\': \'{"status": "value", "value": true}\'}}}}\n'
    "    return send(stream, kind, content, **more)\nsession.send = forge",
}
EQUAL = (
    "class Equal(np.ndarray):\n"
    "    __eq__ = __le__ = __ge__ = lambda self, other: True\n"
    "    __sub__ = __rsub__ = lambda self, other: np.zeros(self.shape)\n"
    "    __hash__ = None\n"
    "def center(x):\n    return x.view(Equal), x[0].view(Equal)"
)


@pytest.mark.parametrize("lie", LIES)
def test_lies_in_the_students_kernel_earn_nothing(course, lie):
    verdict = judged(
        course, f"liar-{lie}", LIES[lie], center="def center(x):\n    return x, x[0]"
    )
    assert points(verdict)["test-center"] == 0
    assert verdict.status == GRADED


def test_an_object_that_equals_everything_is_plain_data_here(course):
    verdict = judged(course, "equal", center=EQUAL)
    assert points(verdict) == without("test-center")


def test_edited_tests_and_marks_count_for_nothing(course):
    made = notebook({**STUBS, "size": "size = 3"})
    for item in made["cells"]:
        marks = item["metadata"].get("nbgrader", {})
        if marks.get("grade") and item["cell_type"] == "code":
            item["source"] = "pass"
            marks["points"] = 200
            item["outputs"] = [
                {
                    "output_type": "execute_result",
                    "execution_count": 1,
                    "metadata": {},
                    "data": {"text/plain": "200.0"},
                }
            ]
    verdict = judged(course, "editor", made=made)
    assert points(verdict) == without(*FULL) | {"test-size": 1}


ENDS = {
    "exit": "import os\ndef center(x):\n    os._exit(0)",
    "system": "import sys\ndef center(x):\n    sys.exit(0)",
    "loop": "def center(x):\n    while True:\n        pass",
    "stubborn": "def center(x):\n    while True:\n        try:\n"
    "            while True:\n                pass\n        except BaseException:\n"
    "            pass",
    "memory": "def center(x):\n    return np.ones(1 << 31), x",
    "stop": "import os, signal\ndef center(x):\n"
    "    os.kill(os.getpid(), signal.SIGSTOP)",
    "deep": "def center(x):\n    made = []\n    for _ in range(100_000):\n"
    "        made = [made]\n    return made, made",
    "large": "def center(x):\n    return np.zeros(40_000_000), x",
}


@pytest.mark.parametrize("end", ENDS)
def test_what_ends_or_never_ends_costs_its_own_task(course, end):
    verdict = judged(course, f"ends-{end}", center=ENDS[end])
    assert points(verdict) == without("test-center")
    assert verdict.status == GRADED
    assert verdict.cells[0].reason
    assert verdict.seconds < 60


def test_a_task_that_ends_the_kernel_twice_is_not_called_again(tmp_path):
    tests = {f"test-{n}": "assert double(2) == 4" for n in ("double", "parts", "size")}
    course = make_course(tmp_path, tests)
    source = course / "solutions" / TOPIC / NAME
    made = json.loads(source.read_text())
    made["cells"] = [item for item in made["cells"] if item["id"] != "size"]
    source.write_text(json.dumps(made))
    verdict = judged(
        course, "twice", double="import os\ndef double(x):\n    os._exit(0)"
    )
    found = {cell.grade_id: cell.reason for cell in verdict.cells}
    assert "process ended" in found["test-double"]
    assert "process ended" in found["test-parts"]
    assert found["test-size"].startswith("Not tried: this task has ended the kernel")
    assert points(verdict)["test-needed"] == 2


def test_the_whole_submission_has_a_limit(course):
    slow = "def {}:\n    while True:\n        pass"
    names = {
        "center": "center(x)",
        "needed": "components_needed(v, s)",
        "double": "double(x)",
    }
    began = time.monotonic()
    verdict = judged(
        course,
        "slow",
        "while True:\n    pass",
        options={"patience": dataclasses.replace(PATIENCE, submission=14.0)},
        **{name: slow.format(head) for name, head in names.items()},
    )
    assert time.monotonic() - began < 60
    assert "was used up" in verdict.cells[-1].reason
    assert verdict.status == GRADED
    assert verdict.points == 0


def test_a_submission_that_a_busy_machine_held_up_is_not_graded(course):
    verdict = judged(
        course,
        "held-up",
        "import time\ntime.sleep(2)",
        options={"patience": dataclasses.replace(PATIENCE, submission=1.9)},
    )
    assert verdict.status in (NOT_GRADED, IN_PART)
    assert verdict.cells[-1].points is None
    assert "machine may be too busy" in verdict.reason


def test_much_output_is_cut(course):
    verdict = judged(
        course,
        "loud",
        "for _ in range(300_000):\n    print('x' * 50)",
        "from IPython.display import HTML, display\n"
        "display(HTML('<script>alert(1)</script>'))",
    )
    assert points(verdict) == FULL
    assert verdict.status == GRADED
    text = json.dumps([dataclasses.asdict(a) for a in verdict.answers])
    assert len(text) < 1_000_000
    assert "left out" in text
    assert "<script>" not in text


def test_the_seed_of_the_checks_is_out_of_the_students_sight(tmp_path, monkeypatch):
    tests = {"test-size": "import os\nprint(os.environ['CS5045AE_SEED'])"}
    course = make_course(tmp_path, tests)
    monkeypatch.setenv("CS5045AE_SEED", "987654")
    look = "import os\nprint(dict(os.environ))\n!cat /proc/*/environ /proc/*/cmdline"
    verdict = judged(course, "curious", look)
    assert verdict.seed == 987654
    assert outputs(verdict, "test-size").strip() == "987654"
    assert "CS5045AE_DATA" in own(verdict, "") or "LANG" in own(verdict, "")
    assert "987654" not in json.dumps([a.outputs for a in verdict.answers])


def test_staff_see_the_failed_call_and_students_do_not(course):
    source = (
        "def center(x):\n    mean = x.mean(axis=0)\n"
        "    off = 0 if np.array_equal(x, x.round()) else 0.01\n"
        "    return x - mean + off, mean"
    )
    verdict = judged(course, "verbose", center=source, options={"verbose": True})
    staff = verdict.cells[0].staff
    assert "call: center" in staff
    assert "given: float" in staff
    numbers = re.findall(r"\d\.\d{4,}", staff.partition("expected: ")[2])
    assert len(numbers) > 3
    told = shown(verdict.cells[0].outputs)
    assert not [number for number in numbers if number in told]


FAULTS = {
    "raises": "from cs5045ae.data import load_mnist\nload_mnist('nonsense')",
    "ends": "import os\nos._exit(3)",
    "value": "'four'",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_ours_is_no_nought(tmp_path, fault):
    course = make_course(tmp_path, {"test-needed": FAULTS[fault]})
    verdict = judged(course, "perfect")
    assert verdict.status == IN_PART
    assert points(verdict) == FULL | {"test-needed": None}
    assert verdict.points == 7
    assert "test-needed" in verdict.reason


ESCAPES = """
import os, socket
def tried(name, function):
    try:
        function()
        print("DONE", name)
    except OSError:
        print("held", name)
tried("write here", lambda: open({package!r} + "/x", "w"))
tried("write home", lambda: open(os.path.expanduser("~root/x"), "w"))
tried("course", lambda: os.listdir({course!r}))
tried("network", lambda: socket.create_connection(("127.0.0.1", {port}), 2))
tried("abstract", lambda: socket.socket(socket.AF_UNIX).connect({abstract!r}))
print("processes", len([name for name in os.listdir("/proc") if name.isdigit()]))
"""


@contextlib.contextmanager
def listeners():
    """Listen where a process without a wall could connect."""
    name = f"\0{secrets.token_hex(8)}"
    with socket.socket() as tcp, socket.socket(socket.AF_UNIX) as abstract:
        tcp.bind(("127.0.0.1", 0))
        abstract.bind(name)
        tcp.listen()
        abstract.listen()
        yield tcp.getsockname()[1], name


def test_the_examiner_is_behind_a_wall_himself(tmp_path):
    with listeners() as (port, abstract):
        source = ESCAPES.format(
            package=str(Path(cs5045ae.__file__).parent),
            course=str(tmp_path),
            port=port,
            abstract=abstract,
        )
        course = make_course(tmp_path, {"test-size": source})
        verdict = judged(course, "perfect")
    told = outputs(verdict, "test-size")
    assert told.count("held") == 5, told
    assert "DONE" not in told
    assert int(told.partition("processes ")[2]) <= 4


def test_a_warm_judge_remembers_nothing_of_a_submission(tmp_path):
    leave = (
        "import cs5045ae, subprocess\n"
        "print('known', hasattr(cs5045ae, 'mark'))\ncs5045ae.mark = 1\n"
        "open('/tmp/mark', 'a').close()\n"
        "subprocess.Popen(['/bin/sleep', '600'])\n"
        "import os\n"
        "print('processes', len([n for n in os.listdir('/proc') if n.isdigit()]))"
    )
    course = make_course(tmp_path, {"test-size": leave})
    first = outputs(judged(course, "first"), "test-size")
    second = outputs(judged(course, "second"), "test-size")
    assert first == second
    assert "known False" in second


def test_keras_is_imported_where_it_is_needed_and_only_there(tmp_path):
    look = "import sys\nprint('before', 'keras' in sys.modules)\n"
    use = look + "from cs5045ae.backend import keras\nprint(int(keras.ops.sum([1, 2])))"
    course = make_course(tmp_path, {"test-center": look, "test-size": use})
    first = judged(course, "first")
    assert outputs(first, "test-center") == "before False\n"
    assert outputs(first, "test-size") == "before False\n3\n"
    second = judged(course, "second")
    assert outputs(second, "test-center") == "before True\n"
    assert outputs(second, "test-size") == "before True\n3\n"
    assert second.seconds < first.seconds + 5


def test_nothing_outside_the_verdict_is_written(course):
    before = tree(course)
    hand_in(course, "hashed", "open('here', 'w').write('x')")
    collected = tree(course)
    judge_submission(course, TOPIC, "hashed", warm=True, patience=PATIENCE)
    after = tree(course)
    verdict = f"verdicts/{TOPIC}/hashed.json"
    assert {p for p in after if after[p] != collected.get(p)} == {verdict}
    assert collected.keys() - after.keys() == set()
    assert before.keys() <= collected.keys()


def tree(folder):
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_without_the_wall_on_demand_alone(course, monkeypatch):
    hand_in(course, "open", center=ENDS["loop"])
    monkeypatch.setattr(
        "cs5045ae.grading.judge.submission.available", lambda: "bubblewrap is missing."
    )
    with pytest.raises(CourseError, match="bubblewrap is missing"):
        judge_submission(course, TOPIC, "open")
    verdict = judge_submission(
        course, TOPIC, "open", sandboxed=False, patience=PATIENCE
    )
    assert not verdict.sandboxed
    assert points(verdict) == without("test-center"), verdict.reason
    hand_in(course, "open-exit", center=ENDS["exit"])
    verdict = judge_submission(
        course, TOPIC, "open-exit", sandboxed=False, patience=PATIENCE
    )
    assert points(verdict) == without("test-center"), verdict.reason


def test_only_what_was_collected_is_judged(course):
    with pytest.raises(CourseError, match="has not been collected"):
        judge_submission(course, TOPIC, "nobody")
    hand_in(course, "changed")
    path = course / "submitted" / "changed" / TOPIC / NAME
    path.write_text(path.read_text() + "\n")
    with pytest.raises(CourseError, match="was changed after it was collected"):
        judge_submission(course, TOPIC, "changed")


CALLER = """
import sys, time
from pathlib import Path
from cs5045ae.grading.judge import caller, judge_submission
print("ready", flush=True)
judge_submission(Path(sys.argv[1]), "01_small", "killed", warm=True)
"""


def test_everything_ends_with_the_caller(course):
    hand_in(course, "killed", "import time\ntime.sleep(25)")
    process = subprocess.Popen(
        [sys.executable, "-c", CALLER, str(course)], stdout=subprocess.PIPE
    )
    with process.stdout as told:
        assert told.readline() == b"ready\n"
    until = time.monotonic() + 60
    while not running(process.pid) and time.monotonic() < until:
        time.sleep(0.1)
    below = running(process.pid)
    time.sleep(3)
    below |= running(process.pid)
    assert below
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + 90
    while any(alive(pid) for pid in below) and time.monotonic() < until:
        time.sleep(0.1)
    assert [pid for pid in below if alive(pid)] == []


def running(top):
    """Return the processes below one, all the way down."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
            parents[int(path.parent.name)] = int(fields[1])
        except (OSError, ValueError):
            continue
    found, new = set(), {top}
    while new:
        new = {pid for pid, parent in parents.items() if parent in new} - found
        found |= new
    return found


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_judge_that_dies_gives_no_nought(course, monkeypatch):
    hand_in(course, "unlucky")
    monkeypatch.setattr(caller, "CODE", "import sys\nsys.exit('out of luck')")
    verdict = judge_submission(course, TOPIC, "unlucky")
    assert (verdict.status, verdict.points) == (NOT_GRADED, None)
    assert "out of luck" in verdict.reason


def test_a_kernel_that_does_not_start_is_no_nought(course, monkeypatch):
    """Nothing of the student's has run yet, so nothing is his fault."""
    hand_in(course, "waiting")
    code = caller.CODE.replace(
        "main()",
        "from cs5045ae.grading.judge import kernels\n"
        "from cs5045ae.grading.sandbox import KernelLost\n"
        "def start(self): raise KernelLost('start')\n"
        "kernels.OneKernel.start = start\nmain()",
    )
    monkeypatch.setattr(caller, "CODE", code)
    verdict = judge_submission(course, TOPIC, "waiting")
    assert (verdict.status, verdict.points) == (NOT_GRADED, None)
    assert "did not become ready" in verdict.reason


def test_what_comes_after_the_last_graded_cell_is_not_run(course):
    made = notebook(ANSWERS)
    made["cells"].append(cell("code", "print('late')\nwhile True: pass", "late"))
    hand_in(course, "tail", made=made)
    verdict = judge_submission(course, TOPIC, "tail", warm=True, patience=PATIENCE)
    assert points(verdict) == FULL
    assert "late" not in own(verdict, "")
    assert [answer.number for answer in verdict.answers] == [1, 2, 3, 5, 7, 10]


def test_a_last_cell_that_a_person_grades_is_run(tmp_path):
    course = make_course(tmp_path)
    marks = _marks("essay", grade=True, solution=True, points=3)
    for folder in ("solutions", "exercises"):
        path = course / folder / TOPIC / NAME
        told = json.loads(path.read_text(encoding="utf-8"))
        told["cells"].append(cell("code", "print('for a person')", "essay", marks))
        path.write_text(json.dumps(told), encoding="utf-8")
    made = notebook(ANSWERS)
    made["cells"].append(cell("code", "print('by hand')", "essay", marks))
    made["cells"].append(cell("code", "print('late')", "late"))
    hand_in(course, "by-hand", made=made)
    verdict = judge_submission(course, TOPIC, "by-hand", warm=True, patience=PATIENCE)
    assert points(verdict) == FULL
    assert "by hand" in own(verdict, "essay")
    assert "late" not in own(verdict, "")
