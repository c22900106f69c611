"""
misconception: joins the first pair that is known, from the left
fails: test_the_lowest_rank_goes_first_wherever_it_stands
message: >
  You join the leftmost pair that is in the list. Compare the ranks of all pairs in the word
  first; the place decides only between occurrences of the same pair.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    ranks = {tuple(pair) for pair in merges}
    symbols = list(word)
    while True:
        for place, pair in enumerate(zip(symbols, symbols[1:])):
            if pair in ranks:
                symbols[place : place + 2] = ["".join(pair)]
                break
        else:
            return symbols
