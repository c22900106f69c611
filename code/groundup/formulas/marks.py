"""Expressions that stay as they were written, and terms that a derivation marks.

SymPy multiplies out, sorts and cancels on its own: -(a - b) becomes b - a. A line of
mathematics has to show what its author wrote. What is `kept`, `marked` or put
`in_order` has the value of what is inside, and SymPy leaves its form alone.
"""

from __future__ import annotations

from typing import Any, cast

import sympy
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE, precedence_traditional

UNDERLINE = r"\underline{{{}}}"  # known to KaTeX and MathJax, and read aloud


class Written:
    """What the wrappers have in common: their value, their code, their brackets."""

    args: tuple[Any, ...]

    @property
    def precedence(self) -> int:
        """How strongly it binds: as what is inside; a product needs no brackets."""
        inside = int(precedence_traditional(self.args[0]))
        return inside + (inside == PRECEDENCE["Mul"])

    def inside(self) -> Any:
        """Return what it stands for."""
        return self.args[0]

    def doit(self, **hints: Any) -> Any:
        """Return what is inside, computed."""
        return plain(self).doit(**hints)

    def _latex(self, printer: Any) -> str:
        return str(printer._print(self.args[0]))

    def _numpycode(self, printer: Any) -> str:
        return str(printer.parenthesize(plain(self), PRECEDENCE["Atom"]))


class Kept(Written, sympy.Expr):
    """A term that keeps its form, in brackets where it needs them."""

    is_commutative = True

    def __new__(cls, term: Any) -> Kept:
        """Return a term that keeps its form."""
        return super().__new__(cls, sympy.sympify(term))


class Marked(Kept):
    """A term that is shown underlined."""

    def _latex(self, printer: Any) -> str:
        return UNDERLINE.format(printer._print(self.args[0]))


class InBrackets(Kept):
    """A term that is shown in brackets; only printing makes one."""

    precedence = PRECEDENCE["Atom"]

    def _latex(self, printer: Any) -> str:
        return rf"\left({printer._print(self.args[0])}\right)"


class InOrder(Written, sympy.Expr):
    """A sum whose terms stay in their order."""

    is_commutative = True
    precedence = PRECEDENCE["Add"]

    def __new__(cls, *terms: Any) -> InOrder:
        """Return a sum of terms."""
        return super().__new__(cls, *map(sympy.sympify, terms))

    def inside(self) -> Any:
        """Return the sum as SymPy writes it."""
        return sympy.Add(*self.args)

    def _latex(self, printer: Any) -> str:
        return str(printer.joined(self.args))


class Times(Written, sympy.Expr):
    """A product whose factors stay in their order."""

    is_commutative = True
    precedence = PRECEDENCE["Mul"] + 1

    def __new__(cls, *factors: Any) -> Times:
        """Return a product of factors."""
        return super().__new__(cls, *map(sympy.sympify, factors))

    def inside(self) -> Any:
        """Return the product as SymPy writes it."""
        return sympy.Mul(*self.args)

    def _latex(self, printer: Any) -> str:
        first, *rest = (
            str(printer._print(InBrackets(f) if is_sum(f) else f)) for f in self.args
        )
        # A number after another factor would be read as its last digits.
        dotted = (rf"\cdot {f}" if f[:1].isdigit() else f for f in rest)
        return " ".join([first, *dotted])


class KeptMatrix(Written, sympy.MatrixExpr):
    """A matrix expression that keeps its form."""

    is_commutative = False

    def __new__(cls, term: Any) -> KeptMatrix:
        """Return a matrix expression that keeps its form."""
        return cast("KeptMatrix", super().__new__(cls, term))

    def doit(self, **hints: Any) -> Any:
        """Return it as it is: SymPy computes every product of matrices on its own."""
        return self

    @property
    def shape(self) -> Any:
        """The shape of what is inside."""
        return self.args[0].shape


class MarkedMatrix(KeptMatrix):
    """A matrix expression that is shown underlined."""

    def _latex(self, printer: Any) -> str:
        return UNDERLINE.format(printer._print(self.args[0]))


def kept(term: Any) -> Any:
    """Return a term that SymPy neither multiplies out nor sorts into a sum."""
    return (KeptMatrix if isinstance(term, sympy.MatrixExpr) else Kept)(term)


def marked(term: Any) -> Any:
    """Return a term that keeps its form and is shown marked, as what changed."""
    return (MarkedMatrix if isinstance(term, sympy.MatrixExpr) else Marked)(term)


def in_order(*terms: Any) -> Any:
    """Return the sum of the terms, shown in this order."""
    return InOrder(*terms)


def times(*factors: Any) -> Any:
    """Return the product of the factors, shown in this order."""
    return Times(*factors)


def plain(expression: Any) -> Any:
    """Return an expression without wrappers, and with its derivatives taken."""
    bare = sympy.sympify(expression).replace(
        lambda part: isinstance(part, Written), lambda part: part.inside()
    )
    return bare.replace(
        lambda part: isinstance(part, sympy.Derivative), lambda part: part.doit()
    )


def unmarked(expression: Any) -> Any:
    """Return an expression in the form in which it was written, with nothing marked."""
    return sympy.sympify(expression).replace(
        lambda part: isinstance(part, Marked | MarkedMatrix),
        lambda part: kept(part.args[0]),
    )


def is_written(expression: Any) -> bool:
    """Tell whether a part of an expression keeps its form."""
    tree = sympy.preorder_traversal(sympy.sympify(expression))
    return any(isinstance(part, Written) for part in tree)


def marks(expression: Any) -> list[Any]:
    """Return the terms that are marked, as they are shown."""
    tree = sympy.preorder_traversal(sympy.sympify(expression))
    return [part for part in tree if isinstance(part, Marked | MarkedMatrix)]


def occurrences(expression: Any, term: Any) -> int:
    """Return how often a term stands in an expression, however it is wrapped."""
    wanted = plain(term)
    tree = sympy.preorder_traversal(sympy.sympify(expression))
    return sum(
        not isinstance(part, Kept | KeptMatrix) and plain(part) == wanted
        for part in tree
    )


def is_sum(term: Any) -> bool:
    """Tell whether a term is shown as a sum."""
    while isinstance(term, Kept):
        term = term.args[0]
    return isinstance(term, sympy.Add | InOrder)


def split_sign(term: Any) -> tuple[bool, Any]:
    """Return whether a minus sign stands before a term, and the term without it."""
    if is_sum(term):
        return False, term
    if isinstance(term, Kept):
        negative, rest = split_sign(term.args[0])
        return negative, type(term)(rest)
    negative = bool(term.could_extract_minus_sign())
    return negative, -term if negative else term


class WrittenPrinter(LatexPrinter):
    """SymPy's LaTeX, with brackets where a kept sum needs them."""

    def joined(self, terms: Any) -> str:
        """Return a sum of terms, each with its sign."""
        text = ""
        for term in terms:
            negative, rest = split_sign(term)
            if text:
                text += " - " if negative else " + "
            elif negative:
                text = "- "
            bare = self._needs_add_brackets(rest) or (negative and is_sum(rest))
            text += self._print(InBrackets(rest) if bare else rest)
        return text

    def _print_Add(self, expr: Any, order: Any = None) -> str:
        return self.joined(self._as_ordered_terms(expr, order=order))

    def _print_Mul(self, expr: Any) -> str:
        sign, *rest = expr.args
        if sign == -1 and len(rest) == 1 and is_sum(rest[0]):
            return f"- {self._print(InBrackets(rest[0]))}"
        return str(super()._print_Mul(expr))

    def _print_Indexed(self, expr: Any) -> str:
        between = "" if all(len(str(index)) == 1 for index in expr.indices) else ","
        indices = between.join(map(self._print, expr.indices))
        return f"{{{self._print(expr.base)}}}_{{{indices}}}"

    def _print_Sum(self, expr: Any) -> str:
        if isinstance(expr.function, Kept | InOrder) and is_sum(expr.function):
            expr = expr.func(InBrackets(expr.function), *expr.limits)
        return str(super()._print_Sum(expr))
