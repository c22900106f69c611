"""Data and weights of others: the package that carries each file, and its checksum.

`python -m groundup.carried` asks the package index for each carrier, and says which of
them are no longer there; nothing else ever needs a network.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from pkgutil import iter_modules

from .extras import MissingPackage

ROOMS = ("datasets", "pretrained")


@dataclass(frozen=True)
class Carried:
    """A file of an installed package: who made it, when, and its SHA-256.

    `what` completes "… comes with the package"; `options` are those of pip that install
    the package as the book needs it.
    """

    what: str
    package: str
    file: str
    sha256: str
    origin: str
    date: str
    license: str
    options: str = ""

    def path(self) -> Path:
        """Return where the file is, without importing the package or reading the file.

        Raises ModuleNotFoundError with the command that installs what is missing.
        """
        spec = find_spec(self.package.replace("-", "_"))
        if spec is None or spec.origin is None:
            command = " ".join(
                filter(None, ["pip install", self.options, self.package])
            )
            raise MissingPackage(
                f"{self.what} comes with the package {self.package}: {command}",
                name=self.package,
            )
        return Path(spec.origin).parent / self.file

    def intact(self) -> Path:
        """Return where the file is, once its bytes are known to be the right ones.

        Raises ModuleNotFoundError as `path` does, ValueError for other bytes.
        """
        path = self.path()
        if (found := digest(path)) != self.sha256:
            raise ValueError(
                f"{path} is not the file that the book was written with: its SHA-256"
                f" is {found}, expected {self.sha256}. Reinstall {self.package}, in the"
                " version of constraints.txt"
            )
        return path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
