"""
misconception: writes every byte as the character of its own number
fails: test_spaces_and_line_ends_are_moved
message: >
  A space is still a space, and a line end would break the file in two. Bytes outside the
  three printable ranges have to move to 256 and above.
"""


def to_characters(data: list[int]) -> str:
    return "".join(map(chr, data))


def to_bytes(text: str) -> list[int]:
    return [ord(character) for character in text]
