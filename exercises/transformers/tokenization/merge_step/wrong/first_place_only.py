"""
misconception: joins one occurrence in each word
fails: test_one_word
message: >
  Only the first occurrence in a word was joined. The step joins the pair everywhere, so
  go on after the first.
"""


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    for position in range(len(word) - 1):
        if (word[position], word[position + 1]) == pair:
            return [*word[:position], pair[0] + pair[1], *word[position + 2 :]]
    return word


def merge_step(words, counts):
    found: dict[tuple[str, str], int] = {}
    for word, count in zip(words, counts):
        for pair in zip(word, word[1:]):
            found[pair] = found.get(pair, 0) + count
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
