"""
misconception: joins from the right
fails: test_overlaps_are_joined_from_the_left
message: >
  In a row of equal symbols you join from the right: a a a became a aa. Walk from left to
  right, and step over both symbols after a join.
"""


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    rest = list(word)
    while rest:
        if tuple(rest[-2:]) == pair:
            joined.insert(0, pair[0] + pair[1])
            rest = rest[:-2]
        else:
            joined.insert(0, rest.pop())
    return joined


def merge_step(words, counts):
    found: dict[tuple[str, str], int] = {}
    for word, count in zip(words, counts):
        for pair in zip(word, word[1:]):
            found[pair] = found.get(pair, 0) + count
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
