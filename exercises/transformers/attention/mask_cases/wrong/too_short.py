"""
misconception: tries short texts only
fails: test_window
message: >
  Your cases show how masks begin and end, and are too short for what forgets the
  distant past.
"""

def cases():
    return [(4, 4), (1, 4)]
