"""Vectors: by hand, beside NumPy, SciPy, scikit-learn, near dependence, bad input."""

from __future__ import annotations

import math
import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.linalg
from groundup.foundations import vectors
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics.pairwise import cosine_similarity as peer_similarity

Array = NDArray[np.float64]
A, B = np.array([3.0, 4.0]), np.array([4.0, 0.0])
EPS = vectors.EPS
METHODS = [
    vectors.classical_gram_schmidt,
    vectors.modified_gram_schmidt,
    vectors.gram_schmidt,
]

seeds = st.integers(0, 2**32 - 1)
scales = st.sampled_from([1e-8, 1e-3, 1.0, 1e3, 1e8])
lengths = st.integers(1, 40)


def drawn(seed: int, *shape: int) -> Array:
    return np.random.default_rng(seed).normal(size=shape)


def with_condition(number: float, n: int, k: int, seed: int = 0) -> Array:
    """Return an (n, k) matrix whose condition number is `number`."""
    U = np.linalg.qr(drawn(seed, n, k))[0]
    W = np.linalg.qr(drawn(seed + 1, k, k))[0]
    return U * np.geomspace(1, 1 / number, k) @ W


def lost(Q: Array) -> float:
    """Return how far the dot products of columns are from those of axes."""
    return float(np.abs(Q.T @ Q - np.eye(Q.shape[1])).max())


# The running example


def test_the_running_example_is_what_the_chapter_says() -> None:
    assert vectors.dot(A, B) == 12
    assert (vectors.norm(A), vectors.norm(B)) == (5, 4)
    assert vectors.norm(A - B) == pytest.approx(math.sqrt(17), rel=1e-15)
    assert vectors.cosine(A, B) == pytest.approx(0.6, rel=1e-15)
    assert vectors.angle(A, B) == pytest.approx(math.acos(0.6), rel=1e-15)
    assert vectors.projection_coefficient(A, B) == 0.75
    assert vectors.project(A, B).tolist() == [3, 0]
    assert vectors.cosine_similarity([A], [B]) == pytest.approx(0.6, rel=1e-15)


@pytest.mark.parametrize("method", METHODS)
def test_the_running_example_gives_the_axes_of_the_plane(
    method: Callable[..., Any],
) -> None:
    Q, R = method(np.column_stack([B, A]))
    assert Q.tolist() == [[1, 0], [0, 1]]
    assert R.tolist() == [[4, 3], [0, 4]]


@pytest.mark.parametrize(("p", "length"), [(1, 7), (2, 5), (3, 91 ** (1 / 3))])
def test_the_length_of_three_and_four_in_several_norms(p: float, length: float) -> None:
    assert vectors.norm([3, -4], p) == pytest.approx(length, rel=1e-15)
    assert vectors.norm([3, -4], math.inf) == 4


# Beside the libraries, over shapes and scales


@given(seeds, lengths, scales, scales)
def test_dot_products_and_norms_are_numpys(
    seed: int, n: int, scale: float, other: float
) -> None:
    a, b = drawn(seed, n) * scale, drawn(seed + 1, n) * other
    size = np.linalg.norm(a) * np.linalg.norm(b)
    assert abs(vectors.dot(a, b) - np.dot(a, b)) <= 4 * EPS * size
    for p in (1, 2, 3.5, math.inf):
        peer = np.linalg.norm(a, p)
        assert vectors.norm(a, p) == pytest.approx(peer, rel=1e-13)


@given(seeds, st.integers(1, 12), st.integers(1, 12), lengths, scales, scales)
def test_cosines_are_scikit_learns(
    seed: int, n: int, m: int, d: int, scale: float, other: float
) -> None:
    X, Y = drawn(seed, n, d) * scale, drawn(seed + 1, m, d) * other
    ours = vectors.cosine_similarity(X, Y)
    np.testing.assert_allclose(ours, peer_similarity(X, Y), atol=1e-14)
    np.testing.assert_allclose(
        vectors.cosine_similarity(X), peer_similarity(X), atol=1e-14
    )
    one = [[vectors.cosine(x, y) for y in Y] for x in X]
    np.testing.assert_allclose(ours, one, atol=1e-14)
    assert np.abs(ours).max() <= 1


def test_rows_of_very_different_lengths_keep_their_cosines() -> None:
    X = drawn(0, 6, 4)
    sizes = np.array([1e-300, 1e-160, 1e-8, 1e8, 1e160, 1e300])[:, None]
    with warnings.catch_warnings(action="error"):
        far = vectors.cosine_similarity(X * sizes, X[::-1] * sizes[::-1])
        small = vectors.cosine_similarity(X * 1e-200)
        large = vectors.cosine_similarity(X * 1e200)
    np.testing.assert_allclose(far, vectors.cosine_similarity(X, X[::-1]), atol=1e-14)
    for other in (small, large):
        np.testing.assert_allclose(other, vectors.cosine_similarity(X), atol=1e-14)


@pytest.mark.parametrize("size", [1e-300, 1e-200, 1e200, 1e300])
def test_no_square_overflows_or_vanishes(size: float) -> None:
    with warnings.catch_warnings(action="error"):
        assert vectors.norm(A * size) == pytest.approx(5 * size, rel=1e-15)
        assert vectors.norm(A * size, 4) > 4 * size
        assert vectors.cosine(A * size, B * size) == pytest.approx(0.6, rel=1e-15)
        assert vectors.angle(A * size, B) == pytest.approx(math.acos(0.6), rel=1e-15)
        coefficient = vectors.projection_coefficient(A * size, B * size)
        assert coefficient == pytest.approx(0.75, rel=1e-15)
        shadow = vectors.project(A, B * size)
        np.testing.assert_allclose(shadow, [3, 0], rtol=1e-15)


@given(seeds, st.integers(2, 40), scales, scales)
def test_the_angle_is_the_arc_of_the_cosine_and_exact_near_zero(
    seed: int, n: int, scale: float, other: float
) -> None:
    a, b = drawn(seed, n) * scale, drawn(seed + 1, n) * other
    by_cosine = math.acos(vectors.cosine(a, b))
    assert vectors.angle(a, b) == pytest.approx(by_cosine, abs=1e-7)
    assert vectors.angle(a, -2 * a) == pytest.approx(math.pi, rel=1e-15)


@pytest.mark.parametrize("tiny", [1e-3, 1e-8, 1e-12, 1e-200])
def test_a_small_angle_keeps_its_digits(tiny: float) -> None:
    assert vectors.angle([1, 0], [1, tiny]) == pytest.approx(math.atan(tiny), rel=1e-15)


@pytest.mark.parametrize("n", range(1, 60))
def test_a_vector_is_never_more_than_parallel_to_itself(n: int) -> None:
    a = drawn(n, n)
    assert abs(vectors.cosine(a, a)) <= 1 and abs(vectors.cosine(a, -a)) <= 1
    assert np.abs(vectors.cosine_similarity([a, -3 * a])).max() <= 1


# Shadows


@given(seeds, lengths, scales, scales)
def test_the_rest_is_orthogonal_and_nothing_on_the_line_is_nearer(
    seed: int, n: int, scale: float, other: float
) -> None:
    a, b = drawn(seed, n) * scale, drawn(seed + 1, n) * other
    t, shadow = vectors.projection_coefficient(a, b), vectors.project(a, b)
    np.testing.assert_allclose(shadow, t * b, rtol=1e-12)
    peer = np.linalg.lstsq(b[:, None], a, rcond=None)[0][0]
    assert t == pytest.approx(peer, rel=1e-9, abs=1e-13 * scale / other)
    assert abs(b @ (a - shadow)) <= 1e-13 * np.linalg.norm(a) * np.linalg.norm(b)
    rest = np.linalg.norm(a - shadow)
    for nudge in (0.9, 1.1):
        assert rest <= np.linalg.norm(a - nudge * shadow) * (1 + 1e-14)


@given(seeds, st.integers(2, 20), st.integers(1, 5), scales, scales)
def test_the_shadow_on_a_span_is_that_of_least_squares(
    seed: int, n: int, k: int, scale: float, other: float
) -> None:
    a, V = drawn(seed, n) * scale, drawn(seed + 1, n, k) * other
    peer = V @ np.linalg.lstsq(V, a, rcond=None)[0]
    ours = vectors.project_onto_span(a, V)
    np.testing.assert_allclose(ours, peer, atol=1e-10 * scale)
    np.testing.assert_allclose(
        vectors.project_onto_span(ours, V), ours, atol=1e-13 * scale
    )


def test_columns_that_depend_on_others_do_not_change_a_shadow() -> None:
    a, V = drawn(0, 8), drawn(1, 8, 3)
    more = np.column_stack([V[:, 0], 3 * V[:, 0], V, V.sum(axis=1), np.zeros(8)])
    ours = vectors.project_onto_span(a, more)
    np.testing.assert_allclose(ours, vectors.project_onto_span(a, V), atol=1e-14)
    assert vectors.project_onto_span(a, np.zeros((8, 2))).tolist() == [0.0] * 8


def test_onto_all_of_space_the_shadow_is_the_vector() -> None:
    a = drawn(2, 4)
    np.testing.assert_allclose(
        vectors.project_onto_span(a, drawn(3, 4, 6)), a, rtol=1e-12
    )


# Axes


@pytest.mark.parametrize("method", METHODS)
@given(seed=seeds, k=st.integers(1, 6), more=st.integers(2, 12), scale=scales)
def test_axes_are_scipys_up_to_signs(
    method: Callable[..., Any], seed: int, k: int, more: int, scale: float
) -> None:
    V = drawn(seed, k + more, k) * scale
    Q, R = method(V)
    Q_peer, R_peer = scipy.linalg.qr(V, mode="economic")
    signs = np.sign(np.diag(R_peer))
    np.testing.assert_allclose(Q, Q_peer * signs, atol=1e-9)
    np.testing.assert_allclose(R, R_peer * signs[:, None], atol=1e-9 * scale)
    np.testing.assert_allclose(Q @ R, V, atol=1e-14 * scale * 10)
    assert np.array_equal(R, np.triu(R)) and np.all(np.diag(R) > 0)


@pytest.mark.parametrize("condition", [1, 1e4, 1e8, 1e12, 1e14])
@pytest.mark.parametrize("shape", [(3, 2), (30, 5), (200, 20)])
@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
def test_twice_keeps_right_angles_to_sixteen_roundings(
    condition: float, shape: tuple[int, int], scale: float
) -> None:
    for seed in range(4):
        V = with_condition(condition, *shape, seed) * scale
        Q, R = vectors.gram_schmidt(V)
        assert lost(Q) <= 16 * EPS
        np.testing.assert_allclose(Q @ R, V, atol=16 * EPS * np.abs(V).max())


def test_the_classical_way_loses_all_and_the_modified_one_in_proportion() -> None:
    e = 1e-8
    V = np.array([[1, 1, 1], [e, 0, 0], [0, e, 0], [0, 0, e]])
    classical, modified, twice = (lost(method(V)[0]) for method in METHODS)
    assert classical == pytest.approx(0.5, rel=1e-6)
    assert 1e-9 < modified < 1e-7
    assert twice <= 2 * EPS
    for condition in (1e4, 1e7):
        V = with_condition(condition, 40, 6)
        classical, modified, twice = (lost(method(V)[0]) for method in METHODS)
        assert modified < 10 * EPS * condition < classical < 10 * EPS * condition**2


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("scale", [1e-8, 1.0, 1e8])
@pytest.mark.parametrize("n", [2, 5, 100, 1000])
def test_dependent_columns_are_named(
    method: Callable[..., Any], scale: float, n: int
) -> None:
    for seed in range(5):
        V = drawn(seed, n, 2)
        V = np.column_stack([V[:, 0], V[:, 0] * 7.3, V[:, 1]]) * scale
        with pytest.raises(ValueError, match="column 1 of V is zero or a weighted sum"):
            method(V)
        V[:, 1] = 0
        with pytest.raises(ValueError, match="column 1 of V is zero"):
            method(V)


def test_one_column_too_many_is_dependent() -> None:
    with pytest.raises(ValueError, match=r"column 3 of V .*found shape \(3, 4\)"):
        vectors.gram_schmidt(drawn(0, 3, 4))


@pytest.mark.parametrize("left", [1e-13, 1e-10, 1e-3])
def test_a_column_of_which_little_is_left_is_kept(left: float) -> None:
    Q, R = vectors.gram_schmidt([[1, 1], [0, left]])
    assert R[1, 1] == left and Q[:, 1].tolist() == [0, 1]


# Inputs


def test_arguments_of_every_kind_are_taken_and_left_as_they_are() -> None:
    V = drawn(5, 6, 3)
    want = vectors.gram_schmidt(V)[0]
    V.setflags(write=False)
    for given_V in (V, np.asfortranarray(V), V.tolist(), V[::1]):
        np.testing.assert_allclose(vectors.gram_schmidt(given_V)[0], want, rtol=1e-14)
    assert vectors.dot([1, 2], [True, False]) == 1
    assert vectors.dot(np.float32([1, 2]), [3, 4]) == 11
    X = np.array([[1e150, 0.0], [0.0, 1.0]])
    vectors.cosine_similarity(X)
    assert X[0, 0] == 1e150


PAIRS = (
    vectors.dot,
    vectors.cosine,
    vectors.angle,
    vectors.projection_coefficient,
    vectors.project,
)


@pytest.mark.parametrize("function", PAIRS)
@pytest.mark.parametrize(
    ("a", "b", "message"),
    [
        ([], [], "a is empty"),
        ([1, 2], [], "b is empty"),
        ([1, 2], [1, 2, 3], r"same length, found shapes \(2,\) and \(3,\)"),
        ([[1, 2]], [1, 2], r"a must have shape \(n,\), found \(1, 2\)"),
        (1.0, 2.0, r"a must have shape \(n,\), found \(\)"),
        ([1, np.nan], [1, 2], "a holds NaN or infinity"),
        ([1, 2], [np.inf, 2], "b holds NaN or infinity"),
        (["x", "y"], [1, 2], "a must hold real numbers"),
        ([1j, 2], [1, 2], "a must hold real numbers, found dtype complex128"),
    ],
)
def test_bad_pairs_are_refused_in_words(
    function: Callable[..., Any], a: Any, b: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        function(a, b)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: vectors.cosine([1, 2], [0, 0]), "b is a vector of zeros, which has"),
        (lambda: vectors.cosine([0, 0], [1, 2]), "a is a vector of zeros"),
        (lambda: vectors.angle([0, 0], [1, 2]), "a is a vector of zeros"),
        (lambda: vectors.angle([1, 2], [0, 0]), "b is a vector of zeros"),
        (lambda: vectors.project([1, 2], [0, 0]), "b is a vector of zeros"),
        (lambda: vectors.projection_coefficient([1, 2], [0, 0]), "b is a vector of z"),
        (lambda: vectors.norm([1, 2], 0.5), "p must be at least 1, found 0.5"),
        (lambda: vectors.norm([1, 2], np.nan), "p must be at least 1, found nan"),
        (lambda: vectors.norm([]), "a is empty"),
        (lambda: vectors.norm([np.nan]), "a holds NaN"),
        (lambda: vectors.cosine_similarity([[1, 2], [0, 0]]), "row 1 of X is all zero"),
        (lambda: vectors.cosine_similarity([[1]], [[2], [0]]), "row 1 of Y is all zer"),
        (
            lambda: vectors.cosine_similarity([[1, 2]], [[1, 2, 3]]),
            r"number of columns, found shapes \(1, 2\) and \(1, 3\)",
        ),
        (lambda: vectors.cosine_similarity([1, 2]), r"X must have shape \(n, d\)"),
        (lambda: vectors.cosine_similarity([[1]], [[np.inf]]), "Y holds NaN or inf"),
        (lambda: vectors.project_onto_span([1], [[1], [2]]), r"shapes \(1,\) and \(2,"),
        (lambda: vectors.project_onto_span([1, 2], [1, 2]), r"B must have shape \(n,"),
        (lambda: vectors.gram_schmidt([1, 2]), r"V must have shape \(n, d\)"),
        (lambda: vectors.gram_schmidt(np.zeros((0, 2))), "V is empty"),
        (lambda: vectors.gram_schmidt([[np.nan]]), "V holds NaN"),
        (lambda: vectors.gram_schmidt([[0.0]]), "column 0 of V is zero"),
    ],
)
def test_a_value_out_of_range_is_named(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_projecting_zero_gives_zero() -> None:
    assert vectors.project([0, 0], B).tolist() == [0, 0]
    assert vectors.projection_coefficient([0, 0], B) == 0
    assert vectors.norm([0, 0]) == vectors.norm([0.0], math.inf) == 0


def test_twice_adds_up_what_it_took_off() -> None:
    """Along an axis that is a little too long, much is left after the first time."""
    axis, v = 1.1 * np.array([[0.6], [0.8]]), np.array([2.0, 1.0])
    shadows, rest = vectors.twice(axis, v)
    np.testing.assert_allclose(axis @ shadows + rest, v, rtol=1e-15)


@pytest.mark.parametrize(("roundings", "expected"), [(15.5, True), (16.5, False)])
def test_sixteen_roundings_of_an_entry_are_no_rest(
    roundings: float, expected: bool
) -> None:
    v = np.full(4, 0.5)  # of length 1; the root of its 4 entries is 2
    rest = np.array([2 * roundings * vectors.EPS, 0, 0, 0])
    assert vectors.is_rounding(rest, v) == expected


@pytest.mark.parametrize(
    "X",
    [
        [[-3e200, 4e200], [-4e200, -3e200]],
        [[-3e200, -1e-200], [3e-200, 1e-201]],
        [[3e-200, -4e-200], [-1e-180, 0]],
        [[5.0, 1.0], [-4e160, 3e160]],
        [[5.0, 1.0], [-4e-160, 3e-160]],
    ],
)
def test_rows_far_beyond_what_can_be_squared_keep_their_cosines(
    X: list[list[float]],
) -> None:
    expected = [[vectors.cosine(a, b) for b in X] for a in X]
    np.testing.assert_allclose(vectors.cosine_similarity(X), expected, atol=1e-15)


def test_rows_of_usual_size_are_not_divided_twice() -> None:
    """Dividing rows by their largest entries costs a rounding, which is not needed."""
    X = np.array([[0.1, 0.7], [0.3, 0.3]])
    table, lengths = vectors.rows_and_lengths(X, "X")
    assert np.array_equal(table, X)
    np.testing.assert_allclose(lengths, np.linalg.norm(X, axis=1), rtol=1e-15)
    small = np.array([[1.2e-50, 0.0]])  # its square, 1.44e-100, can still be summed
    assert np.array_equal(vectors.rows_and_lengths(small, "X")[0], small)


def test_cosines_of_many_rows_with_each_other_are_symmetric_to_the_last_digit() -> None:
    cosines = vectors.cosine_similarity(drawn(3, 40, 3))
    assert np.array_equal(cosines, cosines.T)


def test_one_row_beside_many_needs_no_copy_of_them() -> None:
    query, rows = drawn(0, 1, 50), drawn(1, 4_000, 50)
    tracemalloc.start()
    vectors.cosine_similarity(query, rows)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < rows.nbytes / 2
