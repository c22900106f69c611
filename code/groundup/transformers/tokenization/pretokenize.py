"""Cuts a text into words before any merge: pairs never reach across a cut.

The patterns are GPT-2's and SmolLM2's. They speak of letters and numbers in Unicode's
sense, which Python's `re` has no name for: the classes are written out as ranges.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

# What Unicode calls white space; Python's `\s` has four control characters more.
SPACE = r"\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"


@cache
def characters(category: str) -> str:
    """Return all characters of a general category, `L` or `N`, as ranges for `re`."""
    ranges: list[tuple[int, int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code))[0] != category:
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = ranges[-1][0], code
        else:
            ranges.append((code, code))
    return "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges)


@cache
def pattern() -> re.Pattern[str]:
    """Return GPT-2's pattern: endings such as 's, words, numbers, signs, spaces.

    A space belongs to the word after it. Source: Radford et al. (2019), their code.
    """
    letters, numbers = characters("L"), characters("N")
    return re.compile(
        "'(?:[sdmt]|ll|ve|re)"
        f"| ?[{letters}]+"
        f"| ?[{numbers}]+"
        f"| ?[^{SPACE}{letters}{numbers}]+"
        f"|[{SPACE}]+(?![^{SPACE}])"  # all spaces but the last before a word
        f"|[{SPACE}]+"
    )


@cache
def single_numbers() -> re.Pattern[str]:
    """Return what cuts out each digit, and each other character that is a number."""
    return re.compile(f"([{characters('N')}])")


def gpt2_words(text: str) -> Iterator[str]:
    """Yield the words of a text as GPT-2 cuts it; together they are the text."""
    yield from pattern().findall(text)


def smollm2_words(text: str) -> Iterator[str]:
    """Yield the words of a text as SmolLM2 cuts it: each digit stands alone."""
    for piece in single_numbers().split(text):
        yield from pattern().findall(piece)
