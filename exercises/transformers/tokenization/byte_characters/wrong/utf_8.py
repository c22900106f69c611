"""
misconception: encodes the text as UTF-8
fails: test_back_to_bytes
message: >
  You return the bytes of the text in UTF-8. Its characters stand for one byte each:
  look up which byte each of them was written for.
"""


def characters() -> list[str]:
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    table: list[str] = []
    n_moved = 0
    for byte in range(256):
        if byte in printable:
            table.append(chr(byte))
        else:
            table.append(chr(256 + n_moved))
            n_moved += 1
    return table


def to_characters(data: list[int]) -> str:
    table = characters()
    return "".join(table[byte] for byte in data)


def to_bytes(text: str) -> list[int]:
    return list(text.encode("utf-8"))
