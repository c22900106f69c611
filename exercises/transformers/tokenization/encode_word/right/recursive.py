"""The best pair is joined, and the rest is left to the function itself."""


def encode_word(word, merges):
    return joined(list(word), [tuple(m) for m in merges])


def joined(symbols, merges):
    found = [
        (merges.index(pair), place)
        for place, pair in enumerate(zip(symbols, symbols[1:]))
        if pair in merges
    ]
    if not found:
        return symbols
    _, i = min(found)
    return joined(symbols[:i] + ["".join(symbols[i : i + 2])] + symbols[i + 2 :], merges)
