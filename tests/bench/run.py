"""Measures the book's code beside the libraries: `python -m tests.bench.run`.

Every module of this folder with a list `BENCHMARKS` takes part. The result is the
table on the book's status page.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
from collections.abc import Iterator
from importlib.metadata import version
from itertools import product
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from .measure import Benchmark, Figure, measure

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "chapters/appendices/benchmarks.json"


def benchmarks() -> Iterator[Benchmark]:
    """Yield the benchmarks of every module of this folder."""
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in {"__init__", "run", "measure"}:
            module = importlib.import_module(f"{__package__}.{path.stem}")
            yield from module.BENCHMARKS


def figures() -> Iterator[Figure]:
    """Yield the figures of every module of this folder that has some."""
    for path in sorted(HERE.glob("*.py")):
        if path.stem not in {"__init__", "run", "measure"}:
            module = importlib.import_module(f"{__package__}.{path.stem}")
            yield from getattr(module, "FIGURES", [])


def measured(figure: Figure) -> dict[str, Any]:
    """Return a figure with the load of the machine before it was measured."""
    load = os.getloadavg()[0]
    value = round(figure.measure(), 3)
    reached = "reached" if value <= figure.aim else "NOT REACHED"
    print(
        f"{figure.name}: {value} {figure.unit}, aim {figure.aim}: {reached}", flush=True
    )
    found = {"name": figure.name, "unit": figure.unit, "aim": figure.aim}
    return {**found, "value": value, "load": round(load, 1)}


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    return {
        "processors": os.cpu_count(),
        "Python": platform.python_version(),
        "NumPy": version("numpy"),
        "scikit-learn": version("scikit-learn"),
    }


def main() -> None:
    """Measure, print a line each, and write the results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, default=RESULTS)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, os.cpu_count()])
    options = parser.parse_args()
    results = []
    for benchmark, threads in product(benchmarks(), options.threads):
        with threadpool_limits(threads):
            found = measure(benchmark) | {"threads": threads}
        results.append(found)
        verdict = "reached" if found["ratio"] <= found["aim"] else "NOT REACHED"
        print(
            f"{found['name']:24} {threads} thread{'s' * (threads > 1)}"
            f" {found['ratio']:.2f} of {found['peer']}"
            f" ({found['low']:.2f}–{found['high']:.2f}),"
            f" memory {found['ours_mb']:.1f} / {found['peer_mb']:.1f} MB,"
            f" aim {found['aim']:.2f}: {verdict}",
            flush=True,
        )
    alone = [measured(figure) for figure in figures()]
    report = {"machine": machine(), "results": results, "figures": alone}
    options.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
