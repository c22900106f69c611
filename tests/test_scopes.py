"""Which tests go to the same processor."""

from __future__ import annotations

import pytest

from tests.exercises.graded import EXERCISES, SHARES, share_of
from tests.scopes import scope

FILE = "tests/exercises/test_every_exercise.py::test_an_answer"
PAGE = "tests/browser/test_every_page.py::test_a_visit_finds_nothing_wrong"


def test_all_tests_of_an_exercise_go_together_and_exercises_are_shared_out() -> None:
    names = list(EXERCISES)
    assert {scope(f"{FILE}[{names[0]}]"), scope(f"{FILE}[{names[0]}-twin]")} == {
        scope(f"tests/exercises/test_every_mutant.py::test_it[{names[0]}]")
    }
    assert len({scope(f"{FILE}[{name}]") for name in names}) == SHARES


def test_no_share_has_most_of_the_exercises() -> None:
    counts = [sum(share_of(id_) == n for id_ in EXERCISES) for n in range(SHARES)]
    assert SHARES == 1 or max(counts) <= len(EXERCISES) / 2


def test_the_visits_of_a_page_go_together_and_pages_apart() -> None:
    one = scope(f"{PAGE}[chapters/algorithms/linear_regression.html-desktop]")
    assert one == scope(f"{PAGE}[chapters/algorithms/linear_regression.html-phone]")
    assert one != scope(f"{PAGE}[index.html-phone]")


@pytest.mark.parametrize(
    "nodeid",
    [
        "tests/test_house.py::test_the_house[a-b]",
        "tests/exercises/test_near_misses.py::test_a_near_miss_is_refused[one-pass]",
        "tests/browser/test_every_page.py::test_each_page_describes_itself",
    ],
)
def test_other_tests_go_with_their_file(nodeid: str) -> None:
    assert scope(nodeid) == nodeid.partition("::")[0]
