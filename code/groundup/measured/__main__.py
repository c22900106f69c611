"""Measures what a topic's record lacks: `python -m groundup.measured TOPIC [NAME …]`.

Experiments are the `EXPERIMENTS` of `groundup.<part>.<topic>.experiments`, and of
`groundup.measured.<part>.<topic>` those that need another library. Each result is kept
as soon as it is there: who is interrupted goes on with the same command.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from groundup.book.library import module_file

from . import record
from .code import fingerprint

PACKAGES = {"NumPy": "numpy", "PyTorch": "torch", "transformers": "transformers"}
PACKAGES |= {"peft": "peft", "accelerate": "accelerate"}
Experiment = partial[dict[str, Any]]
Experiments = Mapping[str, Experiment | Sequence[Experiment]]


def experiments(topic: str) -> dict[str, Experiment | Sequence[Experiment]]:
    """Return the experiments of a topic by name; raises ValueError where it has none.

    Raises ModuleNotFoundError where a library that they need is absent.
    """
    part, _, name = topic.partition("/")
    own = f"groundup.{part}.{name}.experiments"
    if module_file(own) is None:
        raise ValueError(f"{topic!r} has no experiments: {own} is missing")
    found = dict(importlib.import_module(own).EXPERIMENTS)
    beside = f"groundup.measured.{part}.{name}"
    if module_file(beside):
        found |= importlib.import_module(beside).BESIDE
    return found


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


def key(function: str, settings: Mapping[str, Any]) -> str:
    """Return what tells one result of an experiment from the others."""
    return json.dumps([function, plain(settings)])


def measured(experiment: Experiment, code: str) -> record.Result:
    """Measure anew."""
    load, today = round(os.getloadavg()[0], 1), date.today().isoformat()
    value, settings = experiment(), plain(experiment.keywords)
    return record.Result(
        named(experiment), settings, value, today, machine(), load, code
    )


def run(
    topic: str,
    names: Sequence[str] = (),
    *,
    first: int | None = None,
    again: bool = False,
) -> None:
    """Measure what is wanted and not known, and keep each result when it is there.

    The first of each list comes before the second of any; `first` is how many of each
    are wanted. Raises ValueError for names that no experiment has.
    """
    every = experiments(topic)
    if odd := sorted({*names} - every.keys()):
        raise ValueError(
            f"no experiment is named {', '.join(odd)}; known: {', '.join(every)}"
        )
    lists = {n: [e] if isinstance(e, partial) else list(e) for n, e in every.items()}
    queue = [
        (i, name) for name in names or every for i in range(len(lists[name][:first]))
    ]
    for i, name in sorted(queue, key=lambda each: each[0]):
        experiment = lists[name][i]
        this = key(named(experiment), experiment.keywords)
        code = fingerprint(named(experiment))
        old = results(topic, name).get(this)
        if old is not None and old.code == code and not again:
            continue
        new = measured(experiment, code)
        print(f"{name} {new.settings}", flush=True)
        # Read again, as another process may have written since.
        known = results(topic, name) | {this: new}
        wanted = [key(named(each), each.keywords) for each in lists[name]]
        found = [known[each] for each in wanted if each in known]
        now = so_far(topic).results
        now[name] = found[0] if isinstance(every[name], partial) else found
        record.write(topic, record.Record({n: now[n] for n in every if n in now}))


def results(topic: str, name: str) -> dict[str, record.Result]:
    """Return what is known of an experiment."""
    return {
        key(each.function, each.settings): each
        for known, each in so_far(topic).each()
        if known == name
    }


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
    parser.add_argument("--first", type=int, help="how many of each list; all without")
    parser.add_argument("--again", action="store_true", help="what is known, too")
    options = parser.parse_args()
    try:
        run(options.topic, options.names, first=options.first, again=options.again)
    except ValueError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()
