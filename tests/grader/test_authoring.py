"""A new exercise is whole from the start; what it lacks is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader.authoring import create
from groundup.grader.exercise import load
from groundup.grader.exercise_kinds import ExerciseKind
from groundup.grader.learner import LearnerError
from groundup.grader.proofs import verify


@pytest.mark.parametrize("kind", ExerciseKind)
def test_a_new_exercise_can_be_proved_but_for_its_wrong_answers(
    kind: ExerciseKind, tmp_path: Path
) -> None:
    folder = create(tmp_path, "algorithms/trees", "purity", kind)
    exercise = load(folder)
    assert (exercise.id, exercise.kind) == ("purity", kind)
    found = dict(verify(exercise))
    (problem,) = found.pop("the files fit together")
    fewest = 3 if kind is ExerciseKind.BY_HAND else 5
    assert problem.endswith(f"has 1 wrong answers, expected {fewest} or more")
    assert found and not any(found.values())


@pytest.mark.parametrize(
    ("chapter", "id_", "said"),
    [
        ("algorithms/trees", "Purity", "an id is a Python name in lower case"),
        ("algorithms/trees", "../up", "an id is a Python name in lower case"),
        ("trees", "purity", "--chapter is a part and a topic"),
        ("algorithms/trees", "taken", "the id 'taken' is taken by"),
    ],
)
def test_a_name_that_will_not_do_is_refused_and_nothing_written(
    tmp_path: Path, chapter: str, id_: str, said: str
) -> None:
    create(tmp_path, "algorithms/trees", "taken")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(LearnerError, match=said):
        create(tmp_path, chapter, id_)
    assert sorted(tmp_path.rglob("*")) == before
