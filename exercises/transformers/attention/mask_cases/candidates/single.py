"""
flaw: sees the last key alone where there is a single query
escapes: >
  For all your cases, the mask that sees one key when there is one query is as good as
  the right one. Which step of writing has a single query and many keys?
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    mask = np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
    if n_queries == 1:
        mask[0, :-1] = False
    return mask
