"""
misconception: joins the pair that makes the longest token
fails: test_the_longest_token_may_stay_out_of_reach
message: >
  You prefer the pair that makes the longest token. Only the rank counts: what was learned
  first is joined first, however short.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(zip(symbols, symbols[1:]))
        known = [pair for pair in pairs if pair in ranks]
        if not known:
            return symbols
        best = min(known, key=lambda pair: (-len("".join(pair)), ranks[pair]))
        place = pairs.index(best)
        symbols[place : place + 2] = ["".join(best)]
