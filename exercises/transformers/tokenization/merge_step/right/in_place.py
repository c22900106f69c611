"""Copies of the words are changed in place."""


def join(word, pair):
    word = word[:]
    i = 0
    while i + 1 < len(word):
        if word[i] == pair[0] and word[i + 1] == pair[1]:
            word[i : i + 2] = [pair[0] + pair[1]]
        i += 1
    return word


def merge_step(words, counts):
    found = {}
    for word, count in zip(words, counts):
        for i in range(len(word) - 1):
            pair = word[i], word[i + 1]
            found.setdefault(pair, 0)
            found[pair] += count
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    if ranked == []:
        return None, words
    return ranked[0][0], [join(word, ranked[0][0]) for word in words]
