"""Every exercise: solvable, started readably, and wrong answers told what they are.

The verdicts are compared with those in `tests/grader/corpus`, too, so that no change
of the grader changes what anybody reads unnoticed.
"""

from __future__ import annotations

import shutil

import pytest
import yaml
from groundup.book.cards import read_cards
from groundup.book.vocabulary import vocabulary
from groundup.grader import proofs
from groundup.grader.exercise import load, load_all
from groundup.grader.tried import WITHOUT_INPUT, kind_problems

from tests.answers import wrong_answer as wrong_source
from tests.grader import corpus

from .graded import (
    EXERCISES,
    ROOT,
    SEEDS,
    inputs,
    right_answer,
    solution,
    starter,
    wrong_answer,
)

RIGHT = {f"{e.id}-{r.name}": (e, r) for e in EXERCISES.values() for r in e.right}
WRONG = {f"{e.id}-{w.name}": (e, w) for e in EXERCISES.values() for w in e.wrong}
CONCEPTS = set(vocabulary(read_cards(ROOT)).concepts)
each_exercise = pytest.mark.parametrize("id_", EXERCISES)
kept = pytest.mark.kept(inputs=inputs)


def told(problems):
    return "\n\n".join(problems)


@kept
@each_exercise
def test_the_solution_passes_on_every_seed(id_):
    results = solution(id_)
    problems = proofs.right_answer_problems(EXERCISES[id_], results)
    assert not problems, told(problems)
    if EXERCISES[id_].kind not in WITHOUT_INPUT:  # there is nothing to draw
        assert {r.parameters for r in results} >= {str(seed) for seed in range(SEEDS)}


@kept
@pytest.mark.parametrize("name", RIGHT)
def test_a_right_answer_in_another_style_passes(name):
    exercise, right = RIGHT[name]
    results = right_answer(exercise.id, exercise.right.index(right))
    problems = proofs.right_answer_problems(exercise, results, right.name)
    assert not problems, told(problems)


@kept
@each_exercise
def test_every_kind_of_input_is_tried_or_has_no_meaning(id_):
    assert not (problems := kind_problems(EXERCISES[id_])), told(problems)


@kept
@each_exercise
def test_the_starter_fails_every_test_readably(id_):
    assert not (problems := proofs.starter_problems(EXERCISES[id_], starter(id_))), (
        told(problems)
    )


@kept
@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_fails_the_test_it_names_and_is_told_why(name):
    exercise, wrong = WRONG[name]
    results = wrong_answer(exercise.id, exercise.wrong.index(wrong))
    assert not (problems := proofs.wrong_answer_problems(exercise, wrong, results)), (
        told(problems)
    )


@kept
@each_exercise
def test_the_starter_is_up_to_date_and_answers_are_enough(id_):
    assert not (problems := proofs.format_problems(EXERCISES[id_])), told(problems)


@kept
@each_exercise
def test_the_verdicts_are_those_of_the_corpus(id_):
    found = corpus.verdicts(EXERCISES[id_])
    assert found == corpus.file_of(EXERCISES[id_]).read_text("utf-8"), corpus.ADVICE


def test_two_chapters_have_exercises_of_four_kinds() -> None:
    """The others follow when they are written anew."""
    for topic in ("linear_regression", "attention"):
        mine = [e for e in load_all(ROOT / "exercises") if e.topic == topic]
        assert 5 <= len(mine) <= 8
        assert len({e.kind for e in mine}) >= 4
        assert {e.difficulty for e in mine} == {1, 2, 3, 4}


@each_exercise
def test_an_exercise_needs_only_concepts_of_the_book(id_):
    assert set(EXERCISES[id_].needs) <= CONCEPTS


@pytest.fixture
def planted(tmp_path):
    """A copy of the exercise `gradient` to plant faults in."""
    folder = tmp_path / "exercises" / "part" / "topic" / "gradient"
    shutil.copytree(EXERCISES["gradient"].folder, folder)
    shutil.copy(ROOT / "exercises" / "conftest.py", tmp_path / "exercises")
    return folder


def replace(path, old, new):
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def grade_one(folder, source):
    exercise = load(folder)
    return exercise, proofs.grade(exercise, source, 1)


def grade_wrong(folder, name):
    exercise, results = grade_one(folder, wrong_source(folder, name))
    [answer] = [w for w in exercise.wrong if w.name == name]
    return proofs.wrong_answer_problems(exercise, answer, results)


def test_the_proofs_notice_a_tolerance_that_lets_a_wrong_answer_pass(planted):
    replace(planted / "test_gradient.py", "w), slopes(X, y, w))", "w), 0, scale=1e99)")
    replace(planted / "test_gradient.py", "twice, slopes(X, y, w))", "twice, twice)")
    problem, *_ = grade_wrong(planted, "sum_not_mean")
    assert "sum_not_mean passes test_repeating" in problem


def test_the_proofs_notice_a_wrong_answer_that_is_taken_for_another(planted):
    known = yaml.safe_load((planted / "wrong.yml").read_text("utf-8"))
    known["twin"] = {**known["missing_two"], "message": "This is one half of it."}
    (planted / "wrong.yml").write_text(yaml.safe_dump(known), "utf-8")
    problems = grade_wrong(planted, "missing_two")
    assert any("is not told why" in problem for problem in problems)


def test_the_proofs_notice_a_wrong_solution(planted):
    replace(planted / "solution.py", "    error =", "    y = y + 1\n    error =")
    exercise, results = grade_one(planted, load(planted).solution)
    assert proofs.right_answer_problems(exercise, results)
    assert proofs.format_problems(exercise) == []  # the starter is the same


def test_the_proofs_notice_a_starter_that_is_out_of_date_or_gives_answers(planted):
    solution = (planted / "solution.py").read_text("utf-8")
    (planted / "starter.py").write_text(solution, "utf-8")
    exercise, results = grade_one(planted, solution)
    assert any("write" in p or "run" in p for p in proofs.format_problems(exercise))
    problems = proofs.starter_problems(exercise, results)
    assert len(problems) == len(exercise.tests)
