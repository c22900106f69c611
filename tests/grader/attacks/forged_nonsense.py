"""forging: writes bytes that are no answer at all."""

import os


def softmax(x):
    for number in range(64):
        try:
            os.write(number, b"\xff\x00[[[[[" * 200 + b"\n")
        except OSError:
            pass
    return x * 0
