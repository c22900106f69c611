"""
flaw: returns the origin
escapes: >
  Your test accepts the origin as a shadow. It lies on the line of b, as on every
  line: look also at what is left of a.
"""

import numpy as np


def project(a, b):
    return np.zeros(len(a))
