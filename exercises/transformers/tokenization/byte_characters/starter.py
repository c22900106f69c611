"""Bytes written as printable characters, as GPT-2's vocabulary does."""


def characters() -> list[str]:
    """Return the printable character of every byte, 256 in all."""
    raise NotImplementedError


def to_characters(data: list[int]) -> str:
    """Return the text under which bytes are written."""
    raise NotImplementedError


def to_bytes(text: str) -> list[int]:
    """Return the bytes that such a text stands for."""
    raise NotImplementedError
