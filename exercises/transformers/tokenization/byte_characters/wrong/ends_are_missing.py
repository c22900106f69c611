"""
misconception: takes the end of a range for its last member
fails: test_letters_and_signs_stay_as_they_are
message: >
  The ranges lose their last bytes: 126, 172 and 255 can be printed. `range(33, 127)`
  is what reaches 126.
"""


def characters() -> list[str]:
    printable = {*range(33, 126), *range(161, 172), *range(174, 255)}
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
