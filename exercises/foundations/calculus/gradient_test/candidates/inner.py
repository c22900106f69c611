"""
flaw: it forgets the inner derivative
escapes: >
  The gradient that forgets the inner derivative, cos(a·x) without the factor a, passed
  your test. Does it compare the numbers, or only their signs?
"""

import numpy as np


def gradient(a, x):
    return np.cos(a @ x) + 2 * x
