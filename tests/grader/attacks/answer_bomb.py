"""bombs: answers with more than the parent should hold."""

def softmax(x):
    return "x" * 300_000_000
