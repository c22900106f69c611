"""
misconception: tries a single query only
fails: test_upside_down
message: >
  One query alone has one row and no future: most mistakes need two.
"""

def cases():
    return [(1, 1), (1, 12)]
