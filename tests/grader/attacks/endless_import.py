"""loops: never finishes loading."""

while True:
    pass


def softmax(x):
    return x * 0
