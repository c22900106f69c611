"""
flaw: the sign of the cosine is wrong
escapes: >
  A gradient with the wrong sign before its cosine passed your test.
"""

import numpy as np


def gradient(a, x):
    return -np.cos(a @ x) * a + 2 * x
