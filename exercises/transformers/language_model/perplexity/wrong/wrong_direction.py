"""
misconception: lets each row predict the token before it
fails: test_each_row_predicts_the_token_after_it
message: >
  You shift to the wrong side: row t is compared with token t - 1, which the model had
  already read.
"""

import numpy as np


def perplexity(logits, ids):
    rows, came = logits[1:], ids[:-1]
    shifted = rows - rows.max(axis=1, keepdims=True)
    total = np.log(np.exp(shifted).sum(axis=1))
    return float(np.exp(np.mean(total - shifted[np.arange(len(came)), came])))
