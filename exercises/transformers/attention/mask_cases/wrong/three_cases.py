"""
misconception: returns more cases than there may be
fails: test_strict
message: >
  Three cases are easy. Two are enough: one of them can show several mistakes at once.
"""

def cases():
    return [(5, 5), (1, 4), (3, 12)]
