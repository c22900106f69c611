"""
flaw: sees one key of the future
escapes: >
  For all your cases, the mask that sees one key too many is as good as the right one.
  Whoever asks alone has no future to see.
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, n_keys - n_queries + 1, dtype=bool)
