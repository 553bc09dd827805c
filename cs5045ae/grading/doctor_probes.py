"""What the doctor tries from inside: code that prints nothing if the wall held.

Each is run as a cell; a line that it prints is a hole. Names in capitals are put in
by the doctor.
"""

__all__ = ["FORK_BOMB", "MANY_FILES", "MUCH_MEMORY", "PREPARE", "PROBES", "STAY"]

PREPARE = """
import ctypes, glob, os, signal, socket, stat, subprocess, sys
libc = ctypes.CDLL(None, use_errno=True)

def hole(what):
    print(what)

def reads(path):
    try:
        return os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(64)
    except OSError:
        return None

def writes(path):
    try:
        with open(path, "ab"):
            pass
        return True
    except OSError:
        return False
"""

PROBES = {
    "no capabilities, no new rights": """
for line in open("/proc/self/status"):
    name, value = line.split(":", 1)
    if name.startswith("Cap") and int(value, 16):
        hole(line.strip())
    if name == "NoNewPrivs" and value.strip() != "1":
        hole(line.strip())
""",
    "mounts stay read-only": """
MS_RDONLY, MS_REMOUNT, MS_BIND = 1, 32, 4096
for place in ("/usr/lib", "/opt/packages/numpy", "/opt/python/lib", "/proc", "/"):
    if libc.mount(b"none", place.encode(), None, MS_REMOUNT | MS_BIND, None) == 0:
        hole(f"{place} was mounted again")
if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0:
    hole("a file system was mounted")
if libc.umount2(b"/proc", 2) == 0:
    hole("/proc was unmounted")
""",
    "nothing outside the scratch folders can be written": """
for place in ("/x", "/usr/x", "/usr/bin/python3", "/etc/passwd", "/dev/x", "/run/x",
              "/opt/packages/x", "/opt/packages/numpy/__init__.py", "/opt/python/lib/x",
              "/opt/data/x", "/proc/sys/kernel/core_pattern", "/proc/sysrq-trigger",
              "/proc/sys/vm/drop_caches", "/proc/1/oom_score_adj", "/home/x"):
    if writes(place):
        hole(f"{place} can be written")
""",
    "no device can be made": """
for kind, number in ((stat.S_IFBLK, os.makedev(254, 0)), (stat.S_IFCHR, 0x101)):
    try:
        os.mknod("/tmp/device", kind | 0o600, number)
        hole("a device was made")
        open("/tmp/device", "rb").read(1)
        hole("a device was read")
    except OSError:
        pass
""",
    "no namespace in the namespace": """
for flag in (0x10000000, 0x00020000, 0x20000000, 0x40000000):
    if libc.unshare(flag) == 0:
        hole(f"unshare {flag:#x} went through")
clone = {"x86_64": 56, "aarch64": 220}.get(os.uname().machine)
if clone:
    pid = libc.syscall(clone, 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
    if pid == 0:
        os._exit(0)
    if pid > 0:
        os.waitpid(pid, 0)
        hole("a process was started in a user namespace of its own")
""",
    "/proc/1/root leads nowhere else": """
if reads("/proc/1/root") and sorted(reads("/proc/1/root")) != sorted(os.listdir("/")):
    hole("the first process has another root")
for path in glob.glob("/proc/[0-9]*/cwd") + glob.glob("/proc/[0-9]*/root"):
    try:
        if not os.path.exists(os.readlink(path)):
            hole(f"{path} leads outside")
    except OSError:
        pass
""",
    "no descriptor from outside is open": """
for path in glob.glob("/proc/[0-9]*/fd/*"):
    try:
        target = os.readlink(path)
    except OSError:
        continue
    if target.startswith("/") and not os.path.exists(target.removesuffix(" (deleted)")):
        if not target.startswith(("/home/student", "/tmp", "/dev")):
            hole(f"{path} is {target}")
""",
    "no network": """
for family, address in ((socket.AF_INET, ("127.0.0.1", PORT)),
                        (socket.AF_INET, ("192.0.2.1", 80)),
                        (socket.AF_INET6, ("::1", PORT)),
                        (socket.AF_UNIX, ABSTRACT), (socket.AF_UNIX, SOCKET)):
    try:
        with socket.socket(family) as s:
            s.settimeout(0.5)
            s.connect(address)
            hole(f"{address} was reached")
    except OSError:
        pass
try:
    socket.getaddrinfo("example.org", 80)
    hole("a name was looked up")
except OSError:
    pass
if [name for _, name in socket.if_nameindex() if name != "lo"]:
    hole("there is a network interface")
""",
    "home, course and solutions are out of sight": """
for path in HIDDEN:
    if reads(path):
        hole(f"{path} can be read")
""",
    "checks and reference are out of sight": """
import importlib
for name in ("reference", "course", "cli", "grading.judge", "grading.intake",
             "grading.sandbox"):
    try:
        importlib.import_module("cs5045ae." + name)
        hole(f"cs5045ae.{name} can be imported")
    except ModuleNotFoundError:
        pass
import cs5045ae
for path, _, files in os.walk(os.path.dirname(cs5045ae.__file__)):
    for file in files:
        text = open(os.path.join(path, file), "rb").read()
        if b"Call what the student made" in text or b"CheckFailed(" in text:
            hole(f"{path}/{file} holds the checks")
""",
    "the environment is clean, others' is out of sight": """
for path in glob.glob("/proc/[0-9]*/environ") + ["/proc/self/cmdline"]:
    try:
        if SECRET.encode() in open(path, "rb").read():
            hole(f"{path} holds a name from outside")
    except OSError:
        pass
if len(glob.glob("/proc/[0-9]*")) > 20:
    hole("other processes can be seen")
""",
    "other processes cannot be traced or ended": """
for pid in (VICTIM, PARENT):
    if os.path.exists(f"/proc/{pid}"):
        continue  # one of our own: in a young container all numbers are small
    if libc.ptrace(16, pid, 0, 0) == 0:
        hole(f"process {pid} can be traced")
    try:
        os.kill(pid, signal.SIGKILL)
    except OSError:
        pass
if libc.ptrace(16, 1, 0, 0) == 0:
    hole("the first process can be traced")
""",
    "no memory outside of processes": """
if libc.shmget(0, 1 << 20, 0o1600) >= 0:
    hole("shared memory of System V was made")
if libc.memfd_create(b"x", 0) >= 0:
    hole("a file in memory was made")
""",
    "limits cannot be raised": """
import resource
for kind in (resource.RLIMIT_AS, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
    try:
        resource.setrlimit(kind, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        hole(f"limit {kind} was lifted")
    except (ValueError, OSError):
        pass
""",
    "each scratch folder is full at its size": """
for folder in WRITABLE:
    written = 0
    try:
        for number in range(40):
            with open(f"{folder}/fill{number}", "wb", buffering=0) as file:
                for _ in range(64):
                    written += file.write(bytes(1 << 20))
    except OSError:
        pass
    if written > DISK:
        hole(f"{folder} took {written >> 20} MB")
    for path in glob.glob(f"{folder}/fill*"):
        os.remove(path)
for folder in glob.glob("/run/*"):
    written = 0
    try:
        with open(f"{folder}/fill", "wb", buffering=0) as file:
            while written < 1 << 24:
                written += file.write(bytes(1 << 12))
    except OSError:
        pass
    if written > 1 << 20:
        hole(f"{folder} took {written >> 10} kB")
    os.path.exists(f"{folder}/fill") and os.remove(f"{folder}/fill")
""",
}

MANY_FILES = """
import os
for number in range(10**6):
    os.mkdir(f"/dev/shm/{number}")
print("a million files were made")
"""

FORK_BOMB = """
import os, time
until = time.monotonic() + 5
while time.monotonic() < until:
    try:
        os.fork()
    except OSError:
        time.sleep(0.01)
"""

MUCH_MEMORY = """
import os, time
try:
    block = bytearray(8 << 30)
    print("8 GB in one process")
except MemoryError:
    pass
for number in range(16):  # 8 GB in all, within each process's own limit
    if os.fork() == 0:
        block = b"x" * (512 << 20)
        time.sleep(60)
        os._exit(0)
time.sleep(20)
print("8 GB in many processes")
"""

STAY = """
import os, subprocess, sys
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        code = "import time; time.sleep(99)"
        os.execv(sys.executable, [sys.executable, "-c", code, NAME])
    os._exit(0)
"""
