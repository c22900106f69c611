"""
misconception: subtracts 256 from the characters beyond it
fails: test_back_to_bytes
message: >
  You subtract 256 from the characters that were moved. That gives their number among
  the others, not the byte: the space, byte 32, has the number 32 by chance, byte 127
  has 33.
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
    return [ord(character) % 256 for character in text]
