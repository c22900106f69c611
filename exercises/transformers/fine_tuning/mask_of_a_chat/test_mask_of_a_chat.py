"""Tests of the exercise `mask_of_a_chat`: each wrong mask has its own."""

import pytest
from groundup.grader.expect import expect
from groundup.grader.verdict import show

SPEAKERS = ("user", "assistant")


def legal(sol):
    """Return the only case: a conversation in which every turn is a legal one."""
    turns = sol.conversation()
    expect(
        isinstance(turns, list | tuple) and 0 < len(turns) <= 3,
        f"You returned {show(turns)}, expected one conversation: a list of one to three"
        " turns.",
    )
    for turn in turns:
        expect(
            isinstance(turn, list | tuple) and len(turn) == 2,
            f"{show(turn)} is no turn, which is a pair: who speaks, and tokens.",
        )
        who, tokens = turn
        expect(
            type(who) is str
            and who in SPEAKERS
            and isinstance(tokens, list | tuple)
            and len(tokens) <= 4,
            f"The turn {show(turn)} is not legal: it has the name of a speaker, user or"
            " assistant, and a list of at most four tokens.",
        )
        expect(
            all(type(token) is int and 3 <= token <= 99 for token in tokens),
            f"The turn {show(turn)} is not legal: tokens are whole numbers, 3 to 99.",
        )
    return [([(who, [*tokens]) for who, tokens in turns],)]


@pytest.mark.points(1)
def test_last_turn(sol, candidates):
    """The mask that learns the last turn of the assistant only is exposed."""
    candidates.expect_caught("last_turn", "targets", legal(sol))


@pytest.mark.points(1)
def test_from_first(sol, candidates):
    """The mask that learns all from the assistant's first turn on is exposed."""
    candidates.expect_caught("from_first", "targets", legal(sol))


@pytest.mark.points(1)
def test_first_asks(sol, candidates):
    """The mask that takes the first turn for the question is exposed."""
    candidates.expect_caught("first_asks", "targets", legal(sol))


@pytest.mark.points(1)
def test_last_mark(sol, candidates):
    """The mask that forgets the last end mark is exposed."""
    candidates.expect_caught("last_mark", "targets", legal(sol))


@pytest.mark.points(1)
def test_by_token(sol, candidates):
    """The mask that leaves out what users have said is exposed."""
    candidates.expect_caught("by_token", "targets", legal(sol))


@pytest.mark.points(1)
def test_empty_turn(sol, candidates):
    """The mask that skips a turn without tokens is exposed."""
    candidates.expect_caught("empty_turn", "targets", legal(sol))


@pytest.mark.points(1)
def test_cut_off(sol, candidates):
    """The mask that cuts every text off after 12 tokens is exposed."""
    candidates.expect_caught("cut_off", "targets", legal(sol))
