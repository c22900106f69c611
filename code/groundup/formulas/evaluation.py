"""A SymPy formula as a function of arrays, computed with 48 digits.

Rounding is then the code's alone: where a way to compute loses digits, the formula
does not lose the same ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain, product
from typing import Any

import numpy as np
import sympy
from mpmath.ctx_mp import MPContext
from numpy.typing import NDArray

from .notation import ArrayPrinter

Exact = NDArray[np.object_]  # of numbers with 48 digits

DIGITS = MPContext()
DIGITS.dps = 48


def exact(values: Any) -> Any:
    """Return floats as numbers with 48 digits; a size, which is an int, stays one."""
    return values if isinstance(values, int) else elementwise(DIGITS.mpf)(values)


def as_floats(numbers: Any) -> NDArray[np.float64]:
    """Return numbers rounded to floats; what is not real is NaN, what is huge inf."""
    with np.errstate(invalid="ignore", over="ignore"):
        return np.asarray(elementwise(as_float)(numbers), dtype=np.float64)


def as_float(number: Any) -> float:
    """Return one number rounded to a float."""
    try:
        return float(number)
    except OverflowError:
        return float("inf")
    except TypeError:  # complex, as the logarithm of a negative number
        return float("nan")


def elementwise(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return a function of one number as one of arrays."""
    of_arrays: Callable[[Any], Any] = np.frompyfunc(function, 1, 1)
    return of_arrays


def inverse(matrix: Any) -> Exact:
    """Return the inverse, by elimination; raises ZeroDivisionError if there is none."""
    n = len(matrix)
    rows = np.hstack([matrix, np.eye(n, dtype=int).astype(object)])
    for column in range(n):
        largest = max(range(column, n), key=lambda row: abs(rows[row, column]))
        rows[[column, largest]] = rows[[largest, column]]
        rows[column] /= rows[column, column]
        for row in {*range(n)} - {column}:
            if rows[row, column]:  # the array first: mpmath would print it in vain
                rows[row] -= rows[column] * rows[row, column]
    return rows[:, n:]


def softmax(scores: Any) -> Exact:
    """Return the exponentials of each row, divided by their sum."""
    powers = elementwise(DIGITS.exp)(scores)
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


# What the generated code calls; all else is NumPy's, which leaves it to the numbers.
NAMES: dict[str, Any] = {
    name: elementwise(getattr(DIGITS, name))
    for name in ("exp", "log", "sqrt", "sin", "cos", "tanh")
}
NAMES |= {"inv": inverse, "softmax": softmax, "pi": +DIGITS.pi, "exact": exact}


class Formula:
    """A formula that can be evaluated at values of the symbols in `given`.

    Abbreviations (`where`) are put in; those for matrices are evaluated one by one
    instead, the last first: a formula that uses some of them often would grow without
    bound. `each` names indices and how far they run: the result then has an axis for
    each of these, in front.
    """

    def __init__(
        self,
        formula_id: str,
        expression: Any,
        given: Mapping[Any, Any],
        where: Mapping[Any, Any],
        each: Mapping[Any, Any],
    ) -> None:
        self.given, self.each = list(given), each
        full, matrices = sympy.sympify(expression), {}
        for short, long in where.items():
            if isinstance(short, sympy.MatrixSymbol):
                matrices[short] = sympy.sympify(long)
            else:
                full = full.subs(short, long)
                matrices = {m: value.subs(short, long) for m, value in matrices.items()}
        names = [*given, *each]
        self.steps = []
        for short, long in reversed(list(matrices.items())):
            check_symbols(formula_id, long, names, given)
            self.steps.append(compiled(names, long))
            names = [*names, short]
        check_symbols(formula_id, full, names, given)
        self.last = compiled(names, full)

    def __call__(self, values: Mapping[Any, Any]) -> Exact:
        """Return the value, without axes of length one."""
        known = [
            as_sympy_counts(symbol, exact(values[symbol])) for symbol in self.given
        ]
        sizes = {symbol: v for symbol, v in values.items() if isinstance(v, int)}
        ends = [int(sympy.sympify(end).subs(sizes)) for end in self.each.values()]
        indices = product(*(range(1, end + 1) for end in ends))
        entries = [np.asarray(self.at(known, index), dtype=object) for index in indices]
        return np.squeeze(np.reshape(np.stack(entries), (*ends, *entries[0].shape)))

    def at(self, known: Sequence[Any], index: Iterable[int]) -> Any:
        """Return the value for one choice of the indices in `each`."""
        values = [*known, *index]
        for step in self.steps:
            values.append(step(*values))
        return self.last(*values)


def compiled(names: Sequence[Any], expression: Any) -> Callable[..., Any]:
    """Return an expression as a function of its symbols, in this order."""
    printer = ArrayPrinter({"fully_qualified_modules": False})
    function: Callable[..., Any] = sympy.lambdify(
        names, expression, modules=[NAMES, "numpy"], printer=printer
    )
    return function


def as_sympy_counts(symbol: Any, value: Any) -> Any:
    """Return a value as the generated code reads it: columns, counted from 1."""
    if isinstance(symbol, sympy.IndexedBase):
        padded = np.full([size + 1 for size in value.shape], np.nan, dtype=object)
        padded[(slice(1, None),) * value.ndim] = value
        return padded
    return value[:, None] if np.ndim(value) == 1 else value


def check_symbols(
    formula_id: str, expression: Any, known: Sequence[Any], given: Mapping[Any, Any]
) -> None:
    """Raise ValueError for symbols of the expression that nothing has a value for."""
    shapes = chain.from_iterable(k for k in given.values() if isinstance(k, tuple))
    used = expression.free_symbols.union(
        *(sympy.sympify(size).free_symbols for size in shapes)
    )
    names = {str(symbol) for symbol in used if not isinstance(symbol, sympy.Indexed)}
    if missing := sorted(names - {str(symbol) for symbol in known}):
        raise ValueError(
            f"{formula_id}: no values for {', '.join(missing)}; given has"
            f" {', '.join(str(symbol) for symbol in given)}"
        )
