"""
misconception: takes the others for having no say
fails: test_its_slope_along_the_logit_of_another_token
message: >
  The other tokens take probability from the right one: pushing any of them up makes
  the loss larger.
"""


def untrained():
    return "ln(V)", "1/V - 1", "0"
