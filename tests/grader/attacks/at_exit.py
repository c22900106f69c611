"""late: rewrites files when Python ends."""

import atexit


@atexit.register
def late():
    open("@CANARY@", "w").write("changed")


def softmax(x):
    return x * 0
