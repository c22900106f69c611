"""Tests of the exercise `parameter_count`: arrays are made, their entries counted."""

import numpy as np
import pytest
from groundup.grader.expect import expect
from groundup.grader.verdict import show


def counted(vocabulary, context, width, layers, tied=True):
    """Return the number of entries of all arrays of a GPT."""
    block = [(width,)] * 4 + [
        (width, 3 * width),
        (3 * width,),
        (width, width),
        (width,),
    ]
    block += [(width, 4 * width), (4 * width,), (4 * width, width), (width,)]
    shapes = [
        (vocabulary, width),
        (context, width),
        (width,),
        (width,),
        *block * layers,
    ]
    shapes += [] if tied else [(vocabulary, width)]
    return sum(int(np.prod(shape)) for shape in shapes)


def check(sol, *sizes, **named):
    """Raise a verdict unless the count is that of the arrays."""
    __tracebackhide__ = True
    got, want = sol.parameter_count(*sizes, **named), counted(*sizes, **named)
    right = isinstance(got, (int, float, np.number)) and got == want
    expect(right, f"For {sizes} you counted {show(got)}, expected {want:,}.")


@pytest.mark.points(1)
def test_tables_alone(sol, rng):
    """Without blocks there are two tables and the last norm."""
    check(sol, 27, 12, 8, 0)
    check(sol, *map(int, rng.integers(2, 50, size=3)), 0)


@pytest.mark.points(1)
def test_one_narrow_block(sol):
    """Of the 82 numbers of a GPT two features wide, its block has 74."""
    check(sol, 1, 1, 2, 1)


@pytest.mark.points(1)
def test_blocks_of_any_width(sol, rng):
    """Matrices grow with the square of the width, biases and norms with the width."""
    for width in (2, 64, int(rng.integers(3, 300))):
        check(sol, 27, 12, width, int(rng.integers(1, 40)))


@pytest.mark.points(1)
def test_logits_of_their_own(sol, rng):
    """Untied, the matrix of the logits counts as well."""
    check(sol, int(rng.integers(50, 90)), 16, 32, 3, tied=False)


@pytest.mark.points(1)
def test_the_smallest_gpt_2(sol):
    """GPT-2's smallest model has 124,439,808 numbers."""
    check(sol, 50257, 1024, 768, 12)
