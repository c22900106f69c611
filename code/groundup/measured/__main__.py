"""Measures what a topic's record lacks: `python -m groundup.measured TOPIC [NAME …]`.

Experiments are the `EXPERIMENTS` of `groundup.<part>.<topic>.experiments`, and of
`groundup.measured.<part>.<topic>` those that need another library. Each result is kept
as soon as it is there: who is interrupted goes on with the same command.
"""

from __future__ import annotations

import argparse
import importlib
import os
import platform
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from . import record
from .code import fingerprint

PACKAGES = {"NumPy": "numpy", "PyTorch": "torch", "transformers": "transformers"}
PACKAGES |= {"peft": "peft", "accelerate": "accelerate"}
Experiment = partial[dict[str, Any]]
Experiments = Mapping[str, Experiment | Sequence[Experiment]]


def experiments(topic: str) -> dict[str, Experiment | Sequence[Experiment]]:
    """Return the experiments of a topic by name; raises ValueError where it has none.

    Those that need a library which is absent are left out.
    """
    part, _, name = topic.partition("/")
    own = f"groundup.{part}.{name}.experiments"
    with suppress(ModuleNotFoundError):
        if find_spec(own) is None:
            raise ModuleNotFoundError(own)
        found = dict(importlib.import_module(own).EXPERIMENTS)
        with suppress(ModuleNotFoundError):
            found |= importlib.import_module(f"groundup.measured.{part}.{name}").BESIDE
        return found
    raise ValueError(f"{topic!r} has no experiments: {own} is missing")


def machine() -> str:
    """Return processor and versions, on which results depend."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    processor = (names or [platform.processor() or platform.machine()])[0].strip()
    found = [f"{processor}, {os.cpu_count()} processors"]
    found.append(f"Python {platform.python_version()}")
    for name, package in PACKAGES.items():
        with suppress(PackageNotFoundError):
            found.append(f"{name} {version(package)}")
    return ", ".join(found)


def named(experiment: Experiment) -> str:
    """Return the dotted name of an experiment's function."""
    function: Any = getattr(experiment.func, "__wrapped__", experiment.func)
    return f"{function.__module__}.{function.__qualname__}"


def plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings as a record gives them back: tuples as lists."""
    return {k: list(v) if isinstance(v, tuple) else v for k, v in settings.items()}


def measured(
    experiment: Experiment, known: Sequence[record.Result], *, again: bool = False
) -> tuple[record.Result, bool]:
    """Return a result, and whether it is new: the one that is known, unless stale."""
    function, settings = named(experiment), plain(experiment.keywords)
    code = fingerprint(function)
    for result in known:
        same = (result.function, result.settings) == (function, settings)
        if same and result.code == code and not again:
            return result, False
    load, today = round(os.getloadavg()[0], 1), date.today().isoformat()
    value = experiment()
    new = record.Result(function, settings, value, today, machine(), load, code)
    return new, True


def results(
    wanted: Sequence[Experiment], known: Sequence[record.Result], *, again: bool
) -> Iterator[list[record.Result]]:
    """Yield the results so far, after each that is new and at the end.

    Those that are known and wanted stay beside the new ones until all are there.
    """
    done: list[record.Result] = []
    for experiment in wanted:
        result, new = measured(experiment, known, again=again)
        done.append(result)
        if new:
            settings = [plain(e.keywords) for e in wanted[len(done) :]]
            yield [*done, *(r for r in known if r.settings in settings)]
    yield done


def run(topic: str, names: Sequence[str] = (), *, again: bool = False) -> None:
    """Measure what is wanted and not known, and keep each result when it is there.

    Raises ValueError for names that no experiment has.
    """
    every = experiments(topic)
    if odd := sorted({*names} - every.keys()):
        raise ValueError(
            f"no experiment is named {', '.join(odd)}; known: {', '.join(every)}"
        )
    for name in names or every:
        listed = every[name]
        wanted = [listed] if isinstance(listed, partial) else list(listed)
        kept = so_far(topic).results.get(name, [])
        known = kept if isinstance(kept, list) else [kept]
        for found in results(wanted, known, again=again):
            now = so_far(topic).results  # another process may have written since
            now[name] = found[0] if isinstance(listed, partial) else found
            ordered = {n: now[n] for n in every if n in now}
            record.write(topic, record.Record(ordered))
        print(f"{name}: {len(wanted)} measured", flush=True)


def so_far(topic: str) -> record.Record:
    """Return the record of a topic, which may be empty."""
    with suppress(FileNotFoundError):
        return record.read(topic)
    return record.Record()


def main() -> None:
    """Measure what the command names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("topic", help="part/topic, as transformers/fine_tuning")
    parser.add_argument("names", nargs="*", help="some experiments; all without one")
    parser.add_argument("--again", action="store_true", help="what is known, too")
    options = parser.parse_args()
    try:
        run(options.topic, options.names, again=options.again)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
