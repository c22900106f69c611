"""
flaw: its first entry is NaN
escapes: >
  A gradient with a NaN in it passed your test. A NaN is neither above a tolerance nor
  below it: ask whether all entries are near, not whether one of them is far.
"""

import numpy as np


def gradient(a, x):
    g = np.cos(a @ x) * a + 2 * x
    g[0] = np.nan
    return g
