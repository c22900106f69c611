"""Tests of the exercise `int8`: matrices made from whole numbers that are known."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, expect_parts


def planted(rng, rows, columns):
    """Return whole numbers that use the full range in each column, and scales."""
    codes = rng.integers(-126, 127, size=(rows, columns))
    largest = np.where(np.arange(columns) % 2, -127, 127)
    codes[rng.integers(rows, size=columns), np.arange(columns)] = largest
    return codes, rng.uniform(0.5, 2, size=columns) * 10.0 ** -np.arange(columns)


def quantized(sol, W):
    """Return codes and scales, after a look at the dtype."""
    codes, scales = expect_parts(sol.quantize(W), "codes", "scales")
    expect(
        np.asarray(codes).dtype == np.int8,
        f"The codes have dtype {np.asarray(codes).dtype}, expected int8, a byte each.",
    )
    return codes, scales


@pytest.mark.points(1)
def test_a_column_by_hand(sol):
    """1.27, -0.5 and 0.004 are 127, -50 and 0 hundredths."""
    codes, scales = quantized(sol, np.array([[1.27], [-0.5], [0.004]]))
    expect_close(scales, [0.01], name="scales")
    expect_close(codes, [[127], [-50], [0]], name="codes")


@pytest.mark.points(1)
def test_each_column_has_its_scale(sol, rng):
    """Columns of very different size all use the whole range of a byte."""
    want, steps = planted(rng, 9, 4)
    codes, scales = quantized(sol, want * steps)
    expect_close(codes, want, name="codes")
    expect_close(scales, steps, scale=steps, name="scales")
    codes, scales = quantized(sol, np.array([[1.27, -2.54]]))
    expect_close(scales, [0.01, 0.02], name="scales")
    expect_close(codes, [[127, -127]], name="codes")


@pytest.mark.points(1)
def test_the_nearest_whole_number(sol, rng):
    """Weights are rounded to the nearest code, up and down, on both sides of zero."""
    whole, steps = planted(rng, 8, 3)
    off = rng.choice([-0.4, 0.4], size=whole.shape) * (np.abs(whole) < 127)
    codes, _ = quantized(sol, (whole + off) * steps)
    expect_close(codes, whole, name="codes")


@pytest.mark.points(1)
def test_a_column_of_zeros(sol, rng):
    """A column of zeros has codes of 0 and a scale of 1; its neighbors are as ever."""
    want, steps = planted(rng, 5, 3)
    want[:, 1] = 0
    steps[1] = 1.0
    codes, scales = quantized(sol, want * steps)
    expect_close(codes, want, name="codes")
    expect_close(scales, steps, scale=steps, name="scales")


@pytest.mark.points(1)
def test_the_product_is_that_of_the_matrix(sol, rng):
    """x times codes, each column times its scale: the product with the matrix."""
    for rows, columns in [(6, 4), (5, 5), (300, 2)]:
        codes, scales = planted(rng, rows, columns)
        x = rng.normal(size=(3, rows))
        want = x @ (codes * scales)
        # Each entry is measured against the size of the terms that it adds up.
        size = np.abs(x) @ np.abs(codes * scales)
        expect_close(sol.product(x, codes.astype(np.int8), scales), want, scale=size)


@pytest.mark.points(1)
def test_whole_numbers_do_not_overflow(sol):
    """Many large codes and an x of whole numbers add up beyond 127."""
    codes, x = np.full((50, 2), 127, np.int8), np.full((2, 50), 100.0)
    expect_close(sol.product(x, codes, np.array([1.0, 2.0])), [[635000, 1270000]] * 2)
