"""
flaw: projects b onto a
escapes: >
  Your test accepts the shadow of b on a, which lies on the line of a.
"""


def project(a, b):
    return (a @ b) / (a @ a) * a
