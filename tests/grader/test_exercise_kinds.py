"""Kinds of exercises: what each asks of its files, how it is graded, what it proves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from groundup.grader import (
    by_hand,
    classroom,
    grading,
    notes,
    paper,
    predictions,
    proofs,
)
from groundup.grader.authoring import create
from groundup.grader.exercise import Exercise, load
from groundup.grader.exercise_kinds import ExerciseKind
from groundup.grader.learner import LearnerError
from groundup.grader.starters import write as write_starters

ROOT = Path(__file__).resolve().parents[2]
LINEAR = ROOT / "exercises/algorithms/linear_regression"
ONE_STEP = load(LINEAR / "one_step")
BUG = load(LINEAR / "lonely_penguin")
PREDICT = load(LINEAR / "faster")
MASKS = load(ROOT / "exercises/transformers/attention/mask_cases")


def replace(path: Path, old: str, new: str) -> None:
    """Change a file in one place."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def answered(
    exercise: Exercise, *given: object, seed: int = 0
) -> list[tuple[bool, str]]:
    """Return for each field whether an answer is right, and what is said."""
    return by_hand.judged(by_hand.sheet(exercise, seed), given)


def copy(exercise: Exercise, tmp_path: Path) -> Path:
    """Return a copy of an exercise's folder, to plant faults in."""
    folder = tmp_path / "exercises/part/topic" / exercise.id
    shutil.copytree(exercise.folder, folder)
    return folder


def graded(exercise: Exercise, source: str, tmp_path: Path) -> grading.Report:
    """Return the report on a source."""
    file = tmp_path / f"{exercise.id}.py"
    file.write_text(source, encoding="utf-8")
    return grading.grade(exercise, file, seed=0)


@pytest.fixture
def formula(tmp_path: Path) -> Exercise:
    """An exercise that asks for a formula."""
    folder = create(tmp_path, "algorithms/trees", "derivative", ExerciseKind.BY_HAND)
    replace(
        folder / "exercise.md", "tolerance: 0.01", "symbols: {w: [-2, 2], x: [1, 3]}"
    )
    solution = '"""A derivative."""\n\n\ndef derivative() -> str:\n    """By w."""\n'
    solution += '    # BEGIN SOLUTION\n    return "2x(wx - 1)"\n    # END SOLUTION\n'
    (folder / "solution.py").write_text(solution)
    replace(folder / "wrong.yml", "find: (3**2 + 4**2) / 2", "find: 2x(wx - 1)")
    replace(folder / "wrong.yml", "put: 3**2 + 4**2", "put: 2(w x - 1)")
    expanded = "edits: [{find: 2x(wx - 1), put: 2*w*x^2 - 2x}]"
    body = "body: 'def derivative(): return \"2*x*(w*x - 1)\"'"
    (folder / "right.yml").write_text(f"one: {{{expanded}}}\ntwo: {{{body}}}\n")
    write_starters(folder)
    return load(folder)


@pytest.mark.parametrize("given", [("1.1", "1.35"), ("11/10", "135 %"), (1.1, "1,35")])
def test_a_number_counts_in_every_form(given: tuple[object, ...]) -> None:
    assert answered(ONE_STEP, *given) == [(True, ""), (True, "")]


def test_the_tolerance_is_the_one_that_is_stated() -> None:
    said = [good for good, _ in answered(ONE_STEP, "1.1009", "1.3511")]
    assert said == [True, False]


def test_an_expected_mistake_is_told_what_it_is() -> None:
    (first, said), (second, more) = answered(ONE_STEP, "0.9", "0.65")
    assert not first and not second
    assert "You went uphill" in said and "uphill" not in more
    # Half of a mistake may have come about in another way.
    assert "uphill" not in answered(ONE_STEP, "0.9", "0.7")[0][1]


def test_what_cannot_be_read_is_said_and_the_rest_is_graded() -> None:
    (good, _), (bad, said) = answered(ONE_STEP, "1.1", "one")
    assert good and not bad
    assert "is not a number that can be read" in said


@pytest.mark.parametrize("given", [True, None, [1.1], "9" * 400, float("nan")])
def test_what_is_no_answer_is_refused(given: object) -> None:
    (good, said), (other, _) = answered(ONE_STEP, given, "1.35")
    assert other and not good
    assert "That is not it" not in said


@pytest.mark.parametrize(
    "text", ["2*x*(w*x-1)", "2x²w − 2x", "−2x(1 − xw)", "x(w x - 1) + (wx-1)*x"]
)
def test_a_formula_counts_however_it_is_written(formula: Exercise, text: str) -> None:
    for seed in range(3):
        assert answered(formula, text, seed=seed) == [(True, "")]


@pytest.mark.parametrize(
    "text",
    [
        "2x(wx - 1) + 1e0",
        "2x(wx-1)*1.0001",
        "x",
        "1/0",
        "sqrt(-x)",
        "2|x|",
        "2x(abs(w)x - 1)",
    ],
)
def test_another_formula_does_not_count(formula: Exercise, text: str) -> None:
    assert not answered(formula, text)[0][0]


def test_a_formula_of_an_expected_mistake_is_told(formula: Exercise) -> None:
    assert "This is the sum" in answered(formula, "-2 + 2w*x")[0][1]


def test_a_text_is_never_run(formula: Exercise, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    for text in (f"open('{canary}','w')", f"__import__('os').mkdir('{canary}')", "w.x"):
        for exercise in (formula, ONE_STEP):
            given = [text] * len(exercise.tests)
            assert not any(good for good, _ in answered(exercise, *given))
    assert not canary.exists()


def test_a_formula_is_proved_like_any_other_exercise(formula: Exercise) -> None:
    found = dict(proofs.verify(formula))
    found.pop("the files fit together")  # which says how many mistakes are missing
    assert not any(found.values()), found


def test_a_file_by_hand_is_read_in_the_sandbox(tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    source = f"open({str(canary)!r}, 'w')\ndef one_step():\n    return '1.1', '1.35'\n"
    report = graded(ONE_STEP, source, tmp_path)
    assert report.sandbox != "process"
    assert not canary.exists() or report.sandbox == "limits"
    leaves = "import os\ndef one_step():\n    os._exit(0)\n"
    report = graded(ONE_STEP, leaves, tmp_path)
    assert report.score == 0
    assert "ended Python" in report.tests[0].message


def test_an_object_equal_to_everything_is_no_number(tmp_path: Path) -> None:
    source = "class E(float):\n    def __eq__(self, o): return True\n"
    source += "    def __sub__(self, o): return 0.0\n    __rsub__ = __sub__\n"
    source += "def one_step():\n    return E(7), E(7)\n"
    assert graded(ONE_STEP, source, tmp_path).score == 0


def test_answers_are_written_as_a_file_that_is_graded(tmp_path: Path) -> None:
    source = paper.written(ONE_STEP, ["11/10", 'a"b\\'])
    assert paper.is_ours(ONE_STEP, source)
    assert paper.is_ours(ONE_STEP, ONE_STEP.starter)
    assert not paper.is_ours(ONE_STEP, source + "# mine\n")
    report = graded(ONE_STEP, source, tmp_path)
    assert [test.status for test in report.tests] == ["pass", "fail"]


@pytest.mark.parametrize(
    "exercise", [ONE_STEP, BUG, PREDICT, MASKS], ids=lambda e: e.id
)
def test_a_class_hands_in_every_kind_as_a_file(exercise: Exercise) -> None:
    files = classroom.packed(exercise)
    for answer, good in [(exercise.right[0], True), (exercise.wrong[0], False)]:
        found = classroom.verdict(files, answer.source, 0, "process")
        assert (found["score"] == exercise.points) is good
        assert ("note" in found) is (exercise is not ONE_STEP)


def test_what_is_done_by_hand_has_no_hidden_tests(tmp_path: Path) -> None:
    file = tmp_path / "one_step/test_one_step_hidden.py"
    file.parent.mkdir()
    file.write_text(
        "import pytest\n@pytest.mark.points(1)\ndef test_more(sol):\n"
        '    """More\n\n    Think again.\n    """\n'
    )
    with pytest.raises(ValueError, match="has no hidden tests"):
        load(ONE_STEP.folder, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: by hand", "kind: by heart", "kind is 'by heart'; expected one of"),
        ("tolerance: 0.001", "tolerance: 0", "tolerance is '0'; expected a distance"),
        ("tolerance: 0.001", "symbols: {w: [2, 1]}", "symbols.w is .* two numbers"),
        ("tolerance: 0.001\n", "", "expected `tolerance` for numbers, `symbols`"),
        ("The slope: 2", "The slope: 3", "add up to 5"),
    ],
)
def test_front_matter_that_is_wrong_is_refused(
    old: str, new: str, said: str, tmp_path: Path
) -> None:
    folder = copy(ONE_STEP, tmp_path)
    replace(folder / "exercise.md", old, new)
    with pytest.raises(ValueError, match=said):
        load(folder)


def test_two_mistakes_with_the_same_numbers_are_noticed(tmp_path: Path) -> None:
    folder = copy(ONE_STEP, tmp_path)
    known = yaml.safe_load((folder / "wrong.yml").read_text("utf-8"))
    known["twin"] = {**known["uphill"], "message": "You went up the hill."}
    (folder / "wrong.yml").write_text(yaml.safe_dump(known), "utf-8")
    exercise = load(folder)
    problems = [
        problem
        for wrong in exercise.wrong
        for problem in proofs.wrong_answer_problems(
            exercise, wrong, proofs.grade(exercise, wrong.source, 1)
        )
    ]
    assert any("is not told why" in problem for problem in problems)


def test_lines_that_were_changed_are_counted_and_not_graded(tmp_path: Path) -> None:
    assert notes.changed("a\n\nb\nc\n", "a\nb  \nd\n") == 1
    assert notes.changed("a\nb\n", "a\nb\nc\nd\n") == 2
    report = graded(BUG, BUG.solution, tmp_path)
    assert report.note.startswith("Changed: 6 lines of the file.")
    rewritten = BUG.right[0].source
    assert graded(BUG, rewritten, tmp_path).score == report.score == BUG.points


def test_a_bug_that_raises_an_error_or_costs_nothing_is_noticed(tmp_path: Path) -> None:
    folder = copy(BUG, tmp_path)
    starter = folder / "starter.py"
    replace(starter, "Z_new = standardize(X_new)", "Z_new = standardise(X_new)")
    exercise = load(folder)
    started = proofs.grade(exercise, exercise.starter, 1)
    problems = proofs.starter_problems(exercise, started)
    assert len(problems) == len(exercise.tests)
    assert problems[0].startswith("no plausible file fails so")
    shutil.copy(folder / "solution.py", starter)
    exercise = load(folder)
    assert "differs in 0 lines" in proofs.format_problems(exercise)[0]
    started = proofs.grade(exercise, exercise.starter, 1)
    problems = proofs.starter_problems(exercise, started)
    assert problems[0] == "the starter passes test_a_penguin_alone"


def test_a_bug_is_kept_where_starters_are_written_anew(tmp_path: Path) -> None:
    folder = copy(BUG, tmp_path)
    assert write_starters(folder) == []
    assert (folder / "starter.py").read_text() == BUG.starter


def test_a_prediction_is_kept_and_shown_beside_the_measurement(tmp_path: Path) -> None:
    assert "Predict first" in predictions.missing(PREDICT, tmp_path)
    with pytest.raises(ValueError, match="is not a number"):
        predictions.keep(PREDICT, tmp_path, "many")
    predictions.keep(PREDICT, tmp_path, "50 times")
    assert predictions.missing(PREDICT, tmp_path) == ""
    with pytest.raises(LearnerError, match="you have predicted 50 times, and that"):
        predictions.keep(PREDICT, tmp_path, "10")
    with pytest.raises(LearnerError, match="nothing to predict"):
        predictions.keep(BUG, tmp_path, "10")
    report = grading.grade(PREDICT, PREDICT.folder / "solution.py", seed=0)
    said = predictions.beside(PREDICT, tmp_path, report.note)
    assert said == "Predicted: 50 times. Measured: 10.5 times"


def test_what_a_wrong_answer_measures_is_shown_and_not_right(tmp_path: Path) -> None:
    [wrong] = [w for w in PREDICT.wrong if w.name == "upside_down"]
    report = graded(PREDICT, wrong.source, tmp_path)
    assert report.note == "Measured: 0.0952381 times"
    assert report.max / 2 <= report.score < report.max
    (tmp_path / predictions.FILE).write_text("[]")
    with pytest.raises(LearnerError, match="holds no predictions"):
        predictions.kept(tmp_path)


def test_a_slip_that_costs_more_than_half_is_noticed() -> None:
    [slip] = [w for w in PREDICT.wrong if w.slip]
    tests = PREDICT.tests
    failed = [proofs.Result(test.name, "0", False, "") for test in tests[:2]]
    passed = [proofs.Result(test.name, "0", True, "") for test in tests[2:]]
    assert proofs.slip_problems(PREDICT, slip, failed[:1] + passed) == []
    assert proofs.slip_problems(PREDICT, slip, failed + passed) == [
        "upside_down is a slip and keeps 2 of 6 points"
    ]


@pytest.mark.parametrize(
    "cases",
    [
        "[]",
        "None",
        "'ab'",
        "[(5, 5), (1, 12), (2, 9)]",
        "[(1, 2, 3)]",
        "[(5.0, 5.0), (1, 12)]",
        "[(True, 5), (1, 12)]",
        "[(5, 5), (1, 10**9)]",
        "[(0, 5), (1, 12)]",
        "1 / 0",
    ],
)
def test_cases_that_are_none_gain_nothing(cases: str, tmp_path: Path) -> None:
    report = graded(MASKS, f"def cases():\n    return {cases}\n", tmp_path)
    assert report.score == 0
    assert report.note == "Caught: 0 of 6 wrong ones."


def test_cases_count_by_the_wrong_ones_that_they_expose(tmp_path: Path) -> None:
    report = graded(MASKS, "def cases():\n    return [(4, 4)]\n", tmp_path)
    assert (report.score, report.note) == (3, "Caught: 3 of 6 wrong ones.")
    assert "cases() returned [(4, 4)]" in report.first_failure.message  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Exercise:
    """An exercise that asks for a test of a function's results."""
    root = tmp_path_factory.mktemp("judge")
    return load(create(root, "algorithms/trees", "is_mean", ExerciseKind.TEST))


GUESSES = {
    "always refuses": "return False",
    "always accepts": "return True",
    "raises": "raise AssertionError",
    "says neither": "return 0",
    "an object": "return type('No', (), {'__bool__': lambda self: False})()",
    "counts": "global n\n    n = globals().get('n', 0) + 1\n    return n != 9",
    "refuses after the first": "global n\n    n = globals().get('n', 0) + 1\n"
    "    return n == 1",
    "refuses the last": "global n\n    n = globals().get('n', 0) + 1\n"
    "    return n <= 60",
    "by the numbers": "return hash((x.tobytes(), result)) % 9 > 0",
    "looks around": "import gc\n    return not any('adds_up' in str(o)[:200]"
    " for o in gc.get_objects() if isinstance(o, str))",
}


@pytest.mark.parametrize("name", GUESSES)
def test_a_test_that_looks_at_nothing_gains_nothing(
    name: str, judge: Exercise, tmp_path: Path
) -> None:
    source = f"def is_mean(x, result):\n    {GUESSES[name]}\n"
    report = graded(judge, source, tmp_path)
    assert report.score == 0
    neither = "expected True or False" in report.tests[0].message
    assert neither == (name in ("says neither", "an object"))


def test_a_test_counts_by_the_wrong_ones_that_it_refuses(
    judge: Exercise, tmp_path: Path
) -> None:
    source = "import numpy as np\ndef is_mean(x, result):\n"
    source += "    return result <= np.max(x**2)\n"  # which no sum of five is, often
    report = graded(judge, source, tmp_path)
    assert report.note.startswith("Caught: 1 of 2") and report.score == 1
    assert "Your test accepts it" in report.first_failure.message  # type: ignore[union-attr]
