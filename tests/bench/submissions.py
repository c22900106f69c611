"""How many submissions a minute: `python -m tests.bench.submissions`, several minutes.

First honest answers alone, right and wrong; then a large class with some that never
end and some that crash, where the run is killed in the middle and started again.
"""

from __future__ import annotations

import argparse
import csv
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from groundup.grader.exercise import load

from .measure import Figure

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
SOFTMAX = EXERCISES / "transformers/attention/softmax"
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
AIM = 120  # honest submissions a minute on two processors
GOOD = (SOFTMAX / "solution.py").read_text("utf-8")
ENDLESS = "def softmax(x):\n    while True:\n        pass\n"
CRASH = "import os\n\n\ndef softmax(x):\n    os.abort()\n"


def sources(count: int, odd: bool) -> dict[str, tuple[str, int | None]]:
    """Return answers by student, all different, with the score if it is known.

    Of fifty, one never ends and two crash, if `odd`; a third of the others is wrong.
    """
    wrong = [answer.source for answer in load(SOFTMAX).wrong]
    made: dict[str, tuple[str, int | None]] = {}
    for number in range(count):
        source, score = (GOOD, 6)
        if odd and number % 50 in (7, 23, 41):
            source, score = (ENDLESS if number % 50 == 7 else CRASH), 0
        elif number % 3 == 0:
            source, score = wrong[number // 3 % len(wrong)], None
        made[f"s{number:04}"] = (f"{source}# {number}\n", score)
    return made


def write(folder: Path, answers: dict[str, tuple[str, int | None]]) -> None:
    """Write a class: a folder a student."""
    for student, (source, _) in answers.items():
        (folder / student).mkdir(parents=True)
        (folder / student / "softmax.py").write_text(source, "utf-8")


def start(folder: Path, out: Path, jobs: int) -> subprocess.Popen[bytes]:
    """Start to grade a class."""
    return subprocess.Popen(
        [*COMMAND, "grade", str(folder), "--only", "softmax", "--out", str(out)]
        + ["--jobs", str(jobs)],
        env={**os.environ, "GROUNDUP_EXERCISES": str(EXERCISES)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def kept(out: Path) -> dict[str, int]:
    """Return the verdicts that are kept, and when each was written."""
    files = (out / "verdicts").glob("softmax-*.json")
    return {path.name: path.stat().st_mtime_ns for path in files}


def timed(folder: Path, out: Path, jobs: int) -> float:
    """Return how many seconds it takes to grade a class."""
    begin = time.perf_counter()
    if code := start(folder, out, jobs).wait():
        raise SystemExit(f"groundup grade ended with status {code}")
    return time.perf_counter() - begin


def killed(folder: Path, out: Path, jobs: int, share: int) -> tuple[float, int]:
    """Grade a class in two runs, the first of them killed; returns seconds, verdicts.

    Raises AssertionError where the second run grades again what the first has kept.
    """
    begin = time.perf_counter()
    running = start(folder, out, jobs)
    while len(kept(out)) < share and running.poll() is None:
        time.sleep(0.05)
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    before = kept(out)
    seconds = time.perf_counter() - begin + timed(folder, out, jobs)
    after = kept(out)
    assert {name: after[name] for name in before} == before
    return seconds, len(before)


def check(out: Path, answers: dict[str, tuple[str, int | None]]) -> None:
    """Raise AssertionError unless everybody is graded once and as is right."""
    with (out / "gradebook.csv").open(newline="", encoding="utf-8") as file:
        book = {row["student"]: row["softmax"] for row in csv.DictReader(file)}
    assert set(book) == set(answers) and len(kept(out)) == len(answers)
    for student, (_, score) in answers.items():
        right = (
            book[student] == str(score) if score is not None else book[student] < "6"
        )
        assert right, f"{student} has {book[student]}, expected {score}"


def honest_one() -> float:
    """Return the seconds that a submission takes, of 60 honest ones on two jobs."""
    with tempfile.TemporaryDirectory() as scratch:
        folder, out = Path(scratch, "class"), Path(scratch, "grades")
        answers = sources(60, odd=False)
        write(folder, answers)
        seconds = timed(folder, out, jobs=2)
        check(out, answers)
    return seconds / len(answers)


FIGURES = [
    Figure("a submission of a class, on two processors", "s", 60 / AIM, honest_one),
]


def main() -> None:
    """Measure, check and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--honest", type=int, default=200)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    loaded = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        for name, count, odd in [
            ("honest", options.honest, False),
            ("mixed", options.count, True),
        ]:
            folder, out = Path(scratch, name), Path(scratch, f"{name} grades")
            answers = sources(count, odd)
            write(folder, answers)
            if odd:
                seconds, before = killed(folder, out, options.jobs, count // 2)
                what = f"killed after {before} and started again, nothing graded twice"
            else:
                seconds = timed(folder, out, options.jobs)
                reached = 60 * count / seconds >= AIM
                what = f"aim {AIM}: {'reached' if reached else 'NOT REACHED'}"
            check(out, answers)
            print(
                f"{name}: {count} submissions on {options.jobs} processes in"
                f" {seconds:.0f} s, {60 * count / seconds:.0f} a minute; {what}"
                f" (load average at the start {loaded:.1f})",
                flush=True,
            )


if __name__ == "__main__":
    main()
