"""Two dictionaries, made once."""

PRINTABLE = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or b >= 174]
CHARACTER = {b: chr(b) for b in PRINTABLE}
for n, b in enumerate(b for b in range(256) if b not in CHARACTER):
    CHARACTER[b] = chr(256 + n)
BYTE = {c: b for b, c in CHARACTER.items()}


def characters():
    return [CHARACTER[b] for b in range(256)]


def to_characters(data):
    text = ""
    for byte in data:
        text += CHARACTER[byte]
    return text


def to_bytes(text):
    return list(map(BYTE.get, text))
