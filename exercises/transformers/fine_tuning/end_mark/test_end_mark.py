"""Tests of the exercise `end_mark`: every target is written down place by place."""

import pytest
from groundup.grader.expect import expect_close, expect_parts

END = 2


def arrays(prompts, answers, end):
    """Return what is read and the targets, from lists."""
    length = max(len(p) + len(a) for p, a in zip(prompts, answers, strict=True))
    ids, targets = [], []
    for prompt, answer in zip(prompts, answers, strict=True):
        read = prompt + answer
        ids.append(read + [end] * (length - len(read)))
        learned = [-1] * (len(prompt) - 1) + answer + [end]
        targets.append(learned + [-1] * (length - len(learned)))
    return ids, targets


def check(sol, prompts, answers, end=END):
    """Compare both arrays."""
    found = expect_parts(sol.batch(prompts, answers, end), "ids", "targets")
    wanted = arrays(prompts, answers, end)
    for mine, want, name in zip(found, wanted, ("ids", "targets"), strict=True):
        expect_close(mine, want, name=name)


def drawn(rng, n, most):
    """Return n lists of tokens, none of them an end mark."""
    sizes = rng.integers(1, most + 1, size=n)
    return [rng.integers(3, 60, size=size).tolist() for size in sizes]


@pytest.mark.points(1)
def test_one_conversation_alone(sol):
    """A prompt of three tokens and an answer of two: two targets and the end mark."""
    check(sol, [[11, 12, 13]], [[21, 22]])


@pytest.mark.points(2)
def test_three_conversations_of_different_length(sol, rng):
    """Long and short ones: each ends once, and what fills up is not learned."""
    check(sol, [[5], [5, 6, 7], [5, 6]], [[8, 9, 10, 11], [8], [8, 9]])
    prompts, answers = drawn(rng, 5, 6), drawn(rng, 5, 9)
    prompts[1] = prompts[0]
    check(sol, prompts, answers)
    check(sol, prompts, answers, end=0)


@pytest.mark.points(1)
def test_end_marks_in_the_prompt(sol, rng):
    """The end marks of the system and the user are part of what is asked."""
    prompts = [[*words, END, 7, END] for words in drawn(rng, 4, 4)]
    prompts[2] = [END]
    check(sol, prompts, drawn(rng, 4, 5))


@pytest.mark.points(1)
def test_answers_of_several_messages_and_of_none(sol, rng):
    """End marks within an answer are learned, and an empty answer is its end."""
    answers = [[*words, END, 7] for words in drawn(rng, 3, 3)]
    check(sol, drawn(rng, 4, 4), [*answers, [7, END]])
    check(sol, [[9], [9, END]], [[], [8, 8, 8]])
    check(sol, [[9]], [[]])


@pytest.mark.points(1)
def test_conversations_of_the_same_length(sol, rng):
    """Where nothing has to be filled up, the last target of every row is the mark."""
    check(sol, rng.integers(3, 9, (3, 4)).tolist(), rng.integers(3, 9, (3, 2)).tolist())
