"""loops: calls that end, each a little before its limit."""

import time


def softmax(x):
    time.sleep(0.95)
    return x * 0
