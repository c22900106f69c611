"""Passes are kept by content: with one byte changed, the check runs again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import machine
from tests.inputs import behind, imports
from tests.kept import Kept
from tests.passes import DAYS, Check, clear_out

ROOT = Path(__file__).resolve().parents[1]
OWN = ("tests/kept.py", "tests/inputs.py", "tests/machine.py", "tests/passes.py")
# A small checkout: a library, tests, and a thing that a test declares.
TREE = {
    "pyproject.toml": '[tool.pytest.ini_options]\ntestpaths = ["tests"]\n',
    "code/groundup/pond/__init__.py": "from .fish import fish\n"
    "from .bird import bird\n",
    "code/groundup/pond/fish.py": "from .water import depth\n\n"
    "def fish():\n    from groundup.late import late\n    return depth() + late()\n",
    "code/groundup/pond/water.py": "def depth():\n    return 1\n",
    "code/groundup/pond/water.txt": "clear\n",
    "code/groundup/pond/bird.py": "def bird():\n    return 2\n",
    "code/groundup/late.py": "def late():\n    return 1\n",
    "things/one/solution.py": "1\n",
    "things/two/solution.py": "2\n",
    "other.txt": "not declared\n",
    "tests/__init__.py": "",
    "tests/helper.py": "def double(x):\n    return 2 * x\n",
    "tests/conftest.py": """
from tests.kept import Kept

def pytest_configure(config):
    config.addinivalue_line("markers", "kept(inputs): kept")
    config.pluginmanager.register(Kept(config.rootpath))
""",
    "tests/test_pond.py": """
import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from groundup.pond import fish

from .helper import double

ROOT = Path(__file__).parents[1]

def named(item):
    return [ROOT / "things" / item.callspec.id]

@pytest.mark.kept(inputs=named)
@pytest.mark.parametrize("name", ["one", "two"])
def test_a_thing(name, ran):
    assert int((ROOT / "things" / name / "solution.py").read_text()) > 0
    assert double(fish()) == 4
    if os.environ.get("STRAY"):
        (ROOT / "other.txt").read_text()
    if os.environ.get("FAIL") == name:
        assert False

@pytest.fixture
def ran(request):
    with open(os.environ["LOG"], "a") as file:
        file.write(request.node.callspec.id + " ")
""",
}


class Tree:
    """The small checkout, and what its tests do."""

    def __init__(self, root: Path) -> None:
        self.root, self.log, self.passes = root / "tree", root / "log", root / "kept"
        for name, text in TREE.items():
            self.path(name).parent.mkdir(parents=True, exist_ok=True)
            self.path(name).write_text(text)
        for name in OWN:
            shutil.copy(ROOT / name, self.path(name))
        for name in ("__init__.py", "extras.py", "book"):
            copy = shutil.copytree if name == "book" else shutil.copy
            source = ROOT / "code/groundup" / name
            copy(source, self.path("code/groundup") / name)
        self.said = ""

    def path(self, name: str) -> Path:
        """Return a file of the checkout."""
        return self.root / name

    def ran(self, **variables: str) -> list[str]:
        """Run the tests, and return those that did something."""
        self.log.write_text("")
        plain = {k: v for k, v in os.environ.items() if not k.startswith("GROUNDUP_")}
        done = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider"],
            cwd=self.root,
            env={
                **plain,
                "GROUNDUP_KEPT": str(self.passes),
                "LOG": str(self.log),
                "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
                "PYTHONPATH": str(self.root / "code"),
                **variables,
            },
            capture_output=True,
            text=True,
            check=False,
        )
        self.said = done.stdout + done.stderr
        assert done.returncode in (0, 1), self.said
        return self.log.read_text().split()

    def entries(self) -> list[Path]:
        """Return what is kept."""
        return [path for path in self.passes.rglob("*") if path.is_file()]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """A checkout whose passes are kept."""
    made = Tree(tmp_path_factory.mktemp("kept"))
    assert made.ran() == ["one", "two"]
    assert made.ran() == []
    assert "2 kept" in made.said and "2 checks held before" in made.said
    return made


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("things/one/solution.py", ["one"]),
        ("things/two/solution.py", ["two"]),
        ("tests/test_pond.py", ["one", "two"]),
        ("tests/helper.py", ["one", "two"]),
        ("tests/conftest.py", ["one", "two"]),
        ("tests/kept.py", ["one", "two"]),
        ("code/groundup/pond/__init__.py", ["one", "two"]),
        ("code/groundup/pond/fish.py", ["one", "two"]),
        ("code/groundup/pond/water.py", ["one", "two"]),  # fish imports it
        ("code/groundup/pond/water.txt", ["one", "two"]),  # it lies beside
        ("code/groundup/late.py", ["one", "two"]),  # imported within a function
        ("code/groundup/pond/bird.py", []),  # of the package this name is not asked
        ("other.txt", []),
    ],
)
def test_one_byte_more_and_the_check_runs_again(
    tree: Tree, name: str, again: list[str]
) -> None:
    path = tree.path(name)
    whole = path.read_text()
    path.write_text(whole + "\n")
    assert tree.ran() == again
    path.write_text(whole)  # what held before is still kept, as the next ones see


@pytest.mark.parametrize("name", ["things/one/wrong.py", "conftest.py"])
def test_a_file_more_and_the_check_runs_again(tree: Tree, name: str) -> None:
    tree.path(name).write_text("")
    assert "one" in tree.ran()
    tree.path(name).unlink()
    assert tree.ran() == []


def test_settings_and_variables_count(tree: Tree) -> None:
    settings = tree.path("pyproject.toml")
    whole = settings.read_text()
    settings.write_text(whole + 'addopts = ["-ra"]\n')
    assert tree.ran() == ["one", "two"]
    settings.write_text(whole)
    assert tree.ran(OMP_NUM_THREADS="3") == ["one", "two"]
    assert tree.ran() == []


def test_everything_runs_where_it_is_asked_for_and_luck_is_told(tree: Tree) -> None:
    prove = {"GROUNDUP_PROVE_ALL": "1"}
    assert tree.ran(**prove) == ["one", "two"]
    assert tree.ran(**prove, FAIL="one") == ["one", "two"]
    assert "one of the two was luck" in tree.said
    assert tree.ran() == ["one"]  # it was taken back
    assert tree.ran() == []


def test_a_failure_is_not_kept_nor_a_pass_that_shares_its_inputs(
    tmp_path: Path,
) -> None:
    tree = Tree(tmp_path)
    assert tree.ran(FAIL="one") == ["one", "two"]
    assert tree.ran(FAIL="one") == ["one"]
    assert len(tree.entries()) == 1
    test = tree.path("tests/test_pond.py")
    test.write_text(test.read_text().replace("/ item.callspec.id]", "]"))
    assert tree.ran(FAIL="one") == ["one", "two"]
    assert tree.ran(FAIL="one") == ["one", "two"]


def test_a_pass_that_read_what_is_not_declared_is_not_kept(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    assert tree.ran(STRAY="1") == ["one", "two"]
    assert "not kept, as it read other.txt" in tree.said
    assert tree.ran() == ["one", "two"]


def test_what_changes_while_the_tests_run_is_not_kept(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    change = '\n    (ROOT / "code/groundup/late.py").touch()\n'
    test = tree.path("tests/test_pond.py")
    test.write_text(
        test.read_text().replace("assert double", f"{change}    assert double")
    )
    assert tree.ran() == ["one", "two"]
    assert tree.entries() == []


@pytest.mark.parametrize("damage", ["", "{", "half", "a byte"])
def test_a_damaged_entry_is_ignored_and_written_anew(tree: Tree, damage: str) -> None:
    for path in tree.entries():  # every one of that test: there may be several
        if '[one]"' in (text := path.read_text()):
            half, byte = text[: len(text) // 2], text.replace('s": 0', 's": 9')
            path.write_text({"half": half, "a byte": byte}.get(damage, damage))
    assert tree.ran() == ["one"]
    assert tree.ran() == []


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    tree = Tree(tmp_path)
    tree.passes.write_text("a file, no folder")
    assert tree.ran() == tree.ran() == ["one", "two"]
    assert "2 passed" in tree.said


def test_what_nobody_asked_for_is_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROUNDUP_KEPT", str(tmp_path))
    old, new = (Check(test, frozenset(), "inputs") for test in ("old", "new"))
    for check in (old, new):
        check.keep()
    long_ago = time.time() - (DAYS + 1) * 24 * 3600
    os.utime(old.entry, (long_ago, long_ago))
    clear_out()
    assert (old.kept(), new.kept()) == (None, 0.0)


# ---- what no file of the checkout says


@pytest.mark.parametrize(
    "name", ["linear_algebra", "packages", "sandbox", "variables", "settings"]
)
def test_the_machine_is_an_input(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = machine.machine.__wrapped__(ROOT)
    assert machine.machine.__wrapped__(ROOT) == before
    monkeypatch.setattr(machine, name, lambda *root: ["another"])
    assert machine.machine.__wrapped__(ROOT) != before


@pytest.mark.parametrize(("place", "name"), [("sys", "version"), ("os", "cpu_count")])
def test_python_and_processors_are_inputs(
    place: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = machine.machine.__wrapped__(ROOT)
    other = {"version": "4.0", "cpu_count": lambda: 99}[name]
    monkeypatch.setattr(f"tests.machine.{place}.{name}", other)
    assert machine.machine.__wrapped__(ROOT) != before


def test_of_a_package_version_and_weights_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    about = tmp_path / "weights-1.dist-info"
    about.mkdir()
    seen = set()
    for version, hashed in [("1", "abc"), ("2", "abc"), ("2", "abd")]:
        (about / "METADATA").write_text(f"Name: weights\nVersion: {version}\n")
        (about / "RECORD").write_text(f"weights/model.gguf,sha256={hashed},9\n")
        [found] = [each for each in machine.packages() if each[0] == "weights"]
        seen.add(found)
    assert len(seen) == 3


def test_the_browser_is_an_input_of_its_tests_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = tmp_path / "browser"
    monkeypatch.setattr("tests.kept.browser", machine.browser.__wrapped__)
    with_browser, without = set(), set()
    for version in ("1", "2"):
        command.write_text(f"#!/bin/sh\necho {version}\n")
        command.chmod(0o755)
        kept = Kept(ROOT, str(command))
        with_browser.add(kept.check(item("browser", "tmp_path")).digest)
        without.add(kept.check(item("tmp_path")).digest)
    assert (len(with_browser), len(without)) == (2, 1)


def item(*fixtures: str) -> Any:
    """Return a test that asks for these fixtures."""
    return SimpleNamespace(
        path=Path(__file__),
        nodeid="tests/test_kept.py::test",
        fixturenames=fixtures,
        iter_markers=lambda name: [],
    )


# ---- what the tests of the book declare


def test_the_grader_is_an_input_as_a_whole() -> None:
    found = behind(ROOT, [ROOT / "tests/exercises/test_every_mutant.py"])
    assert {*(ROOT / "code/groundup/grader").glob("*.py")} <= found


def test_an_explorable_has_its_scripts_among_its_inputs_and_no_other_s() -> None:
    found = behind(ROOT, [ROOT / "tests/widgets/test_journey.py"])
    names = {path.relative_to(ROOT).as_posix() for path in found}
    widgets = "code/groundup/widgets"
    assert f"{widgets}/journey/network.js" in names and f"{widgets}/host.js" in names
    assert not [name for name in names if name.startswith(f"{widgets}/merges")]


def test_what_python_cannot_read_imports_nothing() -> None:
    for text in ("import groundup +", "x = " + "(" * 10_000, "\0"):
        assert list(imports(text, "")) == []


def test_an_entry_is_another_for_another_test_or_other_inputs() -> None:
    checks = [Check(test, frozenset(), d) for test in "ab" for d in ("c", "d")]
    assert len({check.entry for check in checks}) == 4
