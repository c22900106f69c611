"""
misconception: tries square masks only
fails: test_firsts_meet
message: >
  In all your cases there are as many queries as keys. With a cache there are fewer
  queries, and it is there that the ends matter.
"""

def cases():
    return [(4, 4), (12, 12)]
