"""An answer is executed as Python executes a module."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from groundup.grader.exercise import Limits, load
from groundup.grader.process import Worker
from groundup.grader.submission import Functions, Submission
from groundup.grader.verdict import Verdict

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = load(ROOT / "exercises/transformers/attention/softmax")
WORKS = {
    "a dataclass": """
from dataclasses import dataclass, field
@dataclass(frozen=True)
class Box:
    width: float
    sides: list[float] = field(default_factory=list)
def answer():
    return Box(3.0).width
""",
    "annotations that are evaluated": """
import numpy as np
def f(x: np.ndarray) -> float: ...
def answer():
    return 3.0 if f.__annotations__ == {"x": np.ndarray, "return": float} else 0
""",
    "annotations of the module": """
size: int = 3
def answer():
    return 3.0 if __annotations__ == {"size": int} else 0
""",
    "the module itself": """
import sys
size = 3.0
def answer():
    return sys.modules[__name__].size
""",
    "its own functions, pickled": """
import pickle
def double(x):
    return 2 * x
def answer():
    return pickle.loads(pickle.dumps(double))(1.5)
""",
    "its own source": """
import inspect
def answer():
    return 3.0 if "three" in inspect.getsource(answer) else 0
""",
    "types of annotations": """
import typing
class Box(typing.NamedTuple):
    width: float
def answer():
    return 3.0 if typing.get_type_hints(Box) == {"width": float} else 0
""",
    "its name and place": """
from pathlib import Path
def answer():
    return 3.0 if __name__ != "__main__" and Path(__file__).suffix == ".py" else 0
""",
    "the future, where it is asked for": """
from __future__ import annotations
def f(x: Absent): ...
def answer():
    return 3.0 if f.__annotations__ == {"x": "Absent"} else 0
""",
    "an enumeration and a singledispatch": """
import enum, functools
class Color(enum.Enum):
    RED = 3.0
@functools.singledispatch
def value(x):
    return 0
@value.register
def _(x: Color):
    return x.value
def answer():
    return value(Color.RED)
""",
}


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker(Limits(seconds=5.0, megabytes=256))
    yield worker
    worker.stop()


def run(source: str, folder: Path, worker: Worker) -> Any:
    """Return what `answer()` of a file returns."""
    (folder / "submission.py").write_text(source, encoding="utf-8")
    return Functions(Submission(folder / "submission.py", EXERCISE, worker)).answer()


@pytest.mark.parametrize("name", WORKS)
def test_what_works_in_a_module_works(
    name: str, tmp_path: Path, worker: Worker
) -> None:
    assert run(WORKS[name], tmp_path, worker) == 3.0


@pytest.mark.skipif(
    sys.version_info >= (3, 14),
    reason="this Python evaluates annotations when they are asked for",
)
def test_an_annotation_of_what_is_not_imported_is_an_error(
    tmp_path: Path, worker: Worker
) -> None:
    source = "def answer(x: np.ndarray = None):\n    return 3.0\n"
    with pytest.raises(Verdict, match="NameError: name 'np' is not defined"):
        run(source, tmp_path, worker)


def test_a_file_that_fails_leaves_no_module(tmp_path: Path, worker: Worker) -> None:
    with pytest.raises(Verdict, match="ZeroDivisionError"):
        run("x = 1 / 0", tmp_path, worker)
    source = "import sys\nthere = dict(sys.modules)\n"
    source += "def answer():\n    return there[__name__] is sys.modules[__name__]\n"
    assert run(source, tmp_path, worker) is True
