"""loops: never returns."""

def softmax(x):
    while True:
        pass
