"""
misconception: joins once and stops
fails: test_merges_build_on_each_other
message: >
  You joined one pair and stopped. The join has made new neighbors: look again, until no
  pair of the word is in the list.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    pairs = list(zip(symbols, symbols[1:]))
    known = [pair for pair in pairs if pair in ranks]
    if known:
        place = pairs.index(min(known, key=ranks.__getitem__))
        symbols[place : place + 2] = ["".join(pairs[place])]
    return symbols
