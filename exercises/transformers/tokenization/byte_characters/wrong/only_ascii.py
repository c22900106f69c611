"""
misconception: takes only the first 128 bytes for printable
fails: test_letters_and_signs_stay_as_they_are
message: >
  Above 126 everything moves. The bytes 161 to 172 and 174 to 255 have characters of
  their own, such as é, and keep them.
"""


def characters() -> list[str]:
    printable = {*range(33, 127)}
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
