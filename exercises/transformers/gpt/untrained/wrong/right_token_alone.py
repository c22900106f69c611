"""
misconception: gives the right token no share of the sum
fails: test_its_slope_along_the_logit_of_the_right_token
message: >
  The right token is in the sum of exponentials, too. That adds its probability, 1/V,
  to the -1 of its own logit.
"""


def untrained():
    return "ln(V)", "-1", "1/V"
