"""
misconception: turns the sign of both slopes
fails: test_its_slope_along_the_logit_of_the_right_token
message: >
  Both slopes have the opposite sign: these are the slopes of ln p, which rises with
  the right logit. The loss is -ln p: it falls as that logit rises.
"""

def untrained():
    return "ln(V)", "1 - 1/V", "-1/V"
