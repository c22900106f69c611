"""
misconception: joins the pair that occurs least often
fails: test_one_word
message: >
  You join the rarest pair. The pair that occurs most often is joined: with `min`, its
  count needs a minus.
"""

from itertools import pairwise


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    position = 0
    while position < len(word):
        if tuple(word[position : position + 2]) == pair:
            joined.append(pair[0] + pair[1])
            position += 2
        else:
            joined.append(word[position])
            position += 1
    return joined


def merge_step(
    words: list[list[str]], counts: list[int]
) -> tuple[tuple[str, str] | None, list[list[str]]]:
    found: dict[tuple[str, str], int] = {}
    for position, word in enumerate(words):
        for pair in pairwise(word):
            found[pair] = found.get(pair, 0) + counts[position]
    if not found:
        return None, words
    best = min(found, key=lambda pair: (found[pair], pair))
    return best, [join(word, best) for word in words]
