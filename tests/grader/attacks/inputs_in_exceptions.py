"""leaking: puts the inputs into an exception without end."""

def softmax(x):
    raise ValueError(repr(x.tolist()) * 100_000)
