"""
misconception: counts each word once
fails: test_a_frequent_word_counts_as_often_as_it_occurs
message: >
  Each word was counted once, however often it occurs. Add the word's count to its
  pairs, not 1.
"""


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


def merge_step(words, counts):
    found: dict[tuple[str, str], int] = {}
    for word, count in zip(words, counts):
        for pair in zip(word, word[1:]):
            found[pair] = found.get(pair, 0) + 1
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
