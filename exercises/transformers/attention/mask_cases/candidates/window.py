"""
flaw: forgets what lies eight keys or more behind
escapes: >
  For all your cases, the mask that forgets what lies eight keys or more behind is as
  good as the right one. None of your cases is long enough.
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    shift = n_keys - n_queries
    mask = np.tri(n_queries, n_keys, shift, dtype=bool)
    return mask & ~np.tri(n_queries, n_keys, shift - 8, dtype=bool)
