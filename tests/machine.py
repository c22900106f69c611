"""What a verdict depends on beside the book's own files: Python, packages, processor.

Of packages with their weights, what pip wrote down of every file counts; of the
sandbox, what this kernel and this user can put up; of a browser, its version and the
fonts of the system.
"""

from __future__ import annotations

import ctypes
import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path

from numpy._core._multiarray_umath import __cpu_features__
from threadpoolctl import threadpool_info

# Variables that change what a test does; these change only which tests run, or where.
COUNTS = re.compile(r"CI|GROUNDUP_|PYTHON|PYTEST_|LANG$|LC_|TZ$|\w+_NUM_THREADS$")
OTHERS = {
    "GROUNDUP_KEPT",
    "GROUNDUP_PROVE_ALL",
    "GROUNDUP_TOPIC",
    "PYTHONPATH",  # whose library runs is asked where this is used
    "PYTEST_CURRENT_TEST",
    "PYTEST_VERSION",
    "PYTEST_XDIST_TESTRUNUID",
    "PYTEST_XDIST_WORKER",
    "PYTEST_XDIST_WORKER_COUNT",
}
CREATE_RULESET, VERSION = 444, 1  # landlock(7): asks how much of it the kernel has


def digest(parts: Iterable[object]) -> str:
    """Return a digest of the texts of these, in their order."""
    found = sha256()
    for part in parts:
        text = str(part).encode(errors="surrogateescape")
        found.update(b"%d:%b" % (len(text), text))
    return found.hexdigest()


@cache
def machine(root: Path) -> str:
    """Return a digest of all that every verdict of a checkout depends on."""
    return digest(
        [
            sys.version,
            platform.platform(),
            os.cpu_count(),
            sorted(name for name, has in __cpu_features__.items() if has),
            sorted(linear_algebra()),
            packages(),
            sandbox(),
            said("node", "--version"),
            variables(),
            settings(root),
        ]
    )


def linear_algebra() -> list[tuple[str, ...]]:
    """Return NumPy's library of linear algebra, and for which processor it works.

    Which others are loaded depends on the tests that were collected before.
    """
    names = ("internal_api", "version", "architecture", "threading_layer")
    pools = [pool for pool in threadpool_info() if "numpy" in str(pool["filepath"])]
    return [tuple(str(pool.get(name)) for name in names) for pool in pools]


def packages() -> list[tuple[str, ...]]:
    """Return each installed package's version and a digest of all its files.

    Scripts, which name the environment's folder, and compiled files do not count.
    """
    found = []
    for each in distributions():
        lines = (each.read_text("RECORD") or "").splitlines()
        files = [x for x in lines if x[:2] != ".." and ".dist-info/" not in x]
        inside = sorted(x for x in files if "__pycache__" not in x)
        editable = any(".pth," in x or "_editable_" in x for x in inside)
        kept = "" if editable else digest(inside)
        found.append((each.name.lower(), each.version, kept))
    return sorted(found)


def sandbox() -> list[object]:
    """Return what decides which walls this machine can put up around an answer."""
    if sys.platform != "linux":
        return [sys.platform]
    landlock = ctypes.CDLL(None).syscall(CREATE_RULESET, None, 0, VERSION)
    container = said("bwrap", "--ro-bind", "/", "/", "--unshare-all", "true")
    return [os.geteuid(), landlock, said("bwrap", "--version"), container]


def variables() -> list[tuple[str, str]]:
    """Return the variables of the environment that count."""
    return sorted(
        (name, value)
        for name, value in os.environ.items()
        if COUNTS.match(name) and name not in OTHERS
    )


def settings(root: Path) -> object:
    """Return pytest's settings in `pyproject.toml`."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    return tomllib.loads(text).get("tool", {}).get("pytest", {})


@cache
def browser(command: str) -> str:
    """Return what a page's looks depend on: the browser and the system's fonts."""
    fonts = sorted(said("fc-list").splitlines())
    return digest([command, said(command, "--version"), fonts])


def said(*command: str) -> str:
    """Return a command's status and what it prints, empty where there is none."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return f"{done.returncode}\n{done.stdout}{done.stderr}"
