"""
misconception: shares 1 among the other tokens
fails: test_its_slope_along_the_logit_of_the_right_token
message: >
  Your slopes add up to 0, as they should, but each is too large in size. All V tokens
  are in the sum of exponentials, the right one too, and each adds its probability,
  1/V; only the right one has -1 besides.
"""

def untrained():
    return "ln(V)", "-1", "1/(V - 1)"
