"""
misconception: leaves out the single query
fails: test_single
message: >
  A model that writes asks with one query at a time. None of your cases does.
"""

def cases():
    return [(5, 5), (3, 12)]
