"""Hostile submissions: none gets full marks, escapes, or keeps the grader from ending.

Each file of `attacks/` is wrong on purpose and says what it tries. They know where the
exercise lies, which is more than a submission knows.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from groundup.grader import worker
from groundup.grader.exercise import load

HERE = Path(__file__).parent
ATTACKS = sorted((HERE / "attacks").glob("*.py"))
SOFTMAX = HERE.parents[1] / "exercises/transformers/attention/softmax"
SECONDS = 1  # what a call may take here
STATUSES = {"pass", "fail", "error", "timeout", "memory", "crash", "forbidden"}
LONGEST = 200_000  # characters of a report
linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
COMMAND = [
    sys.executable,
    "-c",
    "from groundup.grader.cli import main; main()",
    "check",
]


class Field:
    """Where attacks are tried: an exercise, a file to be left alone, a listener."""

    def __init__(self, root: Path, listener: socket.socket) -> None:
        self.root, self.listener = root, listener
        self.exercise = root / "exercises/transformers/attention/softmax"
        self.canary = root / "private/canary.txt"
        self.work = root / "work"

    def submit(self, source: str) -> subprocess.CompletedProcess[str]:
        """Grade a file with the command that learners use, behind the highest walls.

        Behind lower ones nothing is run: these files mean what they say.
        """
        file = self.work / "softmax.py"
        known = {
            "@EXERCISE@": str(self.exercise),
            "@CANARY@": str(self.canary),
            "@PORT@": str(self.listener.getsockname()[1]),
        }
        for name, value in known.items():
            source = source.replace(name, value)
        file.write_text(source)
        return subprocess.run(
            [*COMMAND, "softmax", "--file", str(file), "--json"]
            + ["--min-sandbox", "walls"],
            cwd=self.work,
            env={**os.environ, "GROUNDUP_EXERCISES": str(self.root / "exercises")},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def files(self) -> dict[str, bytes]:
        """Return everything an attack could have changed, caches aside."""
        paths = (p for p in self.root.rglob("*") if p.is_file() or p.is_symlink())
        return {
            str(path): path.read_bytes()
            for path in paths
            if "__pycache__" not in path.parts and path != self.work / "softmax.py"
        }


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Field]:
    """An exercise with a short limit, a canary, and somebody who listens."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        found = Field(tmp_path_factory.mktemp("field"), listener)
        shutil.copytree(SOFTMAX, found.exercise)
        page = found.exercise / "exercise.md"
        page.write_text(page.read_text().replace("seconds: 5", f"seconds: {SECONDS}"))
        assert load(found.exercise).limits.seconds == SECONDS
        found.canary.parent.mkdir()
        found.canary.write_text("untouched")
        found.work.mkdir()
        yield found


def workers() -> set[str]:
    """Return the worker processes of this checkout's grader that are alive."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes()
        except OSError:  # it has just ended
            continue
        if os.fsencode(worker.__file__) in command:
            found.add(folder.name)
    return found


def test_there_are_attacks_of_every_class() -> None:
    classes = {path.read_text().split(":")[0].strip('"') for path in ATTACKS}
    assert len(ATTACKS) >= 40
    assert len(classes) >= 16


@linux
def test_a_good_answer_gets_full_marks(field: Field) -> None:
    done = field.submit((SOFTMAX / "solution.py").read_text())
    report = json.loads(done.stdout)
    assert (done.returncode, report["score"], report["max"]) == (0, 6, 6)


@linux
def test_an_honest_wrong_answer_fails(field: Field) -> None:
    done = field.submit((SOFTMAX / "wrong/overflow.py").read_text())
    report = json.loads(done.stdout)
    assert done.returncode == 1
    assert report["score"] < report["max"]


@linux
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.stem)
def test_an_attack_is_held(field: Field, attack: Path) -> None:
    before, alive = field.files(), workers()
    done = field.submit(attack.read_text())
    assert done.returncode == 1, done.stdout[-2000:] + done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["sandbox"] == "walls"
    assert report["score"] < report["max"]
    assert len(report["tests"]) == 6
    assert {test["status"] for test in report["tests"]} <= STATUSES
    assert report["seconds"] < 6 * (SECONDS + 1.5)
    assert len(done.stdout) + len(done.stderr) < LONGEST
    assert field.files() == before
    assert workers() <= alive
    with pytest.raises(BlockingIOError):
        field.listener.recv(1)


@linux
def test_a_call_that_never_ends_is_ended_in_time(field: Field) -> None:
    done = field.submit("def softmax(x):\n    while True:\n        pass\n")
    report = json.loads(done.stdout)
    assert {test["status"] for test in report["tests"]} == {"timeout"}
    assert "is there a loop that never ends?" in report["tests"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "there is no exercise 'nothing'; there are softmax"),
        (["softmax", "--file", "absent.py"], "there is no file absent.py yet"),
        (["softmax", "--min-sandbox", "moat"], "--min-sandbox is one of"),
    ],
)
def test_what_cannot_be_graded_ends_with_2_and_a_sentence(
    field: Field, arguments: list[str], said: str
) -> None:
    done = subprocess.run(
        [*COMMAND, *arguments, "--json"],
        cwd=field.work,
        env={**os.environ, "GROUNDUP_EXERCISES": str(field.root / "exercises")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
