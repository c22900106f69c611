"""
misconception: takes the logarithm to base 2
fails: test_the_loss
message: >
  This is the loss in bits. Natural logarithms are asked for.
"""


def untrained():
    return "ln(V) / ln(2)", "1/V - 1", "1/V"
