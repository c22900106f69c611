"""loops: waits for input."""

def softmax(x):
    return input("the answer, please: ")
