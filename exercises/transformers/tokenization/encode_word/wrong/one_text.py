"""
misconception: joins the symbols by spaces into a text
fails: test_merges_build_on_each_other
message: >
  You return one text with spaces in it. What is asked for is the list of the symbols.
"""

from itertools import pairwise


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(pairwise(symbols))
        known = [pair for pair in pairs if pair in ranks]
        if not known:
            return " ".join(symbols)
        place = pairs.index(min(known, key=ranks.__getitem__))
        symbols[place : place + 2] = [symbols[place] + symbols[place + 1]]
