"""
flaw: has its rows in the opposite order
escapes: >
  For all your cases, the mask with its rows upside down is as good as the right one.
  One row alone has no order.
"""

import numpy as np


def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)[::-1]
