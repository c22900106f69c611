"""
misconception: takes the number of the character for the byte
fails: test_back_to_bytes
message: >
  You return the numbers of the characters. A byte that was moved has a character of
  256 or more: look up which byte is written so.
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
    return [ord(character) for character in text]
