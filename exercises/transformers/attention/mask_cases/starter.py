"""Inputs that tell the right causal mask from wrong ones."""


def cases() -> list[tuple[int, int]]:
    """Return at most two pairs (n_queries, n_keys)."""
    raise NotImplementedError
