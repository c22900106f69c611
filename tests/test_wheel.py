"""A wheel in a clean environment: exercises and a working command, no checkout near.

Without extras, whatever needs one says in a sentence how to get it.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from groundup.extras import EXTRAS
from groundup.grader.exercise import load, load_all

ROOT = Path(__file__).resolve().parents[1]
NAME = "attention/softmax"
SOFTMAX = f"transformers/{NAME}"
RIGHT = re.compile(r"/right(/|\.yml$)")
HIDDEN = f"exercises/{SOFTMAX}/test_softmax_hidden.py"
MADE = ("exercises/.pytest_cache/README.md", f"exercises/{SOFTMAX}/.solution.py.swp")
MADE += (f"exercises/{SOFTMAX}/__pycache__/solution.cpython-311.pyc",)
UV = [sys.executable, "-m", "uv", "--quiet"]
GRADER = 'pip install "groundup[grader]"'
# What is typed where no extra is installed, and the command that the answer names.
LACKING = {
    "groundup list": GRADER,
    "groundup --version": GRADER,
    "python -m groundup check softmax": GRADER,
    "python -m groundup.book.one_chapter": 'pip install "groundup[book]"',
    "python -m groundup.book.recorded": 'pip install "groundup[book]"',
}
# Cells that need an extra, run as IPython runs them.
CELLS = {
    "%load_ext groundup.grader.notebook": GRADER,
    "import groundup.datasets\nimport tokenizers": 'pip install "groundup[llm]"',
    "import groundup.peers\nimport torch": 'pip install "groundup[peers]"',
}
EVERY_MODULE = """
import importlib, json, pkgutil, sys
import groundup
from groundup.extras import MissingPackage

found = {}
for module in pkgutil.walk_packages(groundup.__path__, "groundup."):
    try:
        importlib.import_module(module.name)
        found[module.name] = ""
    except MissingPackage as error:
        found[module.name] = str(error)
json.dump(found, sys.stdout)
"""
# An answer that looks for the solution among Python's packages.
THIEF = """
import os, sys

for folder in [*sys.path, {packages!r}]:
    path = os.path.join(folder, "groundup/exercises/{softmax}/solution.py")
    try:
        exec(open(path).read())
    except OSError:
        pass
"""
SEEN = "import os, sys; print(os.listdir(sys.argv[1]))"


def listed() -> list[str]:
    """Return the names of the repository's files, new ones too."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [n for n in done.stdout.split("\0") if n and (ROOT / n).is_file()]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of a copy of the repository in which an instructor keeps a test.

    The copy is in a folder that .gitignore names: a build takes no rule from it then.
    """
    checkout = tmp_path_factory.mktemp("copy") / "work"
    for name in listed():
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    for name in (HIDDEN, *MADE):
        (checkout / name).parent.mkdir(exist_ok=True)
        (checkout / name).write_text("")
    out = tmp_path_factory.mktemp("wheel")
    before = sorted(checkout.rglob("*"))
    subprocess.run(
        [*UV, "build", "--wheel", "--out-dir", str(out)], cwd=checkout, check=True
    )
    assert sorted(checkout.rglob("*")) == before, "the build leaves something behind"
    return next(out.glob("*.whl"))


class Environment:
    """A fresh environment, and a folder far from any checkout to type commands in."""

    def __init__(self, folder: Path) -> None:
        self.home, self.here = folder / "env", folder / "here"
        self.here.mkdir()
        subprocess.run([*UV, "venv", str(self.home)], check=True)
        self.programs = self.home / ("Scripts" if os.name == "nt" else "bin")
        self.packages = next(self.home.rglob("site-packages"))

    def install(self, wanted: str) -> None:
        """Install a package, with the tested versions of all that it needs."""
        where = ["--python", str(self.home), "-c", str(ROOT / "constraints.txt")]
        subprocess.run([*UV, "pip", "install", *where, wanted], check=True)

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run one of its programs."""
        left_out = ("PYTHONPATH", "GROUNDUP_EXERCISES")
        kept = {k: v for k, v in os.environ.items() if k not in left_out}
        return subprocess.run(
            [str(self.programs / program), *words],
            cwd=self.here,
            env={**kept, "PYTHONUTF8": "1", "IPYTHONDIR": str(self.home / "ipython")},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    def cell(self, source: str) -> str:
        """Return what IPython prints for a cell."""
        done = self.run("ipython", "--no-banner", "--colors=NoColor", "-c", source)
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory, wheel: Path) -> Environment:
    """An environment with the wheel alone; later tests install an extra into it."""
    environment = Environment(tmp_path_factory.mktemp("learner"))
    environment.install(str(wheel))
    return environment


@pytest.fixture(scope="module")
def learner(bare: Environment) -> Environment:
    """The same, after the command that its sentence names."""
    bare.install(GRADER.removeprefix("pip install ").strip('"'))
    return bare


def test_the_wheel_holds_the_package_and_the_exercises_without_hidden_tests(
    wheel: Path,
) -> None:
    wanted = {"groundup/_toc.yml"}
    for name in listed():
        if name.startswith("code/groundup/"):
            wanted.add(name.removeprefix("code/"))
        elif name.startswith("exercises/") and not RIGHT.search(name):
            wanted.add(f"groundup/{name}")
    wanted.remove("groundup/exercises/conftest.py")
    with zipfile.ZipFile(wheel) as archive:
        found = {n for n in archive.namelist() if ".dist-info/" not in n}
    assert found == wanted
    # It grows with the chapters that it holds: exercises, listings, recorded figures.
    chapters = len(list((ROOT / "exercises").glob("*/*/")))
    assert wheel.stat().st_size < 140_000 * chapters


@pytest.mark.parametrize("typed", LACKING)
def test_a_command_says_in_a_sentence_what_is_missing(
    bare: Environment, typed: str
) -> None:
    done = bare.run(*typed.split())
    assert (done.returncode, done.stdout) == (2, "")
    said = rf"groundup: the package \w+ is not installed here: {LACKING[typed]}\n"
    assert re.fullmatch(re.sub(r"([\[\]])", r"\\\1", said), done.stderr), done.stderr


@pytest.mark.parametrize("cell", CELLS)
def test_so_does_a_notebook_without_a_traceback(bare: Environment, cell: str) -> None:
    said = bare.cell(cell).strip()
    assert said.startswith("the package ") and said.endswith(CELLS[cell])
    assert "\n" not in said


def test_every_module_is_there_or_says_what_it_needs(bare: Environment) -> None:
    found = json.loads(bare.run("python", "-c", EVERY_MODULE).stdout)
    assert len(found) > 100
    for module, said in found.items():
        room = module.split(".")[1]
        if said:
            # Tools write to the grader's terminal; records compare with peers.
            tools = {"machine": "grader", "ask": "grader", "measured": "peers"}
            extra = tools.get(room, room)
            assert said.endswith(f'pip install "groundup[{extra}]"'), (module, said)
            assert extra in ("book", "grader", "peers"), (module, said)


def test_whoever_asks_whether_a_package_is_there_gets_an_answer(
    bare: Environment,
) -> None:
    ask = "from groundup import peers; print(peers.find_spec('torch'))"
    assert bare.run("python", "-c", ask).stdout == "None\n"


def test_each_package_that_is_imported_is_required_or_comes_with_an_extra(
    bare: Environment,
) -> None:
    imported = set()
    for path in (ROOT / "code/groundup").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                imported.add(node.module)
    names = {name.partition(".")[0] for name in imported} - {"groundup"}
    extra = {name for packages in EXTRAS.values() for name in packages}
    assert [name for name in extra if find_spec(name) is None] == []  # here is all
    extra |= {"_pytest"}  # which comes with pytest
    rest = sorted(names - extra - sys.stdlib_module_names)
    ask = "import importlib.util as u, sys; print([n for n in sys.argv[1:]"
    ask += " if u.find_spec(n) is None])"
    assert bare.run("python", "-c", ask, *rest).stdout == "[]\n"


def test_the_extra_brings_the_exercises_in_the_book_s_order(
    learner: Environment,
) -> None:
    done = learner.run("groundup", "list")
    assert (done.returncode, done.stderr) == (0, "")
    ids = re.findall(r"^    (\w+) .* points", done.stdout, re.MULTILINE)
    assert ids == [exercise.id for exercise in load_all(ROOT / "exercises")]


def test_an_exercise_is_started_graded_and_reset(learner: Environment) -> None:
    folder = ROOT / "exercises" / SOFTMAX
    mine = learner.here / "work/softmax.py"
    assert learner.run("groundup", "start", "softmax").returncode == 0
    assert mine.read_text("utf-8") == (folder / "starter.py").read_text("utf-8")
    [known] = [w for w in load(folder).wrong if w.name == "overflow"]
    mine.write_text(known.source, "utf-8")
    wrong = learner.run("groundup", "check", "softmax")
    assert wrong.returncode == 1 and "of 6 points" in wrong.stdout
    assert known.message.split()[-5:] == wrong.stdout.split("\n\n")[-2].split()[-5:]
    assert "a nudge" in learner.run("groundup", "hint", "softmax").stdout
    mine.write_text((folder / "solution.py").read_text("utf-8"), "utf-8")
    assert learner.run("groundup", "check", "softmax").returncode == 0
    assert "1 of 8" in learner.run("groundup", "progress").stdout
    assert "def softmax" in learner.run("groundup", "solution", "softmax").stdout
    assert learner.run("groundup", "reset", "softmax").returncode == 0


def test_a_new_exercise_is_not_written_among_python_s_packages(
    learner: Environment,
) -> None:
    done = learner.run("groundup", "new", "mine", "--chapter", "algorithms/trees")
    assert done.returncode == 2 and "go to its folder" in done.stderr


def test_a_notebook_grades(learner: Environment) -> None:
    answer = (ROOT / "exercises" / SOFTMAX / "solution.py").read_text("utf-8")
    progress = learner.here / "work/progress.json"
    progress.unlink(missing_ok=True)
    cell = "%load_ext groundup.grader.notebook\nshell = get_ipython()\n"
    cell += f"shell.run_cell_magic('exercise', 'softmax', {answer!r})\n"
    cell += "from groundup.grader import notebook\nimport time\n"
    cell += "while notebook.SERVER.busy: time.sleep(0.1)\n"
    said = learner.cell(cell)
    assert json.loads(progress.read_text())["exercises"][NAME]["best"] == 6, said


def test_a_checkout_goes_before_the_package(learner: Environment) -> None:
    copy = learner.here / "book/exercises" / SOFTMAX
    shutil.copytree(ROOT / "exercises" / SOFTMAX, copy)
    (learner.here / "book/notes").mkdir()
    ask = "import os; os.chdir('book/notes'); from groundup.grader import learner;"
    ask += "print(learner.exercises_folder())"
    said = learner.run("python", "-c", ask).stdout.strip()
    assert Path(said) == learner.here / "book/exercises"


@pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
def test_no_answer_reads_the_solutions_among_python_s_packages(
    learner: Environment,
) -> None:
    packages = str(learner.packages)
    thief = learner.here / "thief.py"
    thief.write_text(THIEF.format(packages=packages, softmax=SOFTMAX))
    check = ["check", "softmax", "--file", "thief.py", "--json"]
    for level, score in (("process", 6), ("walls", 0)):
        done = learner.run("groundup", *check, "--max-sandbox", level)
        report = json.loads(done.stdout)
        assert (report["sandbox"], report["score"]) == (level, score)
    if not shutil.which("bwrap"):
        return
    ask = "import subprocess, sys; from groundup.grader import process as p;"
    ask += "subprocess.run([*p.container(), sys.executable, *sys.argv[1:]])"
    folder = f"{packages}/groundup"
    for place, seen in ((folder, True), (f"{folder}/exercises", False)):
        said = learner.run("python", "-c", ask, "-c", SEEN, place).stdout
        assert ("'" in said) == seen, said
