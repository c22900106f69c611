"""The list of merges is searched from its start after each join."""


def encode_word(word, merges):
    symbols = [*word]
    rank = 0
    while rank < len(merges):
        one, other = merges[rank]
        for i in range(len(symbols) - 1):
            if symbols[i] == one and symbols[i + 1] == other:
                symbols[i] += symbols.pop(i + 1)
                rank = -1
                break
        rank += 1
    return symbols
