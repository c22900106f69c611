"""
misconception: keeps byte 173, which prints nothing
fails: test_the_others_are_numbered_without_gaps
message: >
  Byte 173 kept its character, the soft hyphen, which is not shown. It lies between the
  second range and the third, and moves.
"""


def characters() -> list[str]:
    printable = {*range(33, 127), *range(161, 256)}
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
