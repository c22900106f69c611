"""Tests of the exercise `merge_step`: words small enough to count by hand."""

import pytest
from groundup.grader.expect import expect_parts, expect_same


def expect_step(sol, words, counts, pair, after):
    """Raise a verdict unless a step joins this pair and leaves these words."""
    __tracebackhide__ = True
    words, after = ([w.split() for w in each] for each in (words, after))
    got = sol.merge_step(words, counts)
    best, joined = expect_parts(got, "pair", "words")
    best = tuple(best) if isinstance(best, list) else best
    expect_same(best, pair, name="pair")
    joined = [list(w) for w in joined] if isinstance(joined, list) else joined
    expect_same(joined, after, name="words")


@pytest.mark.points(1)
def test_one_word(sol):
    """In `b a n a n`, the pair a n occurs twice and is joined twice."""
    expect_step(sol, ["b a n a n"], [1], ("a", "n"), ["b an an"])
    expect_step(sol, ["z y x z y"], [1], ("z", "y"), ["zy x zy"])


@pytest.mark.points(1)
def test_a_frequent_word_counts_as_often_as_it_occurs(sol, rng):
    """A pair in one frequent word outweighs a pair in two rare ones."""
    often = int(rng.integers(5, 1000))
    words, after = ["h a", "c a", "x y"], ["h a", "c a", "xy"]
    expect_step(sol, words, [1, 2, often], ("x", "y"), after)


@pytest.mark.points(1)
def test_pairs_stay_within_a_word(sol):
    """The end of one word and the beginning of the next are no pair."""
    words = ["a b", "a c", "a d", "a d"]
    expect_step(sol, words, [1, 1, 1, 1], ("a", "d"), ["a b", "a c", "ad", "ad"])
    words = ["z a", "z a", "b z", "b z", "b z"]
    after = ["z a", "z a", "bz", "bz", "bz"]
    expect_step(sol, words, [1] * 5, ("b", "z"), after)
    expect_step(sol, ["z", "a a", "z"], [9, 1, 9], ("a", "a"), ["z", "aa", "z"])


@pytest.mark.points(1)
def test_ties_go_to_the_first_in_order(sol):
    """Of equally frequent pairs, the first in the order of tuples is joined."""
    words, after = ["b z", "c d", "b x"], ["b z", "c d", "bx"]
    expect_step(sol, words, [4, 4, 4], ("b", "x"), after)
    expect_step(sol, ["b a", "a b"], [2, 2], ("a", "b"), ["b a", "ab"])
    expect_step(sol, ["aa b", "a c"], [1, 1], ("a", "c"), ["aa b", "ac"])


@pytest.mark.points(1)
def test_overlaps_are_joined_from_the_left(sol):
    """Three equal symbols in a row become a pair and one; a longer row likewise."""
    expect_step(sol, ["a a a"], [1], ("a", "a"), ["aa a"])
    expect_step(sol, ["b a a a a a"], [1], ("a", "a"), ["b aa aa a"])
    expect_step(sol, ["ab c ab c"], [3], ("ab", "c"), ["abc abc"])


@pytest.mark.points(1)
def test_a_symbol_is_joined_whole(sol):
    """A symbol that only ends or begins like one of the pair is another symbol."""
    words, after = ["a b", "aa b", "a bb"], ["ab", "aa b", "a bb"]
    expect_step(sol, words, [3, 1, 1], ("a", "b"), after)
    expect_step(sol, ["a. b", "a b"], [1, 2], ("a", "b"), ["a. b", "ab"])
    expect_step(sol, ["a. b", "ax b"], [2, 1], ("a.", "b"), ["a.b", "ax b"])


@pytest.mark.points(1)
def test_where_there_is_no_pair(sol):
    """Words of a single symbol, or no words at all, have nothing to join."""
    expect_step(sol, ["abc", "d"], [3, 5], None, ["abc", "d"])
    expect_step(sol, [], [], None, [])
