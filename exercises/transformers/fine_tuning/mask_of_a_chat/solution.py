"""A conversation that tells the right mask from wrong ones."""


def conversation() -> list[tuple[str, list[int]]]:
    """Return one conversation: turns of (who speaks, tokens)."""
    # BEGIN SOLUTION
    return [("assistant", [5, 6, 7, 8]), ("user", [9, 10, 11, 5]), ("assistant", [])]
    # END SOLUTION
