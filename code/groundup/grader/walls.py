"""The walls around a learner's code: what its process may use, read, and ask for.

Called once in the worker, before the first line of a learner's file runs; nothing can
be undone afterwards. `limits` are resource limits. `walls` adds what Linux offers a
process without privileges: Landlock (reads Python, NumPy and nothing else, writes
nothing, signals and connects to nobody outside) and a seccomp filter (no new
process or program, no socket, no look into another process). `bubblewrap` is a
container around all this, which the parent puts up where it is asked to.
"""

from __future__ import annotations

import ctypes
import os
import platform
import struct
import sys
import sysconfig
from pathlib import Path

LEVELS = ("process", "limits", "walls", "bubblewrap")  # from weak to strong
NOBODY = 65534  # a user who owns nothing
FILES, OUTPUT = 64, 1_000_000  # open files; bytes that may be printed
EPERM, ENOSYS = 1, 38

# prctl(2), capset(2), landlock(7), seccomp(2): numbers of the kernel's interface.
SET_DEATH_SIGNAL = 1
NO_NEW_PRIVILEGES, SET_SECCOMP, SET_DUMPABLE, FILTER = 38, 22, 4, 2
CREATE_RULESET, ADD_RULE, RESTRICT_SELF, PATH_BENEATH = 444, 445, 446, 1
LIST = 1 << 3
READ = 1 << 0 | 1 << 2 | LIST  # execute (map a library), read a file, list a folder
CLONE_THREAD = 0x10000
ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
# Refused with "operation not permitted", as (x86_64, aarch64).
REFUSED = {
    "socket": (41, 198),
    "socketpair": (53, 199),
    "connect": (42, 203),
    "bind": (49, 200),
    "fork": (57, None),
    "vfork": (58, None),
    "execve": (59, 221),
    "execveat": (322, 281),
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "tkill": (200, 130),
    "pidfd_open": (434, 434),
    "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424),
    "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240),
    "io_uring_setup": (425, 425),
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "setrlimit": (160, 164),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "shmctl": (31, 195),
    "semget": (64, 190),
    "semop": (65, 193),
    "semctl": (66, 191),
    "semtimedop": (220, 192),
    "msgget": (68, 186),
    "msgsnd": (69, 189),
    "msgrcv": (70, 188),
    "msgctl": (71, 187),
    "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # What Landlock leaves open of files that cannot be opened.
    "chmod": (90, None),
    "fchmod": (91, 52),
    "fchmodat": (268, 53),
    "fchmodat2": (452, 452),
    "chown": (92, None),
    "lchown": (94, None),
    "fchown": (93, 55),
    "fchownat": (260, 54),
    "truncate": (76, 45),
    "utime": (132, None),
    "utimes": (235, None),
    "futimesat": (261, None),
    "utimensat": (280, 88),
    "setxattr": (188, 5),
    "lsetxattr": (189, 6),
    "fsetxattr": (190, 7),
    "removexattr": (197, 14),
    "lremovexattr": (198, 15),
    "fremovexattr": (199, 16),
    "inotify_init": (253, None),
    "inotify_init1": (294, 26),
    "fanotify_init": (300, 262),
    # What a process may do to others of the same user.
    "setpriority": (141, 140),
    "ioprio_set": (251, 30),
    "sched_setparam": (142, 118),
    "sched_setscheduler": (144, 119),
    "sched_setaffinity": (203, 122),
    "sched_setattr": (314, 274),
}
CLONE, CLONE3, KILL, TGKILL, PRLIMIT, FCNTL, IOCTL = (
    (56, 220),
    (435, 435),
    (62, 129),
    (234, 131),
    (302, 261),
    (72, 25),
    (16, 29),
)
NEWEST = 462  # of the kernel's calls; what came later is as if it were not there
# Of fcntl: who is told of news of a file and how, and leases, which hold up others.
REFUSED_OF_FCNTL = {"SETOWN": 8, "SETSIG": 10, "SETOWN_EX": 15}
REFUSED_OF_FCNTL |= {"SETLEASE": 1024, "NOTIFY": 1026}
ALLOWED_OF_IOCTL = {"TCGETS": 0x5401, "TIOCGWINSZ": 0x5413, "FIONREAD": 0x541B}
ALLOWED_OF_IOCTL |= {"FIONBIO": 0x5421, "FIONCLEX": 0x5450, "FIOCLEX": 0x5451}


def build(megabytes: int, seconds: int, strongest: str) -> str:
    """Put up the walls as far as this machine has them; returns the level reached.

    `seconds` is all the work that the process may do, over all calls.
    `strongest` is the highest level to build: lower walls are for trying them out.
    """
    if sys.platform == "linux":
        if os.geteuid() == 0 and strongest != "process":
            become_nobody()
        die_with_parent()
    if strongest == "process" or not limit_resources(megabytes, seconds):
        return "process"
    if strongest == "limits" or sys.platform != "linux":
        return "limits"
    try:
        enclose()
    except OSError:  # an old kernel, or one without Landlock
        return "limits"
    return "walls"


def limit_resources(megabytes: int, seconds: int) -> bool:
    """Limit memory, work, files, processes and output; tells if that is known here."""
    try:
        import resource
    except ImportError:  # Windows: the limit on time, from outside, has to do
        return False
    limits = {"NOFILE": FILES, "FSIZE": OUTPUT, "CORE": 0, "NPROC": 1, "CPU": seconds}
    try:
        with open("/proc/self/statm", encoding="ascii") as pages:
            used = int(pages.read().split()[0]) * resource.getpagesize()
        limits["AS"] = used + megabytes * 2**20
    except OSError:  # macOS does not enforce a limit on memory
        pass
    for name, value in limits.items():
        resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (value, value))
    return True


def become_nobody() -> None:
    """Stop being root, who may do too much, where others can read Python and NumPy."""
    folders = [stdlib(), Path(str(sys.modules["numpy"].__file__)).parent]
    above = {parent for folder in folders for parent in (folder, *folder.parents)}
    if all(path.stat().st_mode & 0o005 == 0o005 for path in above):
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        except OSError:  # root in a container, without root's rights
            pass


def die_with_parent() -> None:
    """End this process when the one that grades has ended, however that was."""
    ctypes.CDLL(None).prctl(SET_DEATH_SIGNAL, 9, 0, 0, 0)


def enclose() -> None:
    """Give up privileges, files, signals, processes and the network, for good.

    Raises OSError where the kernel lacks a part; then nothing has been given up but
    privileges.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    if platform.machine() not in ARCHITECTURES:
        raise OSError(ENOSYS, "no seccomp filter is known for this machine")
    call(libc.prctl, NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    ruleset = landlock(libc)
    call(libc.prctl, SET_DUMPABLE, 0, 0, 0, 0)
    drop_capabilities(libc)
    call(libc.syscall, RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)
    program = b"".join(struct.pack("=HBBI", *step) for step in filter_program())
    buffer = ctypes.create_string_buffer(program)
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(buffer))
    call(libc.prctl, SET_SECCOMP, FILTER, ctypes.create_string_buffer(header), 0, 0)


def call(function: ctypes._NamedFuncPointer, *arguments: object) -> int:
    """Make a system call; raises OSError where the kernel refuses it."""
    as_words = [ctypes.c_long(a) if isinstance(a, int) else a for a in arguments]
    result = int(function(*as_words))
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result


def landlock(libc: ctypes.CDLL) -> int:
    """Return a ruleset that allows reading Python's own files and nothing else."""
    version = call(libc.syscall, CREATE_RULESET, None, 0, 1)
    rights = 13 + (version >= 2) + (version >= 3) + (version >= 5)
    handled = struct.pack(
        "=QQQ",
        (1 << rights) - 1,
        3 if version >= 4 else 0,  # TCP: bind and connect
        3 if version >= 6 else 0,  # abstract sockets and signals
    )
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    attributes = ctypes.create_string_buffer(handled[:size], size)
    ruleset = call(libc.syscall, CREATE_RULESET, attributes, size, 0)
    rules = [(path, READ) for path in readable()] + [(stdlib(), LIST)]
    for path, rights in rules:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
        allowed = rights if path.is_dir() else rights & ~LIST
        rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, handle))
        call(libc.syscall, ADD_RULE, ruleset, PATH_BENEATH, rule, 0)
        os.close(handle)
    return ruleset


def stdlib() -> Path:
    """Return the folder of Python's own modules."""
    return Path(sysconfig.get_path("stdlib"))


def readable() -> list[Path]:
    """Return what a learner's code may read: Python, NumPy, and system libraries.

    Other packages are left out, installed or not: no name, however it is put together,
    imports them.
    """
    own = [path for path in stdlib().iterdir() if not path.name.endswith("-packages")]
    numpy = Path(str(sys.modules["numpy"].__file__)).parent
    libraries = Path(str(sysconfig.get_config_var("LIBDIR"))).glob("lib*.so*")
    system = ["/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null"]
    system += ["/dev/urandom"]
    if multiarch := sysconfig.get_config_var("MULTIARCH"):
        system += [f"/lib/{multiarch}", f"/usr/lib/{multiarch}"]
    paths = [*own, numpy, numpy.with_name("numpy.libs"), *libraries]
    return [path for path in [*paths, *map(Path, system)] if path.exists()]


def drop_capabilities(libc: ctypes.CDLL) -> None:
    """Give up all that root may do beyond what the owner of the files may."""
    header = ctypes.create_string_buffer(struct.pack("=Ii", 0x20080522, 0))
    call(libc.capset, header, ctypes.create_string_buffer(24))


def filter_program() -> list[tuple[int, int, int, int]]:
    """Return the seccomp filter as steps (code, jump if, jump if not, constant)."""
    load, equal, at_least, has, allow = 0x20, 0x15, 0x35, 0x45, 0x7FFF0000
    refuse, unknown, kill = 0x50000 | EPERM, 0x50000 | ENOSYS, 0x80000000
    machine = platform.machine()
    column = list(ARCHITECTURES).index(machine)

    def give(result: int) -> tuple[int, int, int, int]:
        return (0x06, 0, 0, result)

    number, arch, first, second, third = 0, 4, 16, 24, 32  # lower halves of words
    steps = [
        (load, 0, 0, arch),
        (equal, 1, 0, ARCHITECTURES[machine]),
        give(kill),
        (load, 0, 0, number),
        (at_least, 0, 1, 0x40000000),  # the x32 interface of x86_64
        give(refuse),
        (at_least, 0, 1, NEWEST + 1),
        give(unknown),
    ]
    for numbers in REFUSED.values():
        if (refused := numbers[column]) is not None:
            steps += [(equal, 0, 1, refused), give(refuse)]
    steps += [(equal, 0, 1, CLONE3[column]), give(unknown)]  # libc falls back on clone
    # A thread may start, a process may not.
    steps += [(equal, 0, 3, CLONE[column]), (load, 0, 0, first)]
    steps += [(has, 1, 0, CLONE_THREAD), give(refuse), (load, 0, 0, number)]
    # Signals go to this very process.
    for signal in (KILL, TGKILL):
        steps += [(equal, 0, 3, signal[column]), (load, 0, 0, first)]
        steps += [(equal, 1, 0, os.getpid()), give(refuse), (load, 0, 0, number)]
    # Limits may be asked for, not set.
    steps += [(equal, 0, 5, PRLIMIT[column]), (load, 0, 0, third)]
    steps += [(equal, 0, 2, 0), (load, 0, 0, third + 4), (equal, 1, 0, 0)]
    steps += [give(refuse), (load, 0, 0, number)]
    bad, good = REFUSED_OF_FCNTL.values(), ALLOWED_OF_IOCTL.values()
    steps += [(equal, 0, 2 * len(bad) + 2, FCNTL[column]), (load, 0, 0, second)]
    for command in bad:
        steps += [(equal, 0, 1, command), give(refuse)]
    steps += [(load, 0, 0, number)]
    steps += [(equal, 0, 2 * len(good) + 2, IOCTL[column]), (load, 0, 0, second)]
    for command in good:
        steps += [(equal, 0, 1, command), give(allow)]
    steps += [give(refuse)]
    return [*steps, give(allow)]
