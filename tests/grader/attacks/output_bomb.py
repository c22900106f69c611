"""bombs: prints without end."""

import sys


def softmax(x):
    while True:
        sys.stderr.write("x" * 1_000_000)
