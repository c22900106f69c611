"""Prints a formula with numbers in the place of its symbols, and rounds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import sympy

from .notation import BookPrinter

TERMS = 6  # of a sum that is written out; of a longer one, the ends
ROUNDING = 1e-12  # relative: what floats lose is not called rounding


def decimal(value: float, digits: int) -> str:
    """Return a number in LaTeX, rounded to so many significant digits."""
    text = f"{float(value) + 0.0:.{digits}g}"
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    power = f"10^{{{int(exponent)}}}"
    return power if mantissa == "1" else rf"{mantissa} \cdot {power}"


def is_rounded(value: float, digits: int) -> bool:
    """Tell whether a number is another one when it is shown."""
    shown = float(f"{float(value):.{digits}g}")
    return abs(shown - value) > ROUNDING * abs(value)


class NumbersPrinter(BookPrinter):
    """LaTeX with the value of each symbol in its place; sums are written out."""

    def __init__(self, values: Mapping[Any, Any], digits: int) -> None:
        super().__init__({"mul_symbol": "dot"})
        self.values = {str(symbol): value for symbol, value in values.items()}
        self.sizes = {s: v for s, v in values.items() if isinstance(v, int)}
        self.digits, self.indices = digits, dict[Any, int]()
        self.rounded = False

    def doprint(self, expr: Any) -> str:
        """Return the formula with its numbers."""
        return self.bare(expr)

    def bare(self, expr: Any) -> str:
        """Return a part that nothing touches, where a sum needs no brackets."""
        text = str(self._print(expr))
        if isinstance(expr, sympy.Sum):
            text = text.removeprefix(r"\left(").removesuffix(r"\right)")
        return text

    def number(self, value: Any) -> str:
        """Return one number, in brackets if it is negative."""
        self.rounded |= is_rounded(float(value), self.digits)
        text = decimal(value, self.digits)
        return rf"\left({text}\right)" if text.startswith("-") else text

    def _print_Symbol(self, expr: Any, style: str = "plain") -> str:
        index = self.indices.get(expr)
        return self.number(self.values[str(expr)] if index is None else index)

    def _print_Float(self, expr: Any) -> str:
        return self.number(float(expr))

    def _print_Indexed(self, expr: Any) -> str:
        known = {**self.sizes, **self.indices}
        at = tuple(int(index.subs(known)) - 1 for index in expr.indices)
        return self.number(np.asarray(self.values[str(expr.base)])[at])

    def _print_Mul(self, expr: Any) -> str:
        over, under = sympy.fraction(expr, exact=True)
        if under != 1 and isinstance(over, sympy.Sum):
            return rf"\frac{{{self.bare(over)}}}{{{self.bare(under)}}}"
        return str(super()._print_Mul(expr))

    def _needs_mul_brackets(self, expr: Any, *args: Any, **kwargs: Any) -> bool:
        if isinstance(expr, sympy.Sum):
            return False  # it has its own
        return bool(super()._needs_mul_brackets(expr, *args, **kwargs))

    def _print_Sum(self, expr: Any) -> str:
        index, first, last = expr.limits[0]
        start, end = (int(sympy.sympify(b).subs(self.sizes)) for b in (first, last))
        outer, terms = self.indices, []
        for at in range(start, end + 1):
            self.indices = {**outer, index: at}
            terms.append(str(self._print(expr.function)))
        self.indices = outer
        if len(terms) > TERMS:
            terms = [*terms[:2], r"\cdots", terms[-1]]
        return rf"\left({' + '.join(terms)}\right)"
