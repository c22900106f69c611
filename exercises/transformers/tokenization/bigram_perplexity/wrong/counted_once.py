"""
misconception: counts repeated pairs once
fails: test_a_text_by_hand
message: >
  A pair that occurs often was counted once. `counts[a, b] += 1` with arrays writes to each
  place a single time; `np.add.at` adds for every occurrence.
"""

import numpy as np


def perplexity(training: np.ndarray, text: np.ndarray, n_tokens: int) -> float:
    counts = np.ones((n_tokens, n_tokens))
    counts[training[:-1], training[1:]] += 1
    p = counts / np.sum(counts, axis=1, keepdims=True)
    p = p[text[:-1], text[1:]]
    return float(np.exp(-np.mean(np.log(p))))
