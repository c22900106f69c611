"""A reader's function in the place of the book's: it gives way where it fails."""

from __future__ import annotations

import contextlib
import io
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from groundup.bodies import Organ

Tell = Callable[[str], None]


class WrongResult(ValueError):
    """A reader's function returned what its part cannot be."""


@dataclass
class Guard:
    """Runs a function of `file` as a part of a machine, and the book's where it fails.

    The first failure is told in a sentence with part and line, and from then on the
    book's part does the work. `seconds` is the time that the function has taken.
    """

    organ: Organ
    file: Path
    mine: Callable[..., Any]
    tell: Tell
    book: Callable[..., Any] = field(init=False)
    seconds: float = 0.0
    broken: str = ""
    printed: Printed = field(default_factory=lambda: Printed())

    def fitted(self, mine: Callable[..., Any], book: Callable[..., Any]) -> Guard:
        """Return this guard, running a fitted function in the place of the book's."""
        self.mine, self.book = mine, book
        return self

    def __call__(self, *args: Any) -> Any:
        """Return the result of the reader's function, or of the book's."""
        return self.run(self.mine, self.book, *args)

    def run(
        self, mine: Callable[..., Any], book: Callable[..., Any], *args: Any
    ) -> Any:
        """Return what the reader's code makes of it; once it has failed, the book's."""
        if self.broken:
            return book(*args)
        begun = time.perf_counter()
        try:
            # NumPy's warnings, too, would tear the answer apart.
            with contextlib.redirect_stdout(self.printed), np.errstate(all="ignore"):
                return mine(*args)
        except (Exception, SystemExit) as error:
            self.broken = f"{type(error).__name__}: {error}"
            if isinstance(error, WrongResult):
                self.broken = str(error)
            where = f", line {line}" if (line := self.line(error)) else ""
            self.tell(
                f"{self.organ.name} ({self.file.name}{where}): {self.broken}."
                " The book's part takes over."
            )
            return book(*args)
        finally:
            self.seconds += time.perf_counter() - begun

    def line(self, error: BaseException) -> int | None:
        """Return the last line of the reader's file that an error passed through."""
        frames = traceback.extract_tb(error.__traceback__)
        mine = [f.lineno for f in frames if Path(f.filename) == self.file]
        return mine[-1] if mine else None


class Printed(io.TextIOBase):
    """Takes what a part prints, which would tear an answer apart; keeps a little."""

    KEPT = 80  # characters

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> int:
        """Keep the beginning of what is printed."""
        self.text += text[: max(0, self.KEPT - len(self.text))]
        return len(text)

    @property
    def first_line(self) -> str:
        """The first line that was printed, empty if nothing was."""
        return self.text.strip().partition("\n")[0]


def like(found: Any, wanted: np.ndarray | tuple[int, ...], dtype: Any) -> np.ndarray:
    """Return what a reader's function returned as an array for the machine.

    Raises WrongResult where it is no array of numbers of the shape that is wanted.
    """
    shape = wanted if isinstance(wanted, tuple) else wanted.shape
    try:
        array = np.asarray(found, dtype=dtype)
    except (TypeError, ValueError):
        kind = type(found).__name__
        raise WrongResult(
            f"it returned {kind}, expected an array of shape {shape}"
        ) from None
    if array.shape != shape:
        raise WrongResult(f"it returned shape {array.shape}, expected {shape}")
    return array


def locked(*arrays: np.ndarray) -> Iterator[np.ndarray]:
    """Yield views that cannot be written: what a part changes belongs to others."""
    for array in arrays:
        view = array.view()
        view.flags.writeable = False
        yield view
