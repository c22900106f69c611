"""An archive with which Gradescope grades, and what runs there.

Gradescope unpacks it into /autograder/source of a container, runs setup.sh once, and
run_autograder for each submission, which lies in /autograder/submission; it reads
/autograder/results/results.json.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

from .absent import expected, unlike
from .answers import answers_in
from .archives import Contents, contents, read_files
from .classroom import packed, verdict
from .exercise import Exercise, load
from .results import TROUBLE, gradescope, note_on

NEEDED = ("numpy", "pytest", "PyYAML")  # distributions; further ones come from tests
EXECUTABLE, FILE = 0o755, 0o644
SETUP = """\
#!/usr/bin/env bash
# Runs once, when the autograder is built: Python 3.11 or newer, in a folder of its own.
set -euo pipefail
source_folder=${AUTOGRADER:-/autograder}/source
venv=${GROUNDUP_VENV:-/opt/groundup}
export DEBIAN_FRONTEND=noninteractive
apt-get update
for version in 3.13 3.12 3.11; do
  apt-get install -y "python$version" "python$version-venv" && break
done
"python$version" -m venv "$venv"
"$venv/bin/python" -m pip install --disable-pip-version-check \\
  -r "$source_folder/requirements.txt" -c "$source_folder/constraints.txt"
"""
RUN = """\
#!/usr/bin/env bash
# Runs for each submission. What submissions run is not root, and sees none of this.
set -uo pipefail
root=${AUTOGRADER:-/autograder}
mkdir -p "$root/results"
chmod 700 "$root/source" "$root/submission" "$root/results"
cd "$root/source"
PYTHONPATH="$root/source/code" PYTHONDONTWRITEBYTECODE=1 \\
  "${GROUNDUP_VENV:-/opt/groundup}/bin/python" -m groundup.grader.gradescope "$root"
"""


def pack(
    out: Path,
    exercises: Mapping[str, Exercise],
    root: Path,
    seed: int | None,
    weakest: str,
) -> None:
    """Write the archive, the same for the same content.

    `root` is the folder of all exercises; beside it may lie constraints.txt.
    """
    files = {"setup.sh": SETUP.encode(), "run_autograder": RUN.encode()}
    places = {id_: f"{e.part}/{e.name}" for id_, e in exercises.items()}
    settings = {"exercises": places, "seed": seed, "weakest": weakest}
    files["settings.json"] = json.dumps(settings).encode()
    for exercise in exercises.values():
        files |= packed(exercise)
    package = Path(__file__).parents[1]
    own = [package / "__init__.py", package / "extras.py"]
    for path in [*own, *sorted(package.glob("grader/*.py"))]:
        name = path.relative_to(package.parent).as_posix()
        files[f"code/{name}"] = path.read_bytes()
    needed = sorted({*NEEDED, *distributions(files)} - {"groundup"})
    files["requirements.txt"] = "\n".join([*needed, ""]).encode()
    constraints = root.parent / "constraints.txt"
    pins = "".join(f"{name}=={metadata.version(name)}\n" for name in needed).encode()
    known = constraints.is_file()
    files["constraints.txt"] = constraints.read_bytes() if known else pins
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)  # of 1980: no date makes two archives differ
            executable = name in ("setup.sh", "run_autograder")
            info.external_attr = (0o100000 | (EXECUTABLE if executable else FILE)) << 16
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


def distributions(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the installed distributions that tests import, as pip names them."""
    known = metadata.packages_distributions()
    for name, content in files.items():
        if Path(name).name.startswith("test_"):
            for node in ast.walk(ast.parse(content)):
                modules = [""]
                if isinstance(node, ast.Import):
                    modules = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom):
                    modules = [node.module or ""]
                for module in modules:
                    yield from known.get(module.partition(".")[0], [])[:1]


def run(root: Path) -> dict[str, Any]:
    """Grade the submission in a folder as Gradescope lays it out."""
    source, start = root / "source", time.monotonic()
    settings = json.loads((source / "settings.json").read_text(encoding="utf-8"))
    exercises = {}
    for id_, place in settings["exercises"].items():
        hidden = source / "hidden" / Path(place).parent
        alone = load(source / "exercise" / place, hidden)
        exercises[id_] = replace(alone, id=id_)
    problem, answers, handed_in = "", {}, Contents()
    try:
        handed_in = contents(read_files(root / "submission"))
        answers = answers_in(handed_in.files, exercises, exercises)
    except Exception as error:
        problem = f"Your submission cannot be read: {error}"
    seed = settings["seed"]
    own = {
        id_: verdict(packed(exercises[id_]), answer.source, seed, settings["weakest"])
        for id_, answer in answers.items()
    }
    for report in own.values():
        if "trouble" in report:
            print(report["trouble"])  # for the instructor: learners do not see it
    if not answers and not problem:
        problem = f"No answer was found: {expected(exercises, handed_in)}."
    notes = [answer.note(id_) for id_, answer in answers.items()]
    if answers:
        missing = [*exercises.keys() - answers]
        notes.append(unlike(missing, handed_in, exercises))
    results = gradescope(
        exercises, own, problem or note_on(own, "\n".join(filter(None, notes)))
    )
    return results | {"execution_time": round(time.monotonic() - start)}


def main() -> None:
    """Write results.json, whatever happens."""
    root = Path(sys.argv[1] if sys.argv[1:] else "/autograder")
    try:
        results = run(root)
    except Exception:
        traceback.print_exc()
        results = {"score": 0, "output": TROUBLE, "stdout_visibility": "hidden"}
    file = root / "results" / "results.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.with_suffix(".new").write_text(json.dumps(results, indent=2) + "\n", "utf-8")
    os.replace(file.with_suffix(".new"), file)


if __name__ == "__main__":
    main()
