"""
flaw: lines up the first query with the first key
escapes: >
  For all your cases, the mask that lines up the first query with the first key is as
  good as the right one. Where do the firsts meet when the lasts do?
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, dtype=bool)
