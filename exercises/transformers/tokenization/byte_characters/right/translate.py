"""By `str.translate`, through Latin-1."""


def characters():
    table = [chr(b) for b in range(256)]
    others = [*range(33), *range(127, 161), 173]
    for n in range(len(others)):
        table[others[n]] = chr(256 + n)
    return table


def to_characters(data):
    return bytes(data).decode("latin-1").translate(characters())


def to_bytes(text):
    table = characters()
    return [table.index(c) for c in text]
