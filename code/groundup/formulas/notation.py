"""How a SymPy expression is written: in LaTeX for readers, in NumPy for `verify`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

import sympy
from sympy.printing.numpy import NumPyPrinter
from sympy.printing.precedence import PRECEDENCE

from .marks import WrittenPrinter


class BookPrinter(WrittenPrinter):
    """SymPy's LaTeX in the book's notation: bold, transpose ⊤, x − x̄ not −x̄ + x."""

    def _print_Transpose(self, expr: Any) -> str:
        return rf"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}^{{\top}}"

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        terms: list[Any] = WrittenPrinter._as_ordered_terms(self, expr, order)
        return sorted(terms, key=negative)

    def _print_MatAdd(self, expr: Any) -> str:
        terms = sorted(expr.args, key=negative)
        return " + ".join(self._print(term) for term in terms).replace("+ -", "-")

    def _print_ElementwiseApplyFunction(self, expr: Any) -> str:
        name = type(expr.function.expr).__name__
        return rf"\operatorname{{{name}}}\left({self._print(expr.expr)}\right)"

    def _print_OneMatrix(self, expr: Any) -> str:
        column, row = r"\mathbf{1}", r"\mathbf{1}^{\top}"
        height, width = expr.shape
        return column if width == 1 else row if height == 1 else column + row

    def _print_DiagMatrix(self, expr: Any) -> str:
        return rf"\operatorname{{diag}}\left({self._print(expr.args[0])}\right)"


class RowSoftmax(sympy.MatrixExpr):
    """The softmax of each row of a matrix."""

    def __new__(cls, scores: Any) -> RowSoftmax:
        """Return the softmax of the rows of a matrix expression."""
        return cast("RowSoftmax", super().__new__(cls, sympy.sympify(scores)))

    @property
    def shape(self) -> Any:
        """The shape of the scores."""
        scores: Any = self.args[0]
        return scores.shape

    def _latex(self, printer: Any) -> str:
        argument: Any = self.args[0]
        factor, scores = argument.as_coeff_mmul()
        over, under = factor.as_numer_denom()
        inside = printer._print(argument)
        if over == 1 != under:  # as it is printed everywhere: a fraction of matrices
            inside = rf"\frac{{{printer._print(scores)}}}{{{printer._print(under)}}}"
        return rf"\operatorname{{softmax}}\left({inside}\right)"


class ArrayPrinter(NumPyPrinter):
    """SymPy's NumPy code, with identities of symbolic size and functions of entries.

    Fractions of integers are left to `exact`, because a float would round them.
    """

    def _print_Rational(self, expr: Any) -> str:
        return f"(exact({expr.p}.0)/{expr.q})"

    def _print_RowSoftmax(self, expr: Any) -> str:
        return f"softmax({self._print(expr.args[0])})"

    def _print_Identity(self, expr: Any) -> str:
        return f"eye({self._print(expr.shape[0])})"

    def _print_HadamardPower(self, expr: Any) -> str:
        base, exponent = (self._print(arg) for arg in expr.args)
        return f"({base})**({exponent})"

    def _print_ElementwiseApplyFunction(self, expr: Any) -> str:
        (variable,) = expr.function.variables
        body = self._print(expr.function.expr)
        return f"(lambda {self._print(variable)}: {body})({self._print(expr.expr)})"


def negative(term: Any) -> bool:
    """Return whether a term of a sum is written with a minus sign."""
    if isinstance(term, sympy.MatrixExpr):
        term = term.as_coeff_mmul()[0]
    return bool(term.could_extract_minus_sign())


def latex(value: Any) -> str:
    """Return LaTeX in the book's notation; a string is LaTeX already."""
    if isinstance(value, str):
        return value
    printer = BookPrinter({"mat_symbol_style": "bold"})
    return str(printer.doprint(value))


@dataclass(frozen=True)
class Equation:
    """Two sides of an equation, shown with the book's notation: a cell's output."""

    left: Any
    right: Any

    @property
    def latex(self) -> str:
        """The equation in LaTeX."""
        return f"{latex(self.left)} = {latex(self.right)}"

    def _repr_latex_(self) -> str:
        return f"$$\n{self.latex}\n$$"

    def __repr__(self) -> str:
        return f"{self.left} = {self.right}"


def equation(left: Any, right: Any) -> Equation:
    """Return `left = right` to display; a side is LaTeX text or a SymPy expression."""
    return Equation(left, right)
