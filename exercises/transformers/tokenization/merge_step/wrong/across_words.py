"""
misconception: joins the end of a word with the next beginning
fails: test_pairs_stay_within_a_word
message: >
  A pair was counted across the boundary of two words. The words were cut apart before
  the first merge for that very reason: count inside each word by itself.
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
    symbols = [(s, count) for word, count in zip(words, counts) for s in word]
    for (one, _), (other, count) in zip(symbols, symbols[1:]):
        found[one, other] = found.get((one, other), 0) + count
    if not found:
        return None, words
    best = min(found, key=lambda pair: (-found[pair], pair))
    return best, [join(word, best) for word in words]
