"""
flaw: it is the direction of descent
escapes: >
  The negative of the gradient passed your test: it has the right length and
  the opposite direction.
"""

import numpy as np


def gradient(a, x):
    return -(np.cos(a @ x) * a + 2 * x)
