"""loops: hangs in C code, where Python handles no signal."""

def softmax(x):
    return (10**8) ** (10**8)
