"""Every exercise's tests notice small errors, planted in its solution one by one."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader import grading, proofs

from tests.weekly import in_turn

from .graded import EXERCISES, inputs

MUTATED = in_turn([i for i, e in EXERCISES.items() if e.kind in proofs.MUTATED])


@pytest.mark.kept(inputs=inputs)
@pytest.mark.parametrize("id_", MUTATED)
def test_nine_of_ten_mutants_are_noticed_and_survivors_have_a_reason(id_):
    problems, _, every = proofs.mutant_problems(EXERCISES[id_])
    assert every >= 8
    assert not problems, "\n\n".join(problems)


def test_soon_or_at_length_the_verdict_is_the_same(tmp_path: Path) -> None:
    exercise = EXERCISES["gradient"]
    file = tmp_path / "gradient.py"
    for source in [exercise.solution, *(w.source for w in exercise.wrong)]:
        file.write_text(source, encoding="utf-8")
        soon = grading.passes(exercise, file, 0)
        assert soon == grading.grade(exercise, file, seed=0).passed
        assert soon == (source == exercise.solution)
    with pytest.raises(grading.GraderError, match="there is no file"):
        grading.passes(exercise, exercise.folder / "nothing.py", 0)
