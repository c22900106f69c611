"""
misconception: takes the slope along the probability
fails: test_its_slope_along_the_logit_of_the_right_token
message: >
  You took the derivative of -ln p with respect to the probability. A logit moves all
  probabilities at once, because they have to add up to 1.
"""


def untrained():
    return "ln(V)", "-V", "0"
