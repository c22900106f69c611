"""The archive for Gradescope, unpacked and run as Gradescope would run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import gradescope
from groundup.grader.exercise import load

from tests.answers import wrong_answer

from .test_hidden_tests import SECRETS, TELLTALE, TESTS

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ROOT / "exercises"
SOFTMAX = EXERCISES / "transformers/attention/softmax"
GRADIENT = EXERCISES / "algorithms/linear_regression/gradient"
linux = pytest.mark.skipif(sys.platform != "linux", reason="as in Gradescope")
KEYS = {"number", "name", "score", "max_score", "status", "output", "visibility"}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive for two exercises, one with hidden tests."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "hidden/softmax").mkdir(parents=True)
    (folder / "hidden/softmax/test_softmax_hidden.py").write_text(TESTS)
    command = "gradescope --out a.zip --only softmax --only gradient --hidden hidden"
    done = subprocess.run(
        [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
        + [*command.split(), "--seed", "3"],
        env={**os.environ, "GROUNDUP_EXERCISES": str(EXERCISES)},
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "a.zip: softmax, gradient; 16 points\n"
    return folder / "a.zip"


def graded(archive: Path, root: Path, files: dict[str, str]) -> dict[str, Any]:
    """Unpack the archive as Gradescope does, run it on a submission, read results."""
    source, submission = root / "source", root / "submission"
    submission.mkdir(parents=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(source)
    for name, text in files.items():
        (submission / name).parent.mkdir(parents=True, exist_ok=True)
        (submission / name).write_text(text)
    (source / "run_autograder").rename(root / "run_autograder")
    done = subprocess.run(
        ["bash", str(root / "run_autograder")],
        env={
            "PATH": os.environ["PATH"],
            "AUTOGRADER": str(root),
            "GROUNDUP_VENV": sys.prefix,
        },
        cwd="/",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    results: dict[str, Any] = json.loads((root / "results/results.json").read_text())
    return results


@linux
def test_a_submission_gets_its_results(archive: Path, tmp_path: Path) -> None:
    files = {
        "homework/softmax.py": (SOFTMAX / "solution.py").read_text(),
        "gradient.py": wrong_answer(GRADIENT, "missing_two"),
        "conftest.py": "raise SystemExit",
        "notes.txt": "none",
    }
    results = graded(archive, tmp_path, files)
    assert [set(test) for test in results["tests"]] == [KEYS] * len(results["tests"])
    assert sum(test["max_score"] for test in results["tests"]) == 16
    assert results["score"] == sum(test["score"] for test in results["tests"]) >= 10
    assert {test["visibility"] for test in results["tests"]} == {"visible"}
    assert results["stdout_visibility"] == "hidden"
    assert type(results["execution_time"]) is int
    failed = [test for test in results["tests"] if test["status"] == "failed"]
    assert all(test["name"].startswith("gradient: ") for test in failed)
    assert "yours" in failed[0]["output"] and failed[0]["score"] == 0
    assert (tmp_path / "source").stat().st_mode & 0o777 == 0o700


@linux
def test_a_submission_that_tells_all_tells_nothing_hidden(
    archive: Path, tmp_path: Path
) -> None:
    results = graded(archive, tmp_path, {"softmax.py": TELLTALE})
    assert results["score"] == 0
    assert not [secret for secret in SECRETS if secret in json.dumps(results)]
    names = [test["name"] for test in results["tests"]]
    assert "softmax: Unusual scores" in names
    said = {test["output"] for test in results["tests"] if "gradient" in test["name"]}
    assert said == {"gradient.py was not handed in."}


@linux
def test_a_notebook_counts_without_a_tag_and_the_note_says_which_file_did(
    archive: Path, tmp_path: Path
) -> None:
    cells = ["%matplotlib inline", (SOFTMAX / "solution.py").read_text(), "softmax?"]
    made = [{"cell_type": "code", "source": source} for source in cells]
    files = dict.fromkeys(["b/a.ipynb", "a.ipynb"], json.dumps({"cells": made}))
    results = graded(archive, tmp_path, files)
    mine = [t for t in results["tests"] if t["name"].startswith("softmax")]
    assert sum(test["score"] for test in mine) == results["score"] >= 6
    assert results["output"] == "softmax: a.ipynb counts, not b/a.ipynb"


@linux
def test_an_empty_submission_and_a_broken_grader_have_results(
    archive: Path, tmp_path: Path
) -> None:
    results = graded(archive, tmp_path / "one", {"essay.py": "pass"})
    assert results["score"] == 0 and "softmax.py" in results["output"]
    broken = tmp_path / "broken.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("_hidden.py"):
                text = text.replace(b"x = rng", b"x = 1 / 0 or rng")
            new.writestr(name, text)
    good = {"softmax.py": (SOFTMAX / "solution.py").read_text()}
    results = graded(broken, tmp_path / "two", good)
    assert results["score"] == 0
    assert "instructor has been told" in results["tests"][0]["output"]
    assert "ZeroDivision" not in json.dumps(results)


def test_the_archive_has_what_a_fresh_container_needs(archive: Path) -> None:
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        setup, run = (packed.read(n).decode() for n in ("setup.sh", "run_autograder"))
        needed = packed.read("requirements.txt").decode().split()
        pins = packed.read("constraints.txt").decode()
        executable = {
            name: packed.getinfo(name).external_attr >> 16 & 0o111
            for name in ("setup.sh", "run_autograder")
        }
    assert all(executable.values())
    assert setup.startswith("#!/usr/bin/env bash") and run.startswith("#!/usr/bin/env")
    for script in (setup, run):
        checked = subprocess.run(["bash", "-n"], input=script, text=True)
        assert checked.returncode == 0
    assert needed == ["PyYAML", "numpy", "pytest"]
    assert all(f"\n{name}==" in pins for name in needed)
    assert "code/groundup/grader/worker.py" in names
    assert "hidden/transformers/attention/softmax/test_softmax_hidden.py" in names
    assert not [name for name in names if "__pycache__" in name or "r_squared" in name]


@linux
def test_setup_takes_the_newest_python_that_the_container_has(
    archive: Path, tmp_path: Path
) -> None:
    log, bin_ = tmp_path / "log", tmp_path / "bin"
    bin_.mkdir()
    stubs = {
        "apt-get": 'case "$*" in *3.13*) exit 100;; esac',  # as in Ubuntu 24.04
        "python3.12": '[ "$2" = pip ] || (mkdir -p "$3/bin"; cp "$0" "$3/bin/python")',
    }
    for name, does in stubs.items():
        said = f'echo "$(basename "$0") $*" >> {log}'
        (bin_ / name).write_text(f"#!/bin/bash\n{said}\n{does}\n")
        (bin_ / name).chmod(0o755)
    with zipfile.ZipFile(archive) as packed:
        packed.extract("setup.sh", tmp_path / "source")
    done = subprocess.run(
        ["/bin/bash", str(tmp_path / "source/setup.sh")],
        env={
            "PATH": f"{bin_}:/usr/bin:/bin",
            "AUTOGRADER": str(tmp_path),
            "GROUNDUP_VENV": str(tmp_path / "venv"),
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    source = tmp_path / "source"
    assert log.read_text().splitlines() == [
        "apt-get update",
        "apt-get install -y python3.13 python3.13-venv",
        "apt-get install -y python3.12 python3.12-venv",
        f"python3.12 -m venv {tmp_path}/venv",
        "python -m pip install --disable-pip-version-check"
        f" -r {source}/requirements.txt -c {source}/constraints.txt",
    ]


def test_the_grader_needs_no_other_package_than_those(archive: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[1] + '/code');"
        "import groundup.grader.gradescope, groundup.grader.plugin;"
        "print(*sorted({m.partition('.')[0] for m in sys.modules}))"
    )
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(archive.parent / "source")
    done = subprocess.run(
        [sys.executable, "-I", "-c", program, str(archive.parent / "source")],
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"typer", "rich", "watchfiles", "sklearn", "matplotlib"}


def test_two_archives_of_the_same_are_the_same(tmp_path: Path) -> None:
    exercises = {"gradient": load(GRADIENT)}
    for name in ("a.zip", "b.zip"):
        gradescope.pack(tmp_path / name, exercises, EXERCISES, None, "limits")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_package_that_a_test_imports_is_installed_there() -> None:
    files = {"exercise/a/b/c/test_c.py": b"import scipy.linalg\nfrom numpy import pi\n"}
    files["code/other.py"] = b"import sklearn"
    assert set(gradescope.distributions(files)) == {"scipy", "numpy"}


@linux
def test_a_file_that_does_not_count_is_named_beside_the_one_expected(
    archive: Path, tmp_path: Path
) -> None:
    answer = (SOFTMAX / "solution.py").read_text()
    files = {"softmax-1.py": answer, "gradient_final.py": "", "notes.txt": ""}
    results = graded(archive, tmp_path / "one", files)
    assert results["score"] >= 6
    assert results["output"].splitlines() == [
        "softmax: softmax-1.py counts (softmax.py was expected)",
        "gradient: gradient_final.py does not count (gradient.py was expected)",
    ]
    results = graded(archive, tmp_path / "two", {"my softmax.py": answer})
    assert results["output"] == (
        "No answer was found: expected softmax.py, gradient.py or a notebook that"
        " defines what is asked for, found my softmax.py."
    )
