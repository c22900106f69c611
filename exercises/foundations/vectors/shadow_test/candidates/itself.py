"""
flaw: returns a itself
escapes: >
  Your test accepts a itself as its own shadow. What is left is zero then, and at a
  right angle to everything: look also at whether the result lies on the line of b.
"""


def project(a, b):
    return a.copy()
