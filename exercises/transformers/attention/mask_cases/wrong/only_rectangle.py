"""
misconception: forgets the square
fails: test_strict
message: >
  In none of your cases are there as many queries as keys, which is what a model meets
  whenever it is trained.
"""

def cases():
    return [(3, 12), (1, 12)]
