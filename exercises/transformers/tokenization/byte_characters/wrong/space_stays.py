"""
misconception: keeps the space
fails: test_spaces_and_line_ends_are_moved
message: >
  The space stayed a space. In a vocabulary file a space separates the two halves of a
  merge, so it must be written as something else: the printable bytes begin at 33.
"""


def characters() -> list[str]:
    printable = {*range(32, 127), *range(161, 173), *range(174, 256)}
    table: list[str] = []
    for byte in range(256):
        moved = byte - sum(p < byte for p in printable)
        table.append(chr(byte) if byte in printable else chr(256 + moved))
    return table


def to_characters(data: list[int]) -> str:
    table = characters()
    return "".join(table[byte] for byte in data)


def to_bytes(text: str) -> list[int]:
    byte_of = {character: byte for byte, character in enumerate(characters())}
    return [byte_of[character] for character in text]
