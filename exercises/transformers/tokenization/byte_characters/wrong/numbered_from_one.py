"""
misconception: numbers the others from 1
fails: test_spaces_and_line_ends_are_moved
message: >
  Your others are numbered from 1. The first one has the number 0 and is written as
  the character 256.
"""


def characters() -> list[str]:
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    table: list[str] = []
    n_moved = 1
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
    byte_of = {character: byte for byte, character in enumerate(characters())}
    return [byte_of[character] for character in text]
