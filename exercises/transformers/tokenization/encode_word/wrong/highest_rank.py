"""
misconception: joins the pair that was learned last
fails: test_the_lowest_rank_goes_first_wherever_it_stands
message: >
  The pair with the highest rank went first. The list begins with the most frequent pair, so
  the lowest rank goes first.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(zip(symbols, symbols[1:]))
        known = [pair for pair in pairs if pair in ranks]
        if not known:
            return symbols
        place = pairs.index(max(known, key=ranks.__getitem__))
        symbols[place : place + 2] = ["".join(pairs[place])]
