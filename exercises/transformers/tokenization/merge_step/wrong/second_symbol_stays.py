"""
misconception: moves on by one after a join
fails: test_one_word
message: >
  After a join the second symbol of the pair is still there. It is part of the new symbol:
  move on by two.
"""


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    joined: list[str] = []
    position = 0
    while position < len(word):
        if tuple(word[position : position + 2]) == pair:
            joined.append(pair[0] + pair[1])
        else:
            joined.append(word[position])
        position += 1
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
