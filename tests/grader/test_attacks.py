"""Hostile submissions: none gets full marks, escapes, or keeps the grader from ending.

Each file of `attacks/` is wrong on purpose and says what it tries. They know where the
exercise lies, which is more than a submission knows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.answers import wrong_answer

from .hostile import (
    ATTACKS,
    CLASSES,
    COMMAND,
    HERE,
    LEVELS,
    SOFTMAX,
    TABLE,
    Tried,
    attempt,
    attempt_all,
    class_of,
    orphans_in_the_end,
    table,
)

# One attack that holds says nothing of another that changed: all are tried together.
pytestmark = pytest.mark.kept(inputs=lambda item: [HERE / "attacks", SOFTMAX, TABLE])

IN_CI = bool(os.environ.get("CI"))
linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
contained = pytest.mark.skipif(
    not shutil.which("bwrap") and not IN_CI, reason="bubblewrap is not installed"
)
PRESENT = [
    pytest.param(level, marks=[linux, *([contained] if level != "walls" else [])])
    for level in LEVELS
]
# What limits alone do not hold: such files do what their user may.
OPEN = {
    "changes_files",
    "changes_flags",
    "changes_modes",
    "deletes_files",
    "kills_everything",
    "kills_the_parent",
    "limits_of_the_parent",
    "network_by_datagram",
    "shipped_conftest",
    "signal_by_a_pipe",
    "solution_by_c",
    "solution_by_search",
    "solution_on_disk",
    "subprocess",
}
WRONG = wrong_answer(SOFTMAX, "overflow")  # read before: a pass of the test is kept
HIGH = ["--min-sandbox", "walls", "--max-sandbox", "limits"]
HELD = {
    level: [p.stem for p in ATTACKS if level != "limits" or p.stem not in OPEN]
    for level in LEVELS
}


@pytest.fixture(scope="module", params=PRESENT)
def tried(request: pytest.FixtureRequest) -> Iterator[tuple[str, dict[str, Tried]]]:
    """What came of every attack behind walls of a level; nothing of them is left."""
    sources = {path.stem: path.read_text() for path in ATTACKS}
    yield request.param, attempt_all(sources, request.param)
    assert orphans_in_the_end() == set()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_is_held(tried: tuple[str, dict[str, Tried]], attack: Path) -> None:
    level, found = tried
    if attack.stem in HELD[level]:
        assert found[attack.stem].broken == ()


@pytest.mark.parametrize("level", PRESENT)
def test_a_good_answer_gets_full_marks_and_an_honest_wrong_one_does_not(
    level: str,
) -> None:
    good = attempt((SOFTMAX / "solution.py").read_text(), level)
    assert (good.report["score"], good.report["max"]) == (6, 6)
    assert good.broken == ("full marks", "another exit status")
    wrong = attempt(WRONG, level)
    assert wrong.broken == ()


def test_the_documentation_says_what_is_held() -> None:
    assert TABLE.read_text() == table(HELD), "python -m tests.grader.hostile writes it"


def test_there_are_attacks_of_every_class() -> None:
    assert len(ATTACKS) >= 40
    assert {class_of(path) for path in ATTACKS} == set(CLASSES)


@linux
def test_a_call_that_never_ends_is_ended_in_time_and_shown() -> None:
    report = attempt("def softmax(x):\n    while True:\n        pass\n", "walls").report
    assert {test["status"] for test in report["tests"]} == {"timeout"}
    assert "is there a loop that never ends?" in report["tests"][0]["message"]
    assert report["tests"][0]["line"] in (2, 3)
    # The learner waits once, not once for every test.
    again = "which is what calls get after one that did not end"
    messages = [" ".join(test["message"].split()) for test in report["tests"]]
    assert [again in message for message in messages] == [False] + 5 * [True]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.py", "--min-sandbox", "walls"], "there is no file absent.py"),
        (["absent.py", "--min-sandbox", "moat"], "--min-sandbox is one of"),
        ([str(SOFTMAX / "solution.py"), *HIGH], "'limits', 'walls' was asked for"),
    ],
)
def test_what_cannot_be_graded_ends_with_2_and_a_sentence(
    arguments: list[str], said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments],
        cwd=tmp_path,
        env={**os.environ, "GROUNDUP_EXERCISES": str(SOFTMAX.parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
