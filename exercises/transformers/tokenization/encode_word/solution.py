"""Encoding by merges: the pair that was learned first is joined first."""

from itertools import pairwise


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """Return the symbols of a word after all merges that apply, lowest rank first."""
    # BEGIN SOLUTION
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(pairwise(symbols))
        known = [pair for pair in pairs if pair in ranks]
        if not known:
            return symbols
        place = pairs.index(min(known, key=ranks.__getitem__))
        symbols[place : place + 2] = [symbols[place] + symbols[place + 1]]
    # END SOLUTION
