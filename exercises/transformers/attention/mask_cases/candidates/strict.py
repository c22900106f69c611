"""
flaw: hides the word itself where there are as many queries as keys
escapes: >
  For all your cases, the mask that forgets the word itself is as good as the right
  one. It does so only when there are as many queries as keys.
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    shift = n_keys - n_queries - (n_queries == n_keys)
    return np.tri(n_queries, n_keys, shift, dtype=bool)
