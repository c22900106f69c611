"""Loss and slopes of a model that gives every token the same probability."""


def untrained() -> tuple[str, str, str]:
    """Return the loss, its slope along the right token's logit, and along another's.

    Formulas in V, as texts such as "2 V^2".
    """
    raise NotImplementedError
