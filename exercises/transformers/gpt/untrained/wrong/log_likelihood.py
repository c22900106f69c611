"""
misconception: forgets the minus of the loss
fails: test_the_loss
message: >
  Everything has the opposite sign: this is the log-likelihood, which is to become
  large. The loss is minus that.
"""


def untrained():
    return "-ln(V)", "1 - 1/V", "-1/V"
