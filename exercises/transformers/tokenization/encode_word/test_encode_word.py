"""Tests of the exercise `encode_word`: words and merges small enough to do by hand."""

import pytest
from groundup.grader.expect import expect_same


def pairs(text):
    """Return merges written as `a b, c d`."""
    return [tuple(pair.split(" ")) for pair in text.split(", ")] if text else []


def expect_symbols(sol, word, merges, want):
    """Raise a verdict unless a word is cut into these symbols."""
    __tracebackhide__ = True
    got = sol.encode_word(word, pairs(merges))
    got = list(got) if isinstance(got, tuple) else got
    expect_same(got, want.split())


@pytest.mark.points(1)
def test_merges_build_on_each_other(sol):
    """From letters to pairs, from pairs to a word."""
    expect_symbols(sol, "lower", "e r, l o, lo w, low er", "lower")
    expect_symbols(sol, "flow", "e r, l o, lo w, low er", "f low")


@pytest.mark.points(1)
def test_the_lowest_rank_goes_first_wherever_it_stands(sol):
    """What was learned first is joined first, also at the end of a word."""
    expect_symbols(sol, "efgh", "g h, f g, e fg, e f", "ef gh")
    expect_symbols(sol, "abcde", "d e, a b, c d, b c", "ab c de")
    expect_symbols(sol, "abc", "b c, a b", "a bc")
    expect_symbols(sol, "abc", "a b, b c", "ab c")
    expect_symbols(sol, "xabcd", "c d, b c, a b, x a", "x ab cd")


@pytest.mark.points(1)
def test_the_longest_token_may_stay_out_of_reach(sol):
    """The token abc exists, but its b is taken before a and b can meet."""
    merges = "b d, a b, ab c, b c, c d"
    expect_symbols(sol, "abcd", "c d, b c, a bc, a b", "ab cd")
    expect_symbols(sol, "abcd", merges, "abc d")
    expect_symbols(sol, "abd", merges, "a bd")
    expect_symbols(sol, "abdabc", merges, "a bd abc")
    expect_symbols(sol, "abcd", "a b, c d, ab c", "ab cd")
    expect_symbols(sol, "abc", "b c, ab c", "a bc")  # ab c is learned, a bc is not


@pytest.mark.points(1)
def test_the_whole_word_is_searched_again_after_each_merge(sol):
    """A join makes new neighbors; what was passed over may be a pair now."""
    expect_symbols(sol, "abcb", "c b, b cb, a bcb", "abcb")
    expect_symbols(sol, "abc", "ab c, a b", "abc")
    expect_symbols(sol, "abcd", "abc d, ab c, a b", "abcd")
    expect_symbols(sol, "banana", "a n, b an, an a, ban ana", "banana")


@pytest.mark.points(1)
def test_equal_neighbors_are_joined_from_the_left(sol):
    """Five equal letters become two pairs and one letter, the last."""
    expect_symbols(sol, "aaaaa", "a a", "aa aa a")
    expect_symbols(sol, "aaa", "a a", "aa a")
    expect_symbols(sol, "aaaaaa", "a a, aa aa", "aaaa aa")


@pytest.mark.points(1)
def test_where_nothing_can_be_joined(sol, rng):
    """Without merges, or without letters, a word stays as it is."""
    letters = rng.permutation(list("penguin"))
    expect_symbols(sol, "".join(letters), "", " ".join(letters))
    expect_symbols(sol, "", "a b", "")
    expect_symbols(sol, "a", "a b", "a")
    expect_symbols(sol, "née", "", "n é e")
    expect_symbols(sol, "ba", "a b", "b a")
