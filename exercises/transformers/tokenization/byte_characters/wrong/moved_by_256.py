"""
misconception: moves a byte by 256 instead of numbering the moved ones
fails: test_the_others_are_numbered_without_gaps
message: >
  You add 256 to the byte itself. That agrees for the first 33 bytes, and then leaves gaps:
  byte 127 is the 34th that moves, so it is written as the character 256 + 33.
"""

PRINTABLE = {*range(33, 127), *range(161, 173), *range(174, 256)}


def to_characters(data: list[int]) -> str:
    return "".join(chr(b if b in PRINTABLE else 256 + b) for b in data)


def to_bytes(text: str) -> list[int]:
    return [ord(c) % 256 for c in text]
