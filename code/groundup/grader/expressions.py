"""Formulas as people type them: 2x(wx − y), 2*x*(w*x-y), e^(-x²/2), sqrt(d).

A text is read by the rules below and by nothing else; what it may name is listed. The
page reads by the same rules, in `book/theme/scripts/expressions.js`;
`tests/book/expressions.json` holds what both have to read and to refuse.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple

LONGEST = 200  # characters of a formula
DEEPEST = 20  # brackets, powers and signs inside each other
LONGEST_WORD = 20  # letters in which names are looked for
SPACES = re.compile("[ \t\n\r\u00a0\u2007\u2009\u200a\u202f]+")
ALIKE = str.maketrans("−–·⋅×∙⁄∕÷[]{}", "--****///()()")
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
POWER = re.compile("⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
TOKEN = re.compile(
    r"([0-9]+\.?[0-9]*|\.[0-9]+)|([A-Za-zα-ωΑ-Ω]+(?:_?[0-9]+)?)|(\*\*|[-+*/^()√])"
)
TWO_WAYS = "1/2x can be read in two ways: write (1/2)x or 1/(2x)."
CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}
FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "abs": abs,
    "tanh": math.tanh,
}
OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "^": math.pow,
}


class Step(NamedTuple):
    """What is done next with the numbers at hand: one is put down, or some are used."""

    kind: str  # number, symbol, function, operator or minus
    name: str


Expression = tuple[Step, ...]


def read(text: str, symbols: Collection[str]) -> Expression:
    """Return a formula in which these symbols may stand, as steps in their order.

    Raises ValueError with a sentence to the writer for what cannot be read.
    """
    written = SPACES.sub(" ", text).strip(" ")
    if not written:
        raise ValueError("Write a formula first.")
    if len(written) > LONGEST:
        raise ValueError(f"A formula has at most {LONGEST} characters here.")
    reader = Reader(tokens(written, symbols), frozenset(symbols))
    reader.sum(0)
    if reader.next:
        raise ValueError(f"Nothing is open where “{reader.next}” stands.")
    return tuple(reader.steps)


def tokens(written: str, symbols: Collection[str]) -> list[str]:
    """Return the numbers, names and signs of a formula."""
    plain = POWER.sub(lambda found: f"^({found[0].translate(RAISED)})", written)
    plain = plain.translate(ALIKE).translate(LOWERED)
    found, place = list[str](), 0
    while place < len(plain):
        if plain[place] == " ":
            place += 1
            continue
        token = TOKEN.match(plain, place)
        if not token:
            raise ValueError(f"“{plain[place]}” cannot be read in a formula here.")
        place = token.end()
        if token[2]:
            found += named(token[2].replace("_", ""), symbols)
        else:
            found.append("^" if token[0] == "**" else token[0])
    return found


def named(word: str, symbols: Collection[str]) -> list[str]:
    """Return the names in a word: wx is w times x where wx itself is no name."""
    known = {*symbols, *CONSTANTS, *FUNCTIONS}
    if word in known:
        return [word]
    for length in range(len(word) - 1, 0, -1) if len(word) <= LONGEST_WORD else ():
        if word[:length] in known - {*FUNCTIONS}:
            try:
                return [word[:length], *named(word[length:], symbols)]
            except ValueError:
                continue
    listed = ", ".join(symbols)
    raise ValueError(f"“{word}” has no meaning here: the symbols are {listed}.")


class Reader:
    """Reads tokens from the left; every method reads one kind of part."""

    def __init__(self, found: list[str], symbols: frozenset[str]) -> None:
        self.left = found[::-1]
        self.symbols = symbols
        self.steps: list[Step] = []

    @property
    def next(self) -> str:
        """The token to come, empty at the end."""
        return self.left[-1] if self.left else ""

    def sum(self, depth: int) -> None:
        """Read products with signs between them."""
        self.product(depth)
        while self.next in ("+", "-"):
            operator = self.left.pop()
            self.product(depth)
            self.steps.append(Step("operator", operator))

    def product(self, depth: int) -> None:
        """Read factors; without a sign between them they are multiplied, too."""
        self.signed(depth)
        operator = ""
        while self.next and self.next not in ("+", "-", ")", "^"):
            written = self.next in ("*", "/")
            if operator == "/" and not written:
                raise ValueError(TWO_WAYS)
            operator = self.left.pop() if written else "*"
            self.signed(depth)
            self.steps.append(Step("operator", operator))

    def signed(self, depth: int) -> None:
        """Read a factor and the sign before it, which goes after its power."""
        if depth > DEEPEST:
            raise ValueError("There is too much inside each other here.")
        if self.next in ("+", "-"):
            minus = self.left.pop() == "-"
            self.signed(depth + 1)
            self.steps += [Step("minus", "-")] * minus
            return
        self.atom(depth)
        if self.next == "^":
            self.left.pop()
            self.signed(depth + 1)
            self.steps.append(Step("operator", "^"))

    def atom(self, depth: int) -> None:
        """Read a number, a symbol, a function of something, or what is in brackets."""
        token = self.left.pop() if self.left else ""
        if token == "(":
            self.bracket(depth)
        elif token[:1].isdigit() or token[:1] == ".":
            self.steps.append(Step("number", token))
        elif token in self.symbols or token in CONSTANTS:
            self.steps.append(Step("symbol", token))
        elif token in FUNCTIONS or token == "√":
            name = "sqrt" if token == "√" else token
            if self.next != "(":
                raise ValueError(f"Put what {token} is of in brackets: {token}(…).")
            self.left.pop()
            self.bracket(depth)
            self.steps.append(Step("function", name))
        else:
            where = f"before “{token}”" if token else "at the end"
            raise ValueError(f"Something is missing {where}.")

    def bracket(self, depth: int) -> None:
        """Read what is in a bracket that is open, and its end."""
        self.sum(depth + 1)
        if self.next != ")":
            raise ValueError("A bracket is not closed.")
        self.left.pop()


def value(expression: Expression, at: Mapping[str, float]) -> float:
    """Return a formula's value where its symbols have these; nan where it has none."""
    numbers: list[float] = []
    try:
        for kind, name in expression:
            if kind == "number":
                numbers.append(float(name))
            elif kind == "symbol":
                numbers.append(at[name] if name in at else CONSTANTS[name])
            elif kind == "minus":
                numbers.append(-numbers.pop())
            elif kind == "function":
                numbers.append(FUNCTIONS[name](numbers.pop()))
            else:
                second, first = numbers.pop(), numbers.pop()
                numbers.append(OPERATORS[name](first, second))
            if not math.isfinite(numbers[-1]):
                return math.nan
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
    [result] = numbers
    return result
