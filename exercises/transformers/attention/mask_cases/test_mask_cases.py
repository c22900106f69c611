"""Tests of the exercise `mask_cases`: each wrong mask has its own."""

import pytest
from groundup.grader.candidates import cases_of
from groundup.grader.expect import expect


def legal(sol):
    """Return the cases, all of them pairs of lengths."""
    cases = cases_of(sol.cases(), 2, ["n_queries", "n_keys"])
    for case in cases:
        whole = all(type(length) is int for length in case)
        expect(
            whole and 1 <= case[0] <= case[1] <= 16,
            f"The pair {case} is not legal: there are 1 to 16 keys, and at least one"
            " query but no more than keys.",
        )
    return cases


@pytest.mark.points(1)
def test_firsts_meet(sol, candidates):
    """The mask that lines up the first query with the first key is exposed."""
    candidates.expect_caught("firsts_meet", "causal_mask", legal(sol))


@pytest.mark.points(1)
def test_strict(sol, candidates):
    """The mask that forgets the word itself is exposed."""
    candidates.expect_caught("strict", "causal_mask", legal(sol))


@pytest.mark.points(1)
def test_single(sol, candidates):
    """The mask that sees one key when there is one query is exposed."""
    candidates.expect_caught("single", "causal_mask", legal(sol))


@pytest.mark.points(1)
def test_window(sol, candidates):
    """The mask that forgets what lies far behind is exposed."""
    candidates.expect_caught("window", "causal_mask", legal(sol))


@pytest.mark.points(1)
def test_one_too_many(sol, candidates):
    """The mask that sees one key too many is exposed."""
    candidates.expect_caught("one_too_many", "causal_mask", legal(sol))


@pytest.mark.points(1)
def test_upside_down(sol, candidates):
    """The mask with its rows upside down is exposed."""
    candidates.expect_caught("upside_down", "causal_mask", legal(sol))
