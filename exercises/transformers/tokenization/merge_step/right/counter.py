"""With a Counter, and an iterator that joins."""

from collections import Counter


def join(word, pair):
    out = []
    for symbol in word:
        if out and (out[-1], symbol) == tuple(pair) and not joined_last:
            out[-1] += symbol
            joined_last = True
        else:
            out.append(symbol)
            joined_last = False
    return out


def merge_step(words, counts):
    pairs = Counter()
    for word, count in zip(words, counts):
        for pair in zip(word, word[1:]):
            pairs[pair] += count
    if not pairs:
        return None, words
    most = max(pairs.values())
    pair = sorted(pair for pair in pairs if pairs[pair] == most)[0]
    return pair, [join(word, pair) for word in words]
