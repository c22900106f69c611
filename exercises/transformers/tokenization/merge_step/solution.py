"""One step of byte-pair encoding: the most frequent pair becomes a symbol."""

from itertools import pairwise


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    """Return a word with every occurrence of a pair joined, from left to right."""
    # BEGIN SOLUTION
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
    # END SOLUTION


def merge_step(
    words: list[list[str]], counts: list[int]
) -> tuple[tuple[str, str] | None, list[list[str]]]:
    """Return the most frequent pair, and the words in which it was joined."""
    # BEGIN SOLUTION
    found: dict[tuple[str, str], int] = {}
    for position, word in enumerate(words):
        for pair in pairwise(word):
            found[pair] = found.get(pair, 0) + counts[position]
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
    # END SOLUTION
