"""
misconception: joins by replacing text, which also finds the ends of longer symbols
fails: test_a_symbol_is_joined_whole
message: >
  You write the word as a text and replace `a b` in it by `ab`. In `aa b` that text occurs
  too, and there it is the end of another symbol. Compare symbols, not letters.
"""

from itertools import pairwise


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    return " ".join(word).replace(" ".join(pair), "".join(pair)).split(" ")


def merge_step(
    words: list[list[str]], counts: list[int]
) -> tuple[tuple[str, str] | None, list[list[str]]]:
    found: dict[tuple[str, str], int] = {}
    for position, word in enumerate(words):
        for pair in pairwise(word):
            found[pair] = found.get(pair, 0) + counts[position]
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
