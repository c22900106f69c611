"""Tests of the exercise `byte_characters`: known characters, and every byte."""

import pytest
from groundup.grader.expect import expect_same

PRINTABLE = [*range(33, 127), *range(161, 173), *range(174, 256)]
OTHERS = sorted(set(range(256)) - set(PRINTABLE))


@pytest.mark.points(1)
def test_letters_and_signs_stay_as_they_are(sol):
    """Bytes that can be printed are written as themselves, up to 255."""
    expect_same(sol.to_characters([72, 105, 33]), "Hi!")
    expect_same(sol.to_characters(PRINTABLE), "".join(map(chr, PRINTABLE)))


@pytest.mark.points(1)
def test_spaces_and_line_ends_are_moved(sol):
    """A space is written as Ġ, a line end as Ċ, a tab as ĉ."""
    expect_same(sol.to_characters([32, 97, 10, 9]), "ĠaĊĉ")
    expect_same(sol.to_characters([32]), "Ġ")


@pytest.mark.points(1)
def test_the_others_are_numbered_without_gaps(sol):
    """The bytes that cannot be printed take the characters 256 to 323, in order."""
    moved = "".join(chr(256 + n) for n in range(len(OTHERS)))
    expect_same(sol.to_characters(OTHERS), moved)


@pytest.mark.points(1)
def test_back_to_bytes(sol):
    """Characters of a vocabulary are turned back into the bytes they stand for."""
    expect_same(sol.to_bytes("Ġworld"), [32, *b"world"])
    expect_same(sol.to_bytes("ðŁĺĢ"), [*"😀".encode()])
    expect_same(sol.to_bytes("".join(chr(256 + n) for n in range(68))), OTHERS)


@pytest.mark.points(1)
def test_there_and_back(sol, rng):
    """Any bytes come back: all 256, none, and many drawn at random."""
    for data in ([], [*range(256)], rng.integers(0, 256, size=500).tolist()):
        text = sol.to_characters(data)
        expect_same(sol.to_bytes(text), data)
