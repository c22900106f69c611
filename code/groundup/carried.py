"""Data and weights of others: the package that carries a file, and its checksum."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from .extras import MissingPackage


@dataclass(frozen=True)
class Carried:
    """A file or folder of an installed package: who made it, when, and its SHA-256.

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
        """Return where it is, once its bytes are known to be the right ones.

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
    """Return the SHA-256 of a file, in hexadecimal; of a folder, that of a list.

    The list has a line for each file, at any depth: its SHA-256 and its path, in the
    order of the paths. So a file that is changed, renamed, added or absent shows.
    """
    if path.is_dir():
        files = sorted(
            each.relative_to(path).as_posix()
            for each in path.rglob("*")
            if each.is_file()
        )
        lines = "".join(f"{digest(path / file)}  {file}\n" for file in files)
        return hashlib.sha256(lines.encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
