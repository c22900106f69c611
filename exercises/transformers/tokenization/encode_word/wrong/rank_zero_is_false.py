"""
misconception: takes rank 0 for no rank
fails: test_merges_build_on_each_other
message: >
  The first merge of the list is never used: its rank is 0, and 0 counts as false. Ask
  whether the pair is in the dictionary, or whether its rank is None.
"""

from itertools import pairwise


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(pairwise(symbols))
        known = [pair for pair in pairs if ranks.get(pair)]
        if not known:
            return symbols
        place = pairs.index(min(known, key=ranks.__getitem__))
        symbols[place : place + 2] = [symbols[place] + symbols[place + 1]]
