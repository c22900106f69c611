"""
misconception: takes the slopes of the probability
fails: test_its_slope_along_the_logit_of_the_right_token
message: >
  You took the slopes of the probability p of the right token. The loss is -ln p:
  divide them by p, which is 1/V, and change the sign.
"""

def untrained():
    return "ln(V)", "(V - 1)/V^2", "-1/V^2"
