"""Conversations as arrays: what a model reads, and what it shall learn to write."""

import numpy as np

IGNORED = -1


def batch(
    prompts: list[list[int]], answers: list[list[int]], end: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return the tokens that are read and the target of each, -1 where none counts.

    B prompts and answers -> (B, T), (B, T)
    """
    texts = [[*prompt, *answers[n], end] for n, prompt in enumerate(prompts)]
    rows = np.full((len(texts), max(map(len, texts))), end)
    for n, text in enumerate(texts):
        rows[n, : len(text)] = text
    ids, targets = rows[:, :-1], rows[:, 1:].copy()
    for n, prompt in enumerate(prompts):
        targets[n, : len(prompt) - 1] = IGNORED
    targets[targets == end] = IGNORED
    return ids, targets
