"""
flaw: never points against b
escapes: >
  Your test accepts a shadow that points along b where it should point against it.
"""


def project(a, b):
    return abs(a @ b) / (b @ b) * b
