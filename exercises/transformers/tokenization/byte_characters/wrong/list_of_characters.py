"""
misconception: returns a list of characters instead of a text
fails: test_letters_and_signs_stay_as_they_are
message: >
  Your characters come as a list. What is asked for is one text: `"".join` makes it.
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
    return [table[byte] for byte in data]


def to_bytes(text: str) -> list[int]:
    byte_of = {character: byte for byte, character in enumerate(characters())}
    return [byte_of[character] for character in text]
