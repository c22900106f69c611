"""
misconception: settles ties by the joined texts
fails: test_ties_go_to_the_first_in_order
message: >
  Ties were settled by the joined text. Pairs are compared symbol by symbol: ('a', 'c')
  comes before ('aa', 'b'), although 'aab' comes before 'ac'.
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
            found[pair] = found.get(pair, 0) + count
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair[0] + pair[1]))
    return best, [join(word, best) for word in words]
