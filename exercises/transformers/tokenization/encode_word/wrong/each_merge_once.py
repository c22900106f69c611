"""
misconception: uses each merge of the list for one join
fails: test_equal_neighbors_are_joined_from_the_left
message: >
  You use each merge of the list for one place of the word and then go on to the next.
  The same pair can stand in several places, or come about by a later join: after each
  join, look again for the lowest rank among the pairs that are there.
"""

def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    symbols = list(word)
    for one, other in merges:
        for place in range(len(symbols) - 1):
            if symbols[place] == one and symbols[place + 1] == other:
                symbols[place : place + 2] = [one + other]
                break
    return symbols
