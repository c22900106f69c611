"""Numbers as people write them: 1/8, 0.125, 12.5 %, −3, 1e-3, 12 500.

The page reads by the same rules, in `book/theme/scripts/numbers.js`;
`tests/book/numbers.json` holds what both have to read and to refuse.
"""

from __future__ import annotations

import math
import re

SPACES = re.compile("[ \t\n\r\u00a0\u2007\u2009\u200a\u202f]+")
ALIKE = str.maketrans("−–⁄∕×⋅*", "--//···")
RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
POWER = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

PLAIN = re.compile(r"[0-9]+\.?[0-9]*|\.[0-9]+")
IN_GROUPS = re.compile(r"[0-9]{1,3}( [0-9]{3})+([.,][0-9]+)?")
ONE_COMMA = re.compile(r"[0-9]*,[0-9]+")
TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
COMMAS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(,[0-9]{3}){2,}")
DOTS = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")
PARTS = re.compile(
    r"([+-]?) ?(?:([0-9., ]+?)(?:[eE]([+-]?[0-9]+)| ?· ?10\^([+-]?[0-9]+))?"
    r"|10\^([+-]?[0-9]+))"
)

EXAMPLES = "write it like 0.125, 1/8, 12.5 % or 2e-3"


def read(text: str, unit: str = "") -> float:
    """Return the number that somebody wrote, with the unit behind it or without.

    A percent sign divides by a hundred, unless the unit itself is percent. Raises
    ValueError with a sentence to the writer for what is no number, for one that can be
    read in two ways, and for one that is not finite.
    """
    written = SPACES.sub(" ", text).strip(" ")
    if not written:
        raise ValueError("Write a number first.")
    number = written.translate(ALIKE)
    number = POWER.sub(lambda found: "^" + found[0].translate(RAISED), number)
    if unit and number.endswith(unit):
        number = number[: -len(unit)].rstrip(" ")
    percent = number.endswith("%")
    if percent:
        number = number[:-1].rstrip(" ")
    value = divided(number, written) / (100 if percent else 1)
    if not math.isfinite(value):
        raise ValueError("That number is too large.")
    return value


def divided(number: str, written: str) -> float:
    """Return the value of a number or of a fraction of two."""
    above, slash, below = number.partition("/")
    if not slash:
        return decimal(above, written)
    if below.strip(" ").startswith(("-", "+")):
        raise ValueError(refusal(written))
    top = decimal(above.rstrip(" "), written)
    bottom = decimal(below.lstrip(" "), written)
    if bottom == 0:
        raise ValueError("Nothing can be divided by 0.")
    return top / bottom


def decimal(number: str, written: str) -> float:
    """Return the value of a number with a sign and a power of ten, if it has them."""
    found = PARTS.fullmatch(number)
    if not found:
        raise ValueError(refusal(written))
    sign, digits, *powers = found.groups()
    power = next(filter(None, powers), "0")
    return float(f"{sign}{with_point(digits or '1', written)}e{power}")


def with_point(digits: str, written: str) -> str:
    """Return digits with a decimal point and no other mark.

    A comma is a decimal comma where it cannot stand between thousands, and the other
    way round; where it can be either, nobody guesses.
    """
    if PLAIN.fullmatch(digits):
        return digits
    if IN_GROUPS.fullmatch(digits):
        return digits.replace(" ", "").replace(",", ".")
    if TWO_WAYS.fullmatch(digits):
        whole, point = digits.replace(",", ""), digits.replace(",", ".")
        raise ValueError(
            f"“{written}” can be read in two ways: write {whole} or {point}."
        )
    if ONE_COMMA.fullmatch(digits):
        return digits.replace(",", ".")
    if COMMAS.fullmatch(digits):
        return digits.replace(",", "")
    if DOTS.fullmatch(digits):
        return digits.replace(".", "").replace(",", ".")
    raise ValueError(refusal(written))


def refusal(written: str) -> str:
    """Return the sentence about what is no number."""
    return f"“{written}” is not a number that can be read here: {EXAMPLES}."


def within(value: float, truth: float, width: float) -> bool:
    """Tell whether a value lies within `width` of the truth, borders included.

    The border itself, such as 0.26 for 0.265 within 0.005, is not lost to rounding.
    """
    slack = 1e-9 * max(abs(truth), abs(width))
    return abs(value - truth) <= width + slack
