"""A conversation that tells the right mask from wrong ones."""


def conversation() -> list[tuple[str, list[int]]]:
    """Return one conversation: turns of (who speaks, tokens)."""
    raise NotImplementedError
