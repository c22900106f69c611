"""
misconception: lets each row predict its own token
fails: test_each_row_predicts_the_token_after_it
message: >
  You compare each row with the token it was computed from, and not with the one that
  came after. Row t predicts token t + 1.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[:-1], ids[:-1]
    shifted = rows - rows.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1))
    return float(np.exp(np.mean(total - shifted[np.arange(len(came)), came])))
