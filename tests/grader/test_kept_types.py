"""What an answer returns comes back to it as what it was, and tests see plain data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.grader.exercise import Limits, load
from groundup.grader.grading import grade
from groundup.grader.process import Worker
from groundup.grader.submission import Functions, Submission
from groundup.grader.verdict import show

ROOT = Path(__file__).resolve().parents[2]
ADAMW = load(ROOT / "exercises/transformers/gpt/adamw")
FILE = """
from collections import OrderedDict, defaultdict, namedtuple
from typing import NamedTuple
import numpy as np

class State(NamedTuple):
    mean: np.ndarray
    steps: int = 0

Pair = namedtuple("Pair", "left right")

class Row(list):
    extra = 7

def begin(x):
    return State(x)

def step(state):
    return state._replace(steps=state.steps + 1)

def both(x):
    return x, (State(x, 2), [Pair(1, State(x))])

def left(pair):
    return pair[1][0].left, pair[1][0].right.mean.sum()

def counts():
    found = defaultdict(int)
    found["a"] += 1
    return found

def more(found):
    return found["a"], type(found).__name__

def row():
    return Row([1, 2])

def kind(row):
    return type(row).__name__, getattr(row, "extra", 0), list(row)

def spoil(state):
    state.mean[0] = 9
    return 1

def many():
    return [Pair(i, i) for i in range(20_000)]
"""


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker(Limits(seconds=2.0, megabytes=512))
    yield worker
    worker.stop()


@pytest.fixture
def sol(tmp_path: Path, worker: Worker) -> Functions:
    (tmp_path / "submission.py").write_text(FILE, encoding="utf-8")
    return Functions(Submission(tmp_path / "submission.py", ADAMW, worker))


def test_a_named_tuple_goes_through_many_calls(sol: Functions) -> None:
    state = sol.begin(np.zeros(2))
    for steps in range(1, 4):
        state = sol.step(state)
        assert isinstance(state, tuple) and (len(state), state[1]) == (2, steps)
    assert state == (state[0], 3)
    assert show(state) == "([0. 0.]   shape (2,), 3)"


def test_tuples_within_others_are_kept_too(sol: Functions) -> None:
    whole = sol.both(np.ones(3))
    x, (state, [pair]) = whole
    assert (x.tolist(), state[1], pair[0]) == ([1, 1, 1], 2, 1)
    assert sol.left(whole[1]) == (1, 3.0)
    assert sol.left((None, [pair])) == (1, 3.0)


def test_other_containers_are_kept_as_long_as_nobody_changes_them(
    sol: Functions,
) -> None:
    found = sol.counts()
    assert found == {"a": 1} and isinstance(found, dict)
    assert sol.more(found)[1] == "defaultdict"
    row: Any = sol.row()
    assert (row, sol.kind(row)) == ([1, 2], ("Row", 7, [1, 2]))
    row.append(3)  # a test makes another of it
    assert sol.kind(row) == ("list", 0, [1, 2, 3])


def test_what_is_changed_in_place_is_noticed_in_them(sol: Functions) -> None:
    state = sol.begin(np.zeros(2))
    with pytest.raises(AssertionError, match="changed its input in place"):
        sol.spoil(state)


def test_many_of_them_take_no_time(sol: Functions) -> None:
    assert sol.many()[-1] == (19_999, 19_999)


def test_an_answer_with_a_named_tuple_as_its_state_has_full_marks(
    tmp_path: Path,
) -> None:
    body = ADAMW.solution
    source = f"from typing import NamedTuple\n{body}"
    source += """
class State(NamedTuple):
    parts: tuple

_plain = adamw_step

def adamw_step(theta, gradient, state, *rest, **more):
    theta, after = _plain(theta, gradient, state and state.parts, *rest, **more)
    return theta, State(after)
"""
    (tmp_path / "adamw.py").write_text(source, encoding="utf-8")
    assert grade(ADAMW, tmp_path / "adamw.py", seed=0).passed
