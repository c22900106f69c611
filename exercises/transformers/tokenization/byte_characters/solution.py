"""Bytes written as printable characters, as GPT-2's vocabulary does."""


def characters() -> list[str]:
    """Return the printable character of every byte, 256 in all."""
    # BEGIN SOLUTION
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
    # END SOLUTION


def to_characters(data: list[int]) -> str:
    """Return the text under which bytes are written."""
    # BEGIN SOLUTION
    table = characters()
    return "".join(table[byte] for byte in data)
    # END SOLUTION


def to_bytes(text: str) -> list[int]:
    """Return the bytes that such a text stands for."""
    # BEGIN SOLUTION
    byte_of = {character: byte for byte, character in enumerate(characters())}
    return [byte_of[character] for character in text]
    # END SOLUTION
