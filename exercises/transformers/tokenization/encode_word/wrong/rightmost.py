"""
misconception: takes the rightmost occurrence
fails: test_equal_neighbors_are_joined_from_the_left
message: >
  Of several occurrences you join the rightmost first. In aaa that leaves a aa; the leftmost
  has to go first.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair): rank for rank, pair in enumerate(merges)}
    symbols = list(word)
    while True:
        pairs = list(zip(symbols, symbols[1:]))
        places = [place for place, pair in enumerate(pairs) if pair in ranks]
        if not places:
            return symbols
        place = min(places, key=lambda place: (ranks[pairs[place]], -place))
        symbols[place : place + 2] = ["".join(pairs[place])]
