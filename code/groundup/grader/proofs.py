"""What is proved about every exercise: its solution, its starter, its wrong answers.

Each function returns sentences, one for each thing that is wrong; none is good.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import grading
from .exercise import Exercise, WrongAnswer
from .exercise_kinds import ExerciseKind
from .mutants import listed_survivors, mutants, unexplained
from .notes import changed
from .texts import text_problems
from .tried import kind_problems

FEWEST_WRONG_ANSWERS = 5
FEWEST_MISTAKES = 3  # by hand
FEWEST_RIGHT_ANSWERS = 2  # in other styles than the solution's
MOST_BROKEN_LINES = 6  # of a file to be mended
LARGEST_SHARE = 0.1  # of the mutants that may survive
SEEDS = 2  # on which a mutant has to pass to have survived
# Whose solutions compute something for any input.
MUTATED = {ExerciseKind.FUNCTION, ExerciseKind.BUG, ExerciseKind.PREDICT}
PLACES_OF_THE_GRADER = ("Traceback", "groundup/grader", "exercises/conftest")


@dataclass(frozen=True)
class Result:
    """A test's result: its function, with which parameters, and what it said.

    `verdict` is what grading makes its report of.
    """

    test: str
    parameters: str
    passed: bool
    text: str
    verdict: dict[str, Any] = field(default_factory=dict)


class Results(grading.Recorder):
    """A pytest plugin that keeps the result of every test, each seed's by itself."""

    def __init__(self) -> None:
        super().__init__(lambda verdict: None)
        self.results: list[Result] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep a test's result, and what the grader's own code did wrong."""
        super().pytest_runtest_logreport(report)
        said = dict(report.user_properties).get("verdict")
        if report.when == "call" and said:
            test, _, parameters = report.nodeid.rpartition("::")[2].partition("[")
            passed, text = report.passed, str(report.longrepr or "")
            kept = Result(test, parameters.rstrip("]"), passed, text, json.loads(said))
            self.results.append(kept)


def grade(exercise: Exercise, source: str, seeds: int) -> list[Result]:
    """Return the results of an answer of our own, with as many seeds.

    The process in which it ran serves the next one. Raises GraderError where a test of
    the exercise is broken.
    """
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, f"{exercise.folder.name}.py")
        file.write_text(source, encoding="utf-8")
        if exercise.kind is ExerciseKind.BY_HAND:
            return on_paper(exercise, file)
        kept = Results()
        grading.run_tests(exercise, file, kept, [f"--seeds={seeds}", "--reuse"])
        return kept.results


def on_paper(exercise: Exercise, file: Path) -> list[Result]:
    """Return the results of a file that answers what is done by hand."""
    found = grading.by_hand_verdicts(exercise, file, 0)
    return [
        Result(test, "", verdict["passed"], verdict["message"], verdict)
        for test, verdict in found.items()
    ]


def format_problems(exercise: Exercise) -> list[str]:
    """Return what is wrong with the files themselves."""
    problems = starter_file_problems(exercise)
    by_hand = exercise.kind is ExerciseKind.BY_HAND
    fewest = FEWEST_MISTAKES if by_hand else FEWEST_WRONG_ANSWERS
    if len(exercise.wrong) < fewest:
        problems.append(
            f"{exercise.folder} has {len(exercise.wrong)} wrong answers,"
            f" expected {fewest} or more"
        )
    if len(exercise.right) < FEWEST_RIGHT_ANSWERS:
        problems.append(
            f"{exercise.folder} has {len(exercise.right)} right answers in"
            f" other styles, expected {FEWEST_RIGHT_ANSWERS} or more"
        )
    return problems


def starter_file_problems(exercise: Exercise) -> list[str]:
    """Return why the starter's file is not what it should be."""
    starter = exercise.folder / "starter.py"
    if exercise.kind is ExerciseKind.BUG:
        lines = changed(exercise.starter, exercise.solution)
        few = 0 < lines <= MOST_BROKEN_LINES
        return [] if few else [f"{starter} differs in {lines} lines from the solution"]
    if starter.is_file() and starter.read_text("utf-8") == exercise.starter:
        return []
    return [
        f"{starter} is not what solution.py gives:"
        " run `python -m groundup.grader.starters exercises`"
    ]


def every_test_ran(exercise: Exercise, results: list[Result]) -> list[str]:
    """Return the graded tests that gave no result."""
    ran = {result.test for result in results}
    return [f"{t.name} did not run" for t in exercise.tests if t.name not in ran]


def right_answer_problems(
    exercise: Exercise, results: list[Result], name: str = "the solution"
) -> list[str]:
    """Return the tests that a right answer does not pass."""
    problems = every_test_ran(exercise, results)
    for result in results:
        if not result.passed:
            where = f"{result.test}[{result.parameters}]"
            problems.append(f"{name} fails {where}:\n{result.text}")
    return problems


def starter_problems(exercise: Exercise, results: list[Result]) -> list[str]:
    """Return the tests that the untouched starter passes, or fails unreadably."""
    problems = every_test_ran(exercise, results)
    for result in results:
        if result.passed:
            problems.append(f"the starter passes {result.test}")
        elif exercise.kind is ExerciseKind.BUG:
            if result.verdict.get("kind") != "value":
                problems.append(f"no plausible file fails so:\n{result.text}")
        elif "is still to be written" not in result.text:
            problems.append(f"{result.test} tells of a starter:\n{result.text}")
        elif any(place in result.text for place in PLACES_OF_THE_GRADER):
            problems.append(f"{result.test} shows the grader:\n{result.text}")
    return problems


def wrong_answer_problems(
    exercise: Exercise, wrong: WrongAnswer, results: list[Result]
) -> list[str]:
    """Return where a wrong answer is not caught, or not told what it is.

    The test that it names fails for every seed and says its message; so does the
    first test that fails, which is what the learner reads; no test says another's.
    """
    problems = every_test_ran(exercise, results)
    named = [result for result in results if result.test == wrong.fails]
    failed = [result for result in results if not result.passed]
    for result in named:
        if result.passed:
            where = f"{result.test}[{result.parameters}]"
            problems.append(f"{wrong.name} passes {where}, which it must fail")
    for result in [*failed[:1], *[n for n in named if not n.passed]]:
        if not says(result, wrong):
            problems.append(f"{wrong.name} is not told why:\n{result.text}")
    for result in failed:
        others = [w.name for w in exercise.wrong if w != wrong and says(result, w)]
        if others:
            problems.append(f"{wrong.name} is taken for {others}:\n{result.text}")
        if any(place in result.text for place in PLACES_OF_THE_GRADER):
            problems.append(f"{result.test} shows the grader:\n{result.text}")
    return problems + (slip_problems(exercise, wrong, results) if wrong.slip else [])


def slip_problems(
    exercise: Exercise, wrong: WrongAnswer, results: list[Result]
) -> list[str]:
    """Return whether a slip costs more than half of the points: it must not."""
    lost = {result.test for result in results if not result.passed}
    kept = sum(test.points for test in exercise.tests if test.name not in lost)
    if 2 * kept >= exercise.points:
        return []
    return [f"{wrong.name} is a slip and keeps {kept} of {exercise.points} points"]


def mutant_problems(exercise: Exercise) -> tuple[list[str], int, int]:
    """Return what is wrong with the survivors, and how many of how many mutants died.

    A mutant dies when a test fails, on this or another seed. A survivor needs a
    reason in `survivors.yml`, and no more than a tenth may survive.
    """
    if exercise.kind not in MUTATED:
        return [], 0, 0
    every = list(mutants(exercise.solution))
    survived = []
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch, f"{exercise.folder.name}.py")
        for mutant in every:
            file.write_text(mutant.source, encoding="utf-8")
            if all(grading.passes(exercise, file, s) for s in range(SEEDS)):
                survived.append(mutant.name)
    problems = unexplained(survived, listed_survivors(exercise))
    if len(survived) > LARGEST_SHARE * len(every):
        problems.append(f"{len(survived)} of {len(every)} mutants survived")
    return problems, len(every) - len(survived), len(every)


def candidate_problems(exercise: Exercise) -> list[str]:
    """Return which wrong candidates no test has, and which tests have none."""
    tests = {test.name.removeprefix("test_") for test in exercise.tests}
    flawed = {candidate.name for candidate in exercise.candidates[1:]}
    return [f"candidates/{name}.py has no test" for name in sorted(flawed - tests)]


def verify(exercise: Exercise) -> Iterator[tuple[str, list[str]]]:
    """Yield what is proved about an exercise, each with what is wrong; none is good."""
    yield "the files fit together", format_problems(exercise)
    yield "text, starter and tests have the same signatures", text_problems(exercise)
    solved = grade(exercise, exercise.solution, 20)
    yield "the solution passes on 20 seeds", right_answer_problems(exercise, solved)
    yield "every kind of input is tried, or has no meaning", kind_problems(exercise)
    for right in exercise.right:
        given, what = grade(exercise, right.source, 20), f"right: {right.name}"
        yield f"{what} passes", right_answer_problems(exercise, given, what)
    started = grade(exercise, exercise.starter, 1)
    yield "the starter fails readably", starter_problems(exercise, started)
    for wrong in exercise.wrong:
        given = grade(exercise, wrong.source, 3)
        what = f"wrong: {wrong.name} is told its misconception"
        yield what, wrong_answer_problems(exercise, wrong, given)
    if exercise.kind in MUTATED:
        problems, killed, every = mutant_problems(exercise)
        yield f"{killed} of {every} mutants are noticed", problems
    if exercise.kind is ExerciseKind.TEST:
        yield "every wrong candidate has a test", candidate_problems(exercise)


def says(result: Result, wrong: WrongAnswer) -> bool:
    """Return whether a result has the message of a wrong answer."""
    return wrong.message in " ".join(result.text.split())
