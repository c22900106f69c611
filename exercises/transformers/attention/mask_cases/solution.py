"""Inputs that tell the right causal mask from wrong ones."""


def cases() -> list[tuple[int, int]]:
    """Return at most two pairs (n_queries, n_keys)."""
    # BEGIN SOLUTION
    return [(5, 5), (1, 12)]
    # END SOLUTION
