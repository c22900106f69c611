"""
misconception: goes through the list of merges once
fails: test_the_whole_word_is_searched_again_after_each_merge
message: >
  You go through the list of merges once, and apply each where it fits. A join can make a
  pair whose merge you have already passed: ask again, after each join, which of the pairs
  that are there now has the lowest rank.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    symbols = list(word)
    for one, other in merges:
        place = 0
        while place < len(symbols) - 1:
            if (symbols[place], symbols[place + 1]) == (one, other):
                symbols[place : place + 2] = [one + other]
            place += 1
    return symbols
