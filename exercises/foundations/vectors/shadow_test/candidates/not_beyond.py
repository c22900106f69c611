"""
flaw: never goes beyond the end of b
escapes: >
  Your test accepts a shadow that ends at the tip of b, although the line goes on.
"""


def project(a, b):
    return min((a @ b) / (b @ b), 1.0) * b
