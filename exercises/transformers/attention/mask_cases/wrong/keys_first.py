"""
misconception: puts the number of keys first
fails: test_strict
message: >
  Your second pair has more queries than keys: the number of queries comes first.
"""

def cases():
    return [(5, 5), (12, 1)]
