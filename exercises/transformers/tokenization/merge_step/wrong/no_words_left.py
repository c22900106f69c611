"""
misconception: returns no words where there is no pair
fails: test_where_there_is_no_pair
message: >
  Where there is no pair you return None and an empty list. The words stay as they
  are.
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
        return None, []
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
