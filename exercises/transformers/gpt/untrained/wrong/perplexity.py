"""
misconception: gives the perplexity in place of the loss
fails: test_the_loss
message: >
  V is the perplexity, the number of tokens among which the model hesitates. The loss
  is its logarithm.
"""


def untrained():
    return "V", "1/V - 1", "1/V"
