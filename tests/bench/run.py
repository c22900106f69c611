"""Measures the book's code beside the libraries: `python -m tests.bench.run`.

An aim that is not reached is a warning, as a busy machine is slower than itself; in the
weekly run (`GROUNDUP_PROVE_ALL=1`) it is a failure.

Every topic has a module here with a list `BENCHMARKS`, and perhaps `FIGURES`. What it
gives is kept in a file of the topic's name, which chapters and the status page show.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, version
from itertools import product
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_info, threadpool_limits

from .measure import Figure, measure

HERE = Path(__file__).parent
RESULTS = HERE.parents[1] / "benchmarks"


def topics() -> list[str]:
    """Return the modules of this folder that have something to measure."""
    others = {"__init__", "run", "measure", "submissions"}
    return sorted({path.stem for path in HERE.glob("*.py")} - others)


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


def processor() -> str:
    """Return the name of the processor, as the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2] for line in lines if line.startswith("model name")]
    return (names or [platform.processor() or platform.machine()])[0].strip()


def kernels() -> set[str]:
    """Return for which processors the loaded BLAS has chosen its kernels."""
    pools = threadpool_info()
    return {pool["architecture"] for pool in pools if "architecture" in pool}


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    names = {"NumPy": "numpy", "scikit-learn": "scikit-learn"}
    names |= {"PyTorch": "torch", "transformers": "transformers", "peft": "peft"}
    names |= {"bm25s": "bm25s", "FAISS": "faiss-cpu"}
    names |= {"sentence-transformers": "sentence-transformers"}
    found: dict[str, Any] = {
        "processor": processor(),
        "kernels": ", ".join(sorted(kernels())),
        "processors": os.cpu_count(),
        "Python": platform.python_version(),
    }
    for name, package in names.items():
        with suppress(PackageNotFoundError):  # without the extra `llm`
            found[name] = version(package)
    return found


def measure_topic(topic: str, threads: list[int]) -> dict[str, Any]:
    """Measure what a topic's module has, and print a line each."""
    module = importlib.import_module(f"{__package__}.{topic}")
    results = []
    for benchmark, limit in product(module.BENCHMARKS, threads):
        with threadpool_limits(limit):
            found = measure(benchmark) | {"threads": limit}
        results.append(found)
        verdict = "reached" if found["ratio"] <= found["aim"] else "NOT REACHED"
        print(
            f"{found['name']:24} {limit} thread{'s' * (limit > 1)}"
            f" {found['ratio']:.2f} of {found['peer']}"
            f" ({found['low']:.2f}–{found['high']:.2f}),"
            f" memory {found['ours_mb']} / {found['peer_mb'] or '?'} MB,"
            f" aim {found['aim']:.2f}: {verdict}",
            flush=True,
        )
    figures = [measured(figure) for figure in getattr(module, "FIGURES", [])]
    return {"results": results, "figures": figures}


def missed(folder: Path, topics: Iterable[str]) -> list[str]:
    """Return a sentence for each aim that was not reached, as the topics' files say."""
    said = []
    for topic in topics:
        report = json.loads((folder / f"{topic}.json").read_text(encoding="utf-8"))
        for each in report["results"]:
            if each["ratio"] > each["aim"]:
                said.append(
                    f"{topic}: {each['name']}, {each['threads']} thread(s):"
                    f" {each['ratio']:.2f} of {each['peer']}, aim {each['aim']:.2f}"
                )
        for each in report["figures"]:
            if each["value"] > each["aim"]:
                said.append(
                    f"{topic}: {each['name']}: {each['value']} {each['unit']},"
                    f" aim {each['aim']}"
                )
    return said


def in_its_own_process(topic: str, threads: list[int], folder: Path) -> None:
    """Measure a topic where no other has been.

    A library that another topic has loaded keeps threads that wait for work, and they
    take the processors from those that have some.
    """
    command = [sys.executable, "-m", f"{__package__}.run", "--folder", str(folder)]
    command += ["--topics", topic, "--threads", *map(str, threads)]
    subprocess.run(command, check=True)


def write(topic: str, threads: list[int], folder: Path) -> None:
    """Measure a topic here, and keep what it gives."""
    report = {"machine": machine(), **measure_topic(topic, threads)}
    text = json.dumps(report, indent=2, ensure_ascii=False)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{topic}.json").write_text(f"{text}\n", encoding="utf-8")


def main() -> None:
    """Measure, print a line each, and write a file for each topic."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=RESULTS)
    parser.add_argument("--topics", choices=topics(), nargs="+", default=topics())
    parser.add_argument(
        "--threads", type=int, nargs="+", default=[1, os.cpu_count() or 1]
    )
    options = parser.parse_args()
    if len(options.topics) == 1:
        write(options.topics[0], options.threads, options.folder)
        return
    for topic in options.topics:
        in_its_own_process(topic, options.threads, options.folder)
    if said := missed(options.folder, options.topics):
        sys.exit(verdict(said))


def verdict(said: list[str]) -> str | int:
    """Return with what measuring ends: a text is a failure, 0 is none."""
    lines = "\n".join(["aims not reached:", *said])
    if os.environ.get("GROUNDUP_PROVE_ALL") == "1":
        return lines
    print(f"warning: {lines}\n(load average now {os.getloadavg()[0]:.1f})")
    return 0


if __name__ == "__main__":
    main()
