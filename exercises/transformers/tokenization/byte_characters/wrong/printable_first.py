"""
misconception: lists the printable bytes first
fails: test_letters_and_signs_stay_as_they_are
message: >
  Your table has the printable bytes first and the others after them, so byte 33 finds
  the character of another one. Put the characters in the order of the bytes, 0 to
  255.
"""


def characters() -> list[str]:
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = [byte for byte in range(256) if byte not in printable]
    moved = [chr(256 + n) for n in range(len(others))]
    return [chr(byte) for byte in sorted(printable)] + moved


def to_characters(data: list[int]) -> str:
    table = characters()
    return "".join(table[byte] for byte in data)


def to_bytes(text: str) -> list[int]:
    byte_of = {character: byte for byte, character in enumerate(characters())}
    return [byte_of[character] for character in text]
