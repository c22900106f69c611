"""The house: four places for a topic, who may import whom, what every function has."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from groundup.book.cards import docnames
from groundup.book.library import imports
from groundup.book.road import read_coming
from groundup.parts import PARTS as NAMES

from tests.machine import digest
from tests.passes import folder

ROOT = Path(__file__).resolve().parents[1]
PARTS = tuple(NAMES)
NUMPY_ONLY = PARTS[:5]
PEERS = ("accelerate", "peft", "scipy", "sklearn", "tokenizers", "torch")
PEERS += ("transformers",)
# Parameters, tags, validation, warnings: not taught.
ALLOWED = ("sklearn.base", "sklearn.exceptions", "sklearn.utils")
# What parts stand on, beside earlier parts; it stands on nothing above.
GROUND_FLOOR = ("formulas", "datasets", "pretrained", "validation", "threads", "extras")
FOUNDATION = (*GROUND_FLOOR, "bodies", "carried", "carriers", "figures")
UPSTAIRS = {*PARTS, "widgets", "book", "grader", "machine", "ask"}
DRAWERS = ("utils", "helpers", "misc", "common")


def topics(root: Path) -> list[str]:
    """Return the topics in the contents, as `part/topic`."""
    names = (n.removeprefix("chapters/") for n in docnames(root))
    return [name for name in names if name.split("/")[0] in PARTS]


def coming(root: Path) -> set[str]:
    """Return the topics whose chapter is announced and not yet there."""
    return {chapter.topic for chapter in read_coming(root)}


def places(topic: str) -> dict[str, list[str]]:
    """Return the four places of a topic; a library topic may be a file or a folder."""
    part, name = topic.split("/")
    return {
        "chapter": [f"chapters/{topic}.md"],
        "code": [f"code/groundup/{topic}.py", f"code/groundup/{topic}/__init__.py"],
        "exercises": [f"exercises/{topic}"],
        "tests": [f"tests/{part}/test_{name}.py"],
    }


def missing_places(root: Path) -> list[str]:
    """Return a sentence for each place that a topic of the contents lacks."""
    return [
        f"{topic} has no {kind}: {paths[0]} is missing"
        for topic in topics(root)
        for kind, paths in places(topic).items()
        if not any((root / path).exists() for path in paths)
    ]


def homeless(root: Path) -> list[str]:
    """Return code, exercises and chapters of no topic that is in the contents."""
    known = {*topics(root), *coming(root)}
    found: set[str] = set()
    for part in PARTS:
        chapters = (root / "chapters" / part).glob("*.md")
        code = (root / "code/groundup" / part).glob("[!_]*")
        found |= {f"{part}/{path.stem}" for path in (*chapters, *code)}
        found |= {
            f"{part}/{path.name}" for path in (root / "exercises" / part).glob("*")
        }
    ignored = ("__pycache__", ".pytest_cache")
    return sorted(t for t in found - known if not t.endswith(ignored))


def modules(root: Path) -> Iterator[tuple[str, Path]]:
    """Yield the room (`algorithms`, `book`, …) and the file of every module."""
    base = root / "code/groundup"
    for path in sorted(base.rglob("*.py")):
        yield path.relative_to(base).parts[0].removesuffix(".py"), path


def forbidden_imports(root: Path) -> list[str]:
    """Return a sentence for each import that the rules of the house forbid."""
    return [
        f"{path.relative_to(root)} imports {name}"
        for room, path in modules(root)
        for name in imported(path, root)
        if not may_import(room, name)
    ]


def imported(path: Path, root: Path) -> set[str]:
    """Return all modules that a file imports, inside the library and outside."""
    source = path.read_text(encoding="utf-8")
    package = ".".join(path.parent.relative_to(root / "code").parts)
    found = set(imports(source, package))
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module)
    return found


def may_import(room: str, name: str) -> bool:
    """Tell whether code in a room of the house may import a module."""
    top, *rest = name.split(".")
    if top in PEERS:
        return room not in NUMPY_ONLY or name.startswith(ALLOWED)
    if top != "groundup" or not rest:
        return True
    if rest[0] == "ask":  # a tool, for its command alone
        return room in {"ask", "__main__"}
    if rest[0] == "machine":  # it puts parts and a reader's answers together
        return room in {"machine", "ask", "__main__"}
    if room in PARTS:
        earlier = PARTS[: PARTS.index(room) + 1]
        return rest[0] in {*earlier, *GROUND_FLOOR}
    if room in FOUNDATION:
        return rest[0] not in UPSTAIRS
    return not (room in {"book", "grader"} and rest[0] in PARTS)


def undocumented(root: Path) -> list[str]:
    """Return the public functions and classes without docstring or types."""
    found = []
    for _, path in modules(root):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if not ast.get_docstring(tree):
            found.append(f"{path.relative_to(root)} has no docstring")
        for node in public(tree):
            shown = f"{path.relative_to(root)}: {node.name}"
            if not ast.get_docstring(node):
                found.append(f"{shown} has no docstring")
            if isinstance(node, ast.FunctionDef) and not typed(node):
                found.append(f"{shown} lacks types")
    return found


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """Yield public classes, functions and methods."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    for node in tree.body:
        if isinstance(node, kinds) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from (
                    inner
                    for inner in node.body
                    if isinstance(inner, ast.FunctionDef)
                    and not inner.name.startswith("_")
                )


def typed(node: ast.FunctionDef) -> bool:
    """Tell whether every argument and the result have a type."""
    arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    own = [a for a in arguments if a.arg not in {"self", "cls"}]
    return node.returns is not None and all(a.annotation for a in own)


def drawers(root: Path) -> list[str]:
    """Return modules named after nothing in particular."""
    return [
        str(path.relative_to(root)) for _, path in modules(root) if path.stem in DRAWERS
    ]


CHECKS: list[Callable[[Path], list[str]]] = [
    missing_places,
    homeless,
    forbidden_imports,
    undocumented,
    drawers,
]


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: c.__name__)
def test_the_house_is_in_order(check: Callable[[Path], list[str]]) -> None:
    assert check(ROOT) == []


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house of one topic in which everything is in order."""
    files = {
        "_toc.yml": "format: jb-book\nroot: index\nchapters:\n"
        "- file: chapters/algorithms/trees\n",
        "chapters/coming.yml": "- {topic: networks/mlp, title: M, question: Q,"
        " prerequisites: [], minutes: 60, difficulty: 1}\n",
        "index.md": "# Book\n",
        "chapters/algorithms/trees.md": "# Trees\n",
        "code/groundup/algorithms/trees.py": '"""Trees."""\n\nimport numpy\n',
        "exercises/algorithms/trees/split/exercise.md": "",
        "exercises/networks/mlp/spiral/exercise.md": "",
        "tests/algorithms/test_trees.py": "",
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert [problem for check in CHECKS for problem in check(tmp_path)] == []
    return tmp_path


@pytest.mark.parametrize(
    ("removed", "kind"),
    [
        ("chapters/algorithms/trees.md", "chapter"),
        ("code/groundup/algorithms/trees.py", "code"),
        ("exercises/algorithms/trees/split/exercise.md", "exercises"),
        ("tests/algorithms/test_trees.py", "tests"),
    ],
)
def test_a_missing_place_is_named(house: Path, removed: str, kind: str) -> None:
    path = house / removed
    path.unlink()
    if kind == "exercises":
        path.parent.rmdir()
        path.parent.parent.rmdir()
    (problem,) = missing_places(house)
    assert problem.startswith(f"algorithms/trees has no {kind}: ")


@pytest.mark.parametrize(
    ("name", "text", "check", "problem"),
    [
        (
            "code/groundup/algorithms/forests.py",
            '"""F."""',
            homeless,
            "algorithms/forests",
        ),
        (
            "code/groundup/algorithms/trees.py",
            "from groundup.networks import mlp",
            forbidden_imports,
            "imports groundup.networks",
        ),
        (
            "code/groundup/datasets/forest.py",
            "from groundup.algorithms import trees",
            forbidden_imports,
            "imports groundup.algorithms",
        ),
        (
            "code/groundup/formulas/printed.py",
            "from ..book import pages",
            forbidden_imports,
            "imports groundup.book",
        ),
        (
            "code/groundup/grader/talking.py",
            "from ..machine import chat",
            forbidden_imports,
            "imports groundup.machine",
        ),
        (
            "code/groundup/algorithms/trees.py",
            "from ..figures import panel",
            forbidden_imports,
            "imports groundup.figures",
        ),
        (
            "code/groundup/algorithms/trees.py",
            "from ..widgets import Explorable",
            forbidden_imports,
            "imports groundup.widgets",
        ),
        (
            "code/groundup/algorithms/trees.py",
            "from sklearn.tree import DecisionTreeClassifier",
            forbidden_imports,
            "imports sklearn.tree",
        ),
        (
            "code/groundup/book/page.py",
            "import groundup.algorithms.trees",
            forbidden_imports,
            "imports groundup.algorithms.trees",
        ),
        (
            "code/groundup/algorithms/trees.py",
            '"""T."""\ndef f(x):\n    """F."""\n',
            undocumented,
            "f lacks types",
        ),
        (
            "code/groundup/algorithms/trees.py",
            '"""T."""\nclass C:\n    pass\n',
            undocumented,
            "C has no docstring",
        ),
        ("code/groundup/book/utils.py", '"""U."""', drawers, "utils.py"),
    ],
)
def test_a_planted_violation_is_found(
    house: Path,
    name: str,
    text: str,
    check: Callable[[Path], list[str]],
    problem: str,
) -> None:
    path = house / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    assert any(problem in found for found in check(house)), check(house)


def test_python_s_own_module_code_is_not_shadowed() -> None:
    assert not (ROOT / "code/__init__.py").exists()
    shown = subprocess.run(
        [sys.executable, "-c", "import code; print(code.__file__)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert not shown.stdout.startswith(str(ROOT))
    assert shown.stdout.strip().endswith("code.py")


def caches() -> dict[str, str]:
    """Return the variables with which mypy and ruff read only what changed.

    What they remember lies outside, for clones of the same place; two checkouts that
    are worked on side by side have one each.
    """
    if os.environ.get("GROUNDUP_PROVE_ALL") == "1":
        return {"MYPY_CACHE_DIR": os.devnull, "RUFF_NO_CACHE": "true"}
    here = folder(f"checkout-{digest([ROOT])[:12]}")
    return {"MYPY_CACHE_DIR": f"{here}/mypy", "RUFF_CACHE_DIR": f"{here}/ruff"}


def test_tools_remember_outside_of_the_checkout_unless_all_is_proved(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GROUNDUP_PROVE_ALL", raising=False)
    monkeypatch.setenv("GROUNDUP_KEPT", str(tmp_path))
    assert all(Path(place).is_relative_to(tmp_path) for place in caches().values())
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    assert caches() == {"MYPY_CACHE_DIR": os.devnull, "RUFF_NO_CACHE": "true"}


@pytest.mark.parametrize(
    "command",
    [
        ["mypy"],
        ["ruff", "check", "--quiet", "."],
        ["ruff", "format", "--check", "--quiet", "."],
    ],
    ids=["mypy", "ruff check", "ruff format"],
)
def test_the_code_is_typed_and_in_one_style(command: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env={**os.environ, **caches()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
