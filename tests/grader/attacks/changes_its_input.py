"""state: changes the input, so that it equals what is returned."""

def softmax(x):
    x[...] = 0
    return x
