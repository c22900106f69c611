"""What was measured of a topic: results, and when, where and with which code."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .code import fingerprint

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Result:
    """What a function gave with its settings; `load` is the machine's at the start."""

    function: str
    settings: dict[str, Any]
    value: dict[str, Any]
    date: str
    machine: str
    load: float
    code: str


@dataclass
class Record:
    """The results of a topic: by name, one or a list of those with other settings."""

    results: dict[str, Result | list[Result]] = field(default_factory=dict)

    def each(self) -> Iterator[tuple[str, Result]]:
        """Yield all results with their names."""
        for name, found in self.results.items():
            for result in found if isinstance(found, list) else [found]:
                yield name, result

    @property
    def values(self) -> dict[str, Any]:
        """Settings and what was measured with them: a dictionary, or a list of them."""
        return {
            name: [r.settings | r.value for r in found]
            if isinstance(found, list)
            else found.settings | found.value
            for name, found in self.results.items()
        }

    @property
    def date(self) -> str:
        """The day of the measurements, `2026-11-28`; or the first and the last one."""
        days = sorted({result.date for _, result in self.each()})
        return " to ".join(dict.fromkeys([days[0], days[-1]])) if days else ""

    @property
    def machine(self) -> str:
        """What it was measured on."""
        return "; ".join(dict.fromkeys(result.machine for _, result in self.each()))

    def stale(self) -> list[str]:
        """Return the names of results whose code is another one now, or gone."""
        now: dict[str, str] = {}
        for function in {result.function for _, result in self.each()}:
            with suppress(ValueError):
                now[function] = fingerprint(function)
        return sorted({n for n, r in self.each() if now.get(r.function) != r.code})


def path(topic: str) -> Path:
    """Return where the record of a topic lies."""
    return FOLDER / f"{topic}.json"


def read(topic: str) -> Record:
    """Return the record of a topic, as `transformers/fine_tuning`.

    Raises FileNotFoundError where there is none.
    """
    file = path(topic)
    if not file.is_file():
        raise FileNotFoundError(
            f"nothing is recorded of {topic!r}: python -m groundup.measured {topic}"
        )
    found = json.loads(file.read_text(encoding="utf-8"))
    return Record(
        {
            name: [Result(**each) for each in kept]
            if isinstance(kept, list)
            else Result(**kept)
            for name, kept in found.items()
        }
    )


def write(topic: str, record: Record) -> None:
    """Keep a record; the file is the old one or the new one, and never a part."""
    text = {
        name: [asdict(each) for each in found]
        if isinstance(found, list)
        else asdict(found)
        for name, found in record.results.items()
    }
    file = path(topic)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.write_text(as_text(text), encoding="utf-8")
    unfinished.replace(file)


def as_text(found: Any, indent: int = 0, width: int = 88) -> str:
    """Return JSON in which whatever fits into a line has one."""
    line = json.dumps(found, ensure_ascii=False)
    if not isinstance(found, dict | list) or len(line) + indent <= width:
        text = line
    else:
        pad = " " * (indent + 1)
        if isinstance(found, dict):
            parts = [
                f"{json.dumps(k)}: {as_text(v, indent + 1, width)}"
                for k, v in found.items()
            ]
            ends = "{}"
        else:
            parts = [as_text(v, indent + 1, width) for v in found]
            ends = "[]"
        inside = f",\n{pad}".join(parts)
        if isinstance(found, list) and not any(
            isinstance(v, dict | list | str) for v in found
        ):
            text = line  # numbers stay in a row
        else:
            text = f"{ends[0]}\n{pad}{inside}\n{' ' * indent}{ends[1]}"
    return text if indent else f"{text}\n"
