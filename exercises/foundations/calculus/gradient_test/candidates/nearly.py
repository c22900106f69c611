"""
flaw: every entry is too low by a thousandth of the largest
escapes: >
  A gradient passed your test whose entries are all too low, by a thousandth of the
  largest. Central differences are far better than that: how large is your tolerance,
  and does it hold to both sides?
"""

import numpy as np


def gradient(a, x):
    g = np.cos(a @ x) * a + 2 * x
    return g - 1e-3 * np.abs(g).max()
