"""
flaw: forgets to divide by b · b
escapes: >
  Your test accepts a · b times b, not divided by b · b. It lies on the line, but what
  is left is not at a right angle.
"""


def project(a, b):
    return (a @ b) * b
