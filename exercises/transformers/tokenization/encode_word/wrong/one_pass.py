"""
misconception: walks through the word once
fails: test_merges_build_on_each_other
message: >
  You walk through the word once and join as you go. A later join can make a pair with what
  you have left behind: begin again after each join.
"""


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    known = {tuple(pair) for pair in merges}
    symbols: list[str] = []
    for letter in word:
        if symbols and (symbols[-1], letter) in known:
            symbols[-1] += letter
        else:
            symbols.append(letter)
    return symbols
