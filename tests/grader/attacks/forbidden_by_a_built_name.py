"""forbidden: imports a forbidden library by a name put together."""

def softmax(x):
    return __import__("sci" + "py.special", fromlist=["*"]).softmax(x, axis=-1)
