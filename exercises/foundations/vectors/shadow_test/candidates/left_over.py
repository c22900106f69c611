"""
flaw: returns what is left of a
escapes: >
  Your test accepts what is left of a as its shadow. It stands upright on b and does
  not lie along it.
"""


def project(a, b):
    return a - (a @ b) / (b @ b) * b
